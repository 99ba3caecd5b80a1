import { passesToCard } from './card'
import { PACKING_OFF, PACKING_ON, packText } from '../../gcode/meatpack'
import { applyLine } from './modal-state'
import type { JobEnd, MarlinEffect, MarlinState, Reason, Run, Stream } from './marlin-state'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** One event under way: a copy of the state that the parts of the reducer change, and the effects so far. */
export interface Turn {
  readonly nowMs: number
  readonly state: Mutable<MarlinState>
  readonly stream: Mutable<Stream>
  readonly effects: MarlinEffect[]
}

/** Begins a turn on copies; the state that came in stays as it is. */
export function beginTurn(before: MarlinState, nowMs: number): Turn {
  const stream = { ...before.stream }
  return { nowMs, stream, state: { ...before, stream }, effects: [] }
}

/** Hands text to the link, packed where the firmware unpacks it. What acts `at once` is looked for in the bytes as they come: it goes out plain. */
export function write({ stream, effects }: Turn, text: string, how: 'in-turn' | 'at-once' = 'in-turn'): void {
  if (!stream.isPacked) effects.push({ kind: 'write', text })
  else effects.push({ kind: 'write', text, wire: how === 'in-turn' ? packText(text) : PACKING_OFF + text + PACKING_ON })
}

/** Puts a reason into words and values. */
export function reasonOf(code: string, message: string, values: Reason['values'] = {}): Reason {
  return { code, message, values }
}

/** Changes the job on this machine, where there is one. */
export function changeRun(turn: Turn, change: Partial<Run>): void {
  if (turn.state.run) turn.state.run = { ...turn.state.run, ...change }
}

/** Line of the file that was acknowledged last, from 1; 0 before the first. */
export function lastLine(run: Run): number {
  return run.acknowledged > 0 ? run.lines.fileLine(run.acknowledged - 1) : 0
}

/** Takes the job off the machine. */
export function endJob(turn: Turn, end: JobEnd): void {
  const { run } = turn.state
  if (!run) return
  const { x, y, z, e } = turn.state.modal
  const positionMm = x === undefined || y === undefined || z === undefined ? undefined : { x, y, z, e: e ?? 0 }
  turn.effects.push({ kind: 'job-ended', end, acknowledged: run.acknowledged, line: lastLine(run), ...(positionMm && { positionMm }) })
  turn.state.run = undefined
  turn.state.script = []
}

/** We can't tell any more what the machine did: nothing is sent from now on, but that heaters go off. */
export function fault(turn: Turn, reason: Reason): void {
  const { state } = turn
  if (state.phase === 'faulted' || state.phase === 'halted') return
  const line = state.run ? lastLine(state.run) : 0
  const whole = { ...reason, values: { line, ...reason.values } }
  state.phase = 'faulted'
  state.reason = whole
  stopSending(turn)
  write(turn, '\nM104 S0\nM140 S0\n')
  endJob(turn, { outcome: 'failed', reason: whole })
}

/** The firmware stopped itself and hears nothing more. */
export function halt(turn: Turn, reason: Reason): void {
  const { state } = turn
  if (state.phase === 'halted') return
  const whole = { ...reason, values: { line: state.run ? lastLine(state.run) : 0, ...reason.values } }
  state.phase = 'halted'
  state.reason = whole
  stopSending(turn)
  endJob(turn, { outcome: 'failed', reason: whole })
}

/** Forgets all that was to be sent or answered. */
export function stopSending(turn: Turn): void {
  Object.assign(turn.stream, { sent: [], presumed: [], dueMs: Infinity, drainUntilMs: 0, rewindTo: 0, garbageOks: 0, resendOkUntilMs: 0, waits: 0, probes: 0, fruitless: 0 })
  turn.state.script = []
  turn.state.prompt = undefined
  turn.state.busy = undefined
}

/** A line was carried out, or is in the firmware's queue for certain. */
export function carriedOut(turn: Turn, body: string, jobIndex: number): void {
  if (!passesToCard(turn, body)) turn.state.modal = applyLine(turn.state.modal, body)
  const { run } = turn.state
  if (run && jobIndex >= run.acknowledged) changeRun(turn, { acknowledged: jobIndex + 1 })
}
