import { stopPacking } from './greeting'
import { watchResends } from './watch-job'
import { carriedOut, fault, reasonOf, type Turn } from './turn'

/** How often one line may be asked for. */
const MAX_REPEATS = 8
/** After so many, lines are sent plain: a lost byte of packed text may have been the one that says so. */
const PACKED_REPEATS = 3
/** What the wire and the system hold back, ms, besides the bytes under way. */
const DRAIN_MS = 50
const RESEND_OK_MS = 500
/** Requests in a row that can't be meant. */
const MAX_STRANGE = 3

/** `Resend: n`: what is under way arrives first, then lines are sent again from n on. */
export function onResend(turn: Turn, asked: number | undefined): void {
  const { stream, nowMs } = turn
  stream.resends++
  watchResends(turn)
  stream.window = 1
  stream.cleanOks = 0
  stream.resendOkUntilMs = nowMs + RESEND_OK_MS
  const lowest = stream.presumed[0]?.n ?? stream.sent.find((line) => line.n !== undefined && line.bytes > 0)?.n ?? stream.next
  const n = asked ?? lowest
  if (n < lowest || n > stream.next) return onStrangeResend(turn, n, lowest)
  stream.strangeResends = 0
  confirmBelow(turn, n)
  // All that was sent is there: nothing to repeat.
  if (n === stream.next) return turn.state.card.isSaving ? writtenAll(turn) : undefined
  const isDraining = nowMs < stream.drainUntilMs && stream.rewindTo > 0
  if (!isDraining) {
    const count = stream.repeated.n === n ? stream.repeated.count + 1 : 1
    stream.repeated = { n, count }
    if (count > MAX_REPEATS) return faultRepeats(turn, n)
    if (count >= PACKED_REPEATS && turn.state.firmware?.capabilities['MEATPACK'] === true) stopPacking(turn)
    const bytes = stream.sent.reduce((sum, line) => sum + line.bytes, 0)
    stream.drainUntilMs = nowMs + DRAIN_MS + (bytes * 10_000) / turn.state.baudRate
  }
  stream.rewindTo = n
}

/** While a file is written a question gets no other answer than a Resend: with the next number it says that all lines are written. */
function writtenAll(turn: Turn): void {
  const { stream } = turn
  for (const line of stream.sent) if (line.n !== undefined) carriedOut(turn, line.body, line.jobIndex)
  stream.sent = []
  stream.probes = 0
  stream.fruitless = 0
  stream.dueMs = Infinity
}

/** Lines below the one that is asked for are in the firmware. */
function confirmBelow(turn: Turn, n: number): void {
  const { stream } = turn
  for (const line of stream.presumed) if ((line.n ?? 0) < n) carriedOut(turn, line.body, line.jobIndex)
  stream.presumed = []
}

/** A request for a line that the machine has acknowledged, or never was sent: noise once, a reset or a doubt when it goes on. */
function onStrangeResend(turn: Turn, n: number, lowest: number): void {
  const { stream } = turn
  stream.strangeResends++
  // Whatever was really asked for comes out by asking.
  stream.dueMs = Math.min(stream.dueMs, turn.nowMs + RESEND_OK_MS)
  if (stream.strangeResends < MAX_STRANGE) return
  if (n <= 1 && lowest > 2) fault(turn, reasonOf('machine/reset', 'The machine counts its lines from the beginning again: it was reset.'))
  else fault(turn, reasonOf('machine/line-in-doubt', `The machine asks for line N${n}, which it has acknowledged: a line may have been carried out twice.`, { n }))
}

function faultRepeats(turn: Turn, n: number): void {
  const line = turn.stream.sent.find((sent) => sent.n === n)
  const fileLine = line && line.jobIndex >= 0 ? (turn.state.run?.lines.fileLine(line.jobIndex) ?? 0) : 0
  const command = line?.body ?? `N${n}`
  fault(turn, reasonOf('machine/resend-loop', `The machine asks for the same line again and again: “${command}”. The cable or its plug is bad, or something disturbs it.`, { command, ...(fileLine > 0 && { line: fileLine }), times: MAX_REPEATS }))
}

/** After the wire has drained: what was under way from `rewindTo` on is gone, and is sent again. */
export function rewind(turn: Turn): void {
  const { stream } = turn
  const n = stream.rewindTo
  stream.rewindTo = 0
  stream.drainUntilMs = 0
  if (n === 0) return
  // Lines below n are in the firmware's queue; they don't take room on the wire any more.
  stream.sent = stream.sent.filter((line) => line.n !== undefined && line.n < n).map((line) => ({ ...line, bytes: 0 }))
  stream.next = n
  stream.dueMs = stream.sent.length > 0 ? stream.dueMs : Infinity
}
