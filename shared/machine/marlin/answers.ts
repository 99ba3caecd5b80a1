import type { Received } from './received-line'
import { expectAnswer, isReport, sendUnnumbered } from './send-lines'
import { quirksOf } from './firmware-quirks'
import { watchFeeding } from './watch-job'
import { carriedOut, fault, reasonOf, type Turn } from './turn'

type Ok = Extract<Received, { kind: 'ok' }>

/** Unanswered questions in a row before the machine is given up. */
const MAX_PROBES = 5
/** Questions in a row that were answered while no line got through. */
const MAX_FRUITLESS = 20
const PROBE_MS = 3000
/** Garbage was answered: the line that it was is asked for soon. */
const SOON_MS = 250
/** `wait` says that the firmware's queue is empty; so often with lines under way means that an ok or a line is lost. */
const MAX_WAITS = 2
/** A `wait` that was said before our line arrived proves nothing; lines and their oks are on the way for less than this. */
const TRANSIT_MS = 400
/** Oks without trouble that widen the window to 2 and to 3 lines. */
const WIDEN_AT = [20, 60] as const

/** Pairs an `ok` with the line that it answers. */
export function onOk(turn: Turn, ok: Ok): void {
  const { stream, state } = turn
  state.busy = undefined
  stream.slotsFree = ok.slotsFree
  if (ok.n !== undefined) {
    stream.isAdvanced = true
    answerUpTo(turn, stream.sent.findIndex((line) => line.n === ok.n), ok.plannerFree)
  } else if (ok.temperatures) onHeatOk(turn)
  else onBareOk(turn, ok)
}

/**
 * An `ok` with heat answers M105, and tells that all lines before it were read, or lost on the way. Which of several M105 it answers
 * can't be told, so it vouches for nothing: the next numbered line brings to light what is missing.
 */
function onHeatOk(turn: Turn): void {
  const { stream } = turn
  stream.hasHeatOk = true
  const at = stream.sent.findLastIndex((line) => isReport(line.body))
  if (at < 0) return
  stream.garbageOks = 0
  stream.resendOkUntilMs = 0
  stream.presumed = [...stream.presumed, ...stream.sent.slice(0, at + 1).filter((line) => line.n !== undefined)]
  stream.sent = stream.sent.slice(at + 1)
  settle(turn)
}

function onBareOk(turn: Turn, ok: Ok): void {
  const { stream, nowMs } = turn
  if (nowMs < stream.resendOkUntilMs && ok.plannerFree === undefined) {
    stream.resendOkUntilMs = 0
    return
  }
  if (stream.garbageOks > 0) {
    stream.garbageOks--
    stream.dueMs = Math.min(stream.dueMs, nowMs + SOON_MS)
    return
  }
  // M876 and M108 act at once and are answered before the line that they release.
  const released = stream.sent.findIndex((line) => line.n === undefined && !isReport(line.body))
  if (released >= 0) {
    stream.sent = stream.sent.filter((_line, i) => i !== released)
    return settle(turn)
  }
  const [head] = stream.sent
  if (!head || (isReport(head.body) && stream.hasHeatOk)) return
  const isNumbered = head.n !== undefined
  const isBeyondRewind = isNumbered && stream.rewindTo > 0 && (head.n ?? 0) >= stream.rewindTo
  if (isBeyondRewind || (isNumbered && stream.isAdvanced && ok.plannerFree !== undefined)) {
    return fault(turn, reasonOf('machine/line-in-doubt', 'The machine answered a line that was not sent as it is: a line may have been carried out twice.'))
  }
  answerUpTo(turn, 0, ok.plannerFree)
}

/** The line at an index is answered, and with it all the ones before. */
function answerUpTo(turn: Turn, at: number, plannerFree?: number): void {
  const { stream } = turn
  if (at < 0) return
  const answered = stream.sent.slice(0, at + 1)
  stream.sent = stream.sent.slice(at + 1)
  const n = answered.at(-1)?.n
  if (n !== undefined) {
    // The firmware takes lines in order only: this one vouches for those before.
    for (const line of stream.presumed) carriedOut(turn, line.body, line.jobIndex)
    stream.presumed = []
    stream.strangeResends = 0
    stream.fruitless = 0
    if (n >= stream.repeated.n) stream.repeated = { n: 0, count: 0 }
  }
  for (const line of answered) if (line.n !== undefined) carriedOut(turn, line.body, line.jobIndex)
  watchFeeding(turn, answered.at(-1)?.body ?? '', plannerFree)
  stream.cleanOks += answered.length
  const widest = quirksOf(turn.state.firmware?.name).maxWindow
  if (stream.cleanOks >= WIDEN_AT[1]) stream.window = widest
  else if (stream.cleanOks >= WIDEN_AT[0]) stream.window = Math.min(2, widest)
  settle(turn)
}

function settle(turn: Turn): void {
  turn.stream.probes = 0
  turn.stream.waits = 0
  expectAnswer(turn)
}

/** `Unknown command: "..."`: of a line of ours it is news, of anything else garbage that was answered with ok. */
export function onUnknownCommand(turn: Turn, text: string): void {
  const { stream, state } = turn
  const line = stream.sent.find(({ body }) => body === text.trim())
  if (!line) {
    stream.garbageOks++
    stream.cleanOks = 0
    stream.window = 1
    return
  }
  const fileLine = line.jobIndex >= 0 ? (state.run?.lines.fileLine(line.jobIndex) ?? 0) : 0
  turn.effects.push({ kind: 'note', reason: reasonOf('machine/unknown-command', `The machine doesn't know “${line.body}”.`, { command: line.body, line: fileLine }) })
  if (quirksOf(state.firmware?.name).isUnknownAnswered) answerUpTo(turn, stream.sent.indexOf(line))
}

/** The firmware has nothing to do. */
export function onWait(turn: Turn): void {
  const { stream, nowMs } = turn
  if (stream.sent.length === 0 || turn.state.phase !== 'ready' || nowMs < stream.sinceMs + TRANSIT_MS) return
  stream.waits++
  const isAsked = stream.sent.some((line) => line.n === undefined)
  if (stream.waits >= MAX_WAITS && !isAsked && nowMs >= stream.drainUntilMs) probe(turn)
}

/**
 * Asks whether the machine is there, after an ok that didn't come. A repeated line would get no answer at all (Marlin drops the
 * last number silently); an M105 without number is always answered, behind all that the firmware read before.
 */
export function probe(turn: Turn): void {
  const { stream, state } = turn
  stream.probes++
  stream.fruitless++
  stream.waits = 0
  stream.window = 1
  stream.cleanOks = 0
  if (stream.probes > MAX_PROBES || stream.fruitless > MAX_FRUITLESS) {
    const body = stream.sent[0]?.body ?? ''
    return fault(turn, reasonOf('machine/no-answer', `The machine stopped answering (at “${body}”).`, { command: body }))
  }
  state.busy = undefined
  sendUnnumbered(turn, 'M105')
  stream.dueMs = turn.nowMs + PROBE_MS
}
