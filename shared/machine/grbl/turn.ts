import type { HostEffect } from '../host-state'
import type { JobEnd, Reason } from '../marlin/marlin-state'
import type { GrblRun, GrblState, GrblStream } from './grbl-state'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Real-time commands: single bytes that use no buffer and get no `ok`. */
export const REALTIME = { status: '?', hold: '!', resume: '~', reset: '\x18', stopJog: '\x85' } as const

/** After a reset the banner comes within this time. */
const RESET_MS = 4000
/** Holding takes as long as slowing down does; then the machine is reset anyway. */
const STOP_MS = 3000

/** One event under way: a copy of the state that the parts of the reducer change, and the effects so far. */
export interface Turn {
  readonly nowMs: number
  readonly state: Mutable<GrblState>
  readonly stream: Mutable<GrblStream>
  readonly effects: HostEffect[]
}

/** Begins a turn on copies; the state that came in stays as it is. */
export function beginTurn(before: GrblState, nowMs: number): Turn {
  const stream = { ...before.stream }
  return { nowMs, stream, state: { ...before, stream }, effects: [] }
}

/** Puts a reason into words and values. */
export function reasonOf(code: string, message: string, values: Reason['values'] = {}): Reason {
  return { code, message, values }
}

export function write(turn: Turn, text: string): void {
  turn.effects.push({ kind: 'write', text })
}

export function note(turn: Turn, reason: Reason): void {
  turn.effects.push({ kind: 'note', reason })
}

/** Changes the job on this machine, where there is one. */
export function changeRun(turn: Turn, change: Partial<GrblRun>): void {
  if (turn.state.run) turn.state.run = { ...turn.state.run, ...change }
}

/** Line of the file that was answered last, from 1; 0 before the first. */
export function lastLine(run: GrblRun): number {
  return run.acknowledged > 0 ? run.lines.fileLine(run.acknowledged - 1) : 0
}

/** Takes the job off the machine. */
export function endJob(turn: Turn, end: JobEnd): void {
  const { run } = turn.state
  if (!run) return
  turn.effects.push({ kind: 'job-ended', end, acknowledged: run.acknowledged, line: lastLine(run) })
  turn.state.run = undefined
  turn.state.script = []
  turn.state.prompt = undefined
}

/** Ends the job as failed, with the line in the reason. */
export function failJob(turn: Turn, reason: Reason): void {
  const { run } = turn.state
  if (run) endJob(turn, { outcome: 'failed', reason: { ...reason, values: { line: lastLine(run), ...reason.values } } })
}

/** Resets the firmware: what moves stops at once, its buffers are emptied, laser and spindle go off. */
export function resetFirmware(turn: Turn): void {
  const { state, stream } = turn
  write(turn, REALTIME.reset)
  state.resetUntilMs = turn.nowMs + RESET_MS
  state.script = []
  state.prompt = undefined
  state.jog = undefined
  state.stopsJog = false
  stream.sent = []
}

/** Stops the job so that the position is kept: hold, wait until the machine is at rest, then reset. It ends as told. */
export function stopRun(turn: Turn, pending: JobEnd): void {
  const { state } = turn
  const { run } = state
  if (!run || run.state === 'cancelling') return
  const end: JobEnd = pending.outcome === 'failed' ? { outcome: 'failed', reason: { ...pending.reason, values: { line: lastLine(run), ...pending.reason.values } } } : pending
  changeRun(turn, { state: 'cancelling', pending: end, stopAtMs: turn.nowMs + STOP_MS })
  state.script = []
  state.prompt = undefined
  if (run.stage === 'check') return resetFirmware(turn)
  write(turn, REALTIME.hold)
  askStatus(turn)
}

/** Asks for a status report now. */
export function askStatus(turn: Turn): void {
  write(turn, REALTIME.status)
  turn.state.poll = { ...turn.state.poll, isAsked: true, atMs: turn.nowMs + ASK_AGAIN_MS }
}

/** A report is asked for again when it didn't come. */
export const ASK_AGAIN_MS = 1000

/** We can't reach the machine any more, or don't know what it does: it is reset, and nothing is sent from then on. */
export function fault(turn: Turn, reason: Reason): void {
  const { state } = turn
  if (state.phase === 'faulted' || state.phase === 'halted') return
  write(turn, REALTIME.reset)
  failJob(turn, reason)
  state.phase = 'faulted'
  state.reason = reason
  state.script = []
  turn.stream.sent = []
  state.jog = undefined
}
