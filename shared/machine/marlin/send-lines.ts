import { numberedLine } from './checksum'
import { expectedWaitS } from './job-lines'
import type { LedgerEntry, SentLine } from './marlin-state'
import { changeRun, fault, reasonOf, type Turn, write } from './turn'

/** The receive buffer of Marlin's smallest boards, less one. */
const MAX_BYTES = 127
/** Any line that is only queued is answered within this, unless a move is in its way. */
const ANSWER_MS = 5000
/** With a firmware that says when it is busy (every 2 s), silence for this long is trouble. */
const SILENCE_MS = 12_000
/** Entries of the ledger that are kept; older lines were confirmed long ago. */
const MAX_LEDGER = 512

/** What the emergency parser takes off the wire. */
const AT_ONCE = /^M(108|112|410|876)\b/

/** True for what is answered with heat. */
export function isReport(body: string): boolean {
  return body === 'M105'
}

/** Sends as many lines as may be under way: at most 127 bytes, at most `window` lines; lines asked for again first. */
export function fillWindow(turn: Turn): void {
  const { state, stream } = turn
  if (state.phase !== 'ready' || turn.nowMs < stream.drainUntilMs) return
  let text = ''
  let bytes = stream.sent.reduce((sum, line) => sum + line.bytes, 0)
  let lines = stream.sent.reduce((count, line) => count + (line.bytes > 0 ? 1 : 0), 0)
  while (lines < stream.window && !(stream.slotsFree === 0 && stream.sent.length > 0)) {
    const line = nextLine(turn)
    if (!line) break
    const whole = numberedLine(line.n, line.body)
    if (lines > 0 && bytes + whole.length > MAX_BYTES) break
    take(turn, line)
    push(turn, { ...line, bytes: whole.length })
    bytes += whole.length
    lines++
    text += whole
  }
  if (text !== '') write(turn, text)
}

interface NextLine {
  readonly n: number
  readonly body: string
  readonly jobIndex: number
  readonly from: 'ledger' | 'script' | 'job' | 'confirm'
}

/** The line that goes out next, not yet taken. */
function nextLine(turn: Turn): NextLine | undefined {
  const { state, stream } = turn
  const { next: n, fresh } = stream
  if (n < fresh) return fromLedger(turn, n)
  const [own] = state.script
  if (own !== undefined) return { n, body: own, jobIndex: -1, from: 'script' }
  const { run } = state
  if (run?.state === 'running' && run.nextIndex < run.lines.count) return { n, body: run.lines.text(run.nextIndex), jobIndex: run.nextIndex, from: 'job' }
  // Only a numbered line makes the firmware say whether it has all the lines before; this one changes nothing.
  if (stream.presumed.length > 0 && stream.sent.length === 0) return { n, body: 'M119', jobIndex: -1, from: 'confirm' }
  return undefined
}

function fromLedger(turn: Turn, n: number): NextLine | undefined {
  const entry = turn.stream.ledger.findLast((candidate) => candidate.n <= n)
  if (entry?.kind === 'host' && entry.n === n) return { n, body: entry.body, jobIndex: -1, from: 'ledger' }
  const index = entry?.kind === 'job' ? entry.index + (n - entry.n) : -1
  const body = turn.state.run?.lines.text(index)
  if (entry?.kind === 'job' && body !== undefined) return { n, body, jobIndex: index, from: 'ledger' }
  fault(turn, reasonOf('machine/line-gone', `The machine asks for line N${n} again, which belongs to no job any more.`, { n }))
  return undefined
}

/** Moves the counters on behind a line that is being sent. */
function take(turn: Turn, { n, body, jobIndex, from }: NextLine): void {
  const { state, stream } = turn
  stream.next = n + 1
  if (from === 'ledger') return
  stream.fresh = n + 1
  if (from === 'script') state.script = state.script.slice(1)
  if (from === 'job' && state.run) {
    const { lines, nextIndex } = state.run
    changeRun(turn, { nextIndex: nextIndex + 1 })
    tellProgress(turn, jobIndex)
    state.slackS = Math.max(lines.expectedS(jobIndex), state.slackS * 0.95)
    // Job lines one after the other share an entry.
    if (stream.ledger.at(-1)?.kind !== 'job') addToLedger(turn, { n, kind: 'job', index: jobIndex })
    return
  }
  addToLedger(turn, { n, kind: 'host', body })
}

/** Puts the job's progress on the machine's display, each percent, where it has one for it. */
function tellProgress(turn: Turn, jobIndex: number): void {
  const { state } = turn
  if (!state.run || state.firmware?.capabilities['BUILD_PERCENT'] !== true) return
  const shown = state.run.lines.progress(jobIndex)
  if (!shown || shown.percent === state.run.shownPercent) return
  changeRun(turn, { shownPercent: shown.percent })
  state.script = [...state.script, `M73 P${shown.percent} R${shown.leftMin}`]
}

function addToLedger(turn: Turn, entry: LedgerEntry): void {
  turn.stream.ledger = [...turn.stream.ledger.slice(-MAX_LEDGER), entry]
}

function push(turn: Turn, line: SentLine): void {
  const { stream } = turn
  stream.sent = [...stream.sent, { n: line.n, body: line.body, bytes: line.bytes, jobIndex: line.jobIndex }]
  if (stream.sent.length === 1) expectAnswer(turn)
}

/** Sends a command at once, without number, behind a newline that ends whatever came broken before. */
export function sendUnnumbered(turn: Turn, body: string): void {
  push(turn, { n: undefined, body, bytes: body.length + 2, jobIndex: -1 })
  write(turn, `\n${body}\n`, AT_ONCE.test(body) ? 'at-once' : 'in-turn')
}

/** Sets the time at which the oldest unanswered line is overdue, from how long it may take. */
export function expectAnswer(turn: Turn): void {
  const { state, stream, nowMs } = turn
  const [head] = stream.sent
  stream.sinceMs = nowMs
  if (!head) {
    stream.dueMs = Infinity
    return
  }
  const waitMs = expectedWaitS(head.body) * 1000
  const usualMs = ANSWER_MS + 3000 * state.slackS
  stream.dueMs = nowMs + (waitMs > 0 ? (state.hasBusy ? Math.max(SILENCE_MS, usualMs) : usualMs + waitMs) : usualMs)
}

/** The firmware said that it is alive and at work on the oldest line. */
export function staysBusy(turn: Turn): void {
  const { stream } = turn
  stream.waits = 0
  stream.probes = 0
  if (stream.sent.length > 0) stream.dueMs = turn.nowMs + SILENCE_MS
}
