import { onOk, onUnknownCommand, onWait, probe } from './answers'
import { onCardAction, onCardText } from './card'
import { beginGreeting, greetAgain, onGreetingProgress, onGreetingTime, onPackingReport } from './greeting'
import { answerPrompt, cancelJob, holdJob, onAction, onQuiet, resumeJob, startJob } from './job-control'
import { withPosition, type MarlinEvent, type MarlinState, type MarlinStep } from './marlin-state'
import { parseReceived, type Received } from './received-line'
import { onResend, rewind } from './resend'
import { fillWindow, staysBusy } from './send-lines'
import { watchWarming } from './watch-job'
import { beginTurn, endJob, fault, halt, lastLine, reasonOf, stopSending, type Turn, write } from './turn'
import type { Temperatures } from './temperatures'

/** Heat is asked for this often where the machine doesn't tell by itself; and when it stopped telling for as long as the second figure. */
const POLL_MS = 2000
const STALE_MS = 10_000

/**
 * The host's side of the Marlin line protocol: what an event makes of the state, and what is to be done. Pure: time comes with
 * the events, the lines of a job come from its source by index. The caller wakes it with a `time` event at `wakeAtMs`.
 */
export function reduceMarlin(before: MarlinState, event: MarlinEvent): MarlinStep {
  const turn = beginTurn(before, event.atMs)
  apply(turn, event)
  if (turn.nowMs >= turn.stream.drainUntilMs && turn.stream.rewindTo > 0) rewind(turn)
  advance(turn)
  turn.state.wakeAtMs = nextWake(turn)
  return { state: turn.state, effects: turn.effects }
}

/** Sends what may be sent; when all is answered the job takes its next step, which may have lines of its own. */
function advance(turn: Turn): void {
  fillWindow(turn)
  const { state, stream } = turn
  while (state.phase === 'ready' && stream.sent.length === 0 && stream.next === stream.fresh && stream.presumed.length === 0 && state.script.length === 0 && turn.nowMs >= stream.drainUntilMs) {
    if (!onQuiet(turn)) return
    fillWindow(turn)
  }
}

function apply(turn: Turn, event: MarlinEvent): void {
  const { state } = turn
  switch (event.kind) {
    case 'opened':
      state.baudRate = event.baudRate
      state.firmware = undefined
      state.run = undefined
      state.greeting = { ...state.greeting, hasHeard: false }
      return beginGreeting(turn)
    case 'line':
      return onLine(turn, parseReceived(event.line))
    case 'time':
      return onTime(turn)
    case 'lost':
      return onLost(turn, event.detail)
    case 'start-job':
      return startJob(turn, event.lines, event.park)
    case 'hold':
      return holdJob(turn, event.reason)
    case 'resume':
      return resumeJob(turn)
    case 'cancel':
      return cancelJob(turn)
    case 'command':
      if (state.phase === 'ready') state.script = [...state.script, ...event.lines]
      return
    case 'card':
      return state.phase === 'ready' && !state.run ? onCardAction(turn, event.action) : undefined
    case 'answer':
      return answerPrompt(turn, event.button)
    case 'emergency':
      return onEmergency(turn)
    default:
      event satisfies never
  }
}

function onLine(turn: Turn, received: Received): void {
  const { state } = turn
  if (received.kind === 'start') return received.isGlued ? onMaybeStart(turn) : onStart(turn)
  if (state.maybeStart && received.kind === 'banner') return onStart(turn)
  state.maybeStart = false
  if (received.kind === 'error') return onError(turn, received)
  if (state.phase === 'closed' || state.phase === 'halted' || state.phase === 'faulted') return onHeat(turn, received)
  if (received.kind !== 'note') state.greeting = state.greeting.hasHeard ? state.greeting : { ...state.greeting, hasHeard: true }
  understand(turn, received)
  if (state.phase === 'greeting') onGreetingProgress(turn)
}

function understand(turn: Turn, received: Exclude<Received, { kind: 'start' | 'error' }>): void {
  const { state, stream } = turn
  switch (received.kind) {
    case 'ok':
      onOk(turn, received)
      return onHeat(turn, received)
    case 'resend':
      return state.phase === 'ready' ? onResend(turn, received.n) : undefined
    case 'busy':
      state.busy = received.what
      state.hasBusy = true
      return staysBusy(turn)
    case 'temperatures':
      if (received.isWaiting) staysBusy(turn)
      return onHeat(turn, received)
    case 'position':
      // Printed while busy too; only as the answer to M114 it is the place where all moves ended.
      if (stream.sent[0]?.body === 'M114') state.modal = withPosition(state.modal, received.position)
      return
    case 'firmware':
      state.firmware = { capabilities: state.firmware?.capabilities ?? {}, name: received.name, ...(received.machineType !== undefined && { machineType: received.machineType }), ...(received.uuid !== undefined && { uuid: received.uuid }), ...(received.extruderCount !== undefined && { extruderCount: received.extruderCount }) }
      return
    case 'capability':
      if (state.firmware) state.firmware = { ...state.firmware, capabilities: { ...state.firmware.capabilities, [received.name]: received.has } }
      return
    case 'unknown-command':
      return onUnknownCommand(turn, received.text)
    case 'cold-extrusion':
      return holdJob(turn, reasonOf('job/cold-extrusion', 'The machine refuses to extrude because the hotend is cold.'))
    case 'action':
      return onAction(turn, received.action, received.text)
    case 'wait':
      return onWait(turn)
    case 'note':
      return received.text.startsWith('[MP]') ? onPackingReport(turn, received.text) : onCardText(turn, received.text)
    case 'banner':
      return
    default:
      received satisfies never
  }
}

function onHeat(turn: Turn, received: Received): void {
  if (received.kind !== 'temperatures' && received.kind !== 'ok') return
  const { temperatures } = received
  if (temperatures && (temperatures.bed || temperatures.hotends.length > 0)) mergeHeat(turn, temperatures)
}

function mergeHeat(turn: Turn, { hotends, bed, isActiveTool }: Temperatures): void {
  const { state } = turn
  const merged = [...state.hotends]
  hotends.forEach((hotend, i) => {
    const tool = isActiveTool === true ? state.modal.tool : i
    if (!hotend || tool > merged.length) return
    merged[tool] = hotend
    watchWarming(turn, `E${tool}`, hotend)
  })
  state.hotends = merged
  if (bed) {
    state.bed = bed
    watchWarming(turn, 'B', bed)
  }
  state.heatAtMs = turn.nowMs
}

/** The board started: whatever it was doing is over, and where its axes are isn't known any more. */
function onStart(turn: Turn): void {
  const { state } = turn
  state.maybeStart = false
  if (state.phase === 'closed') return
  if (state.phase === 'greeting') return greetAgain(turn)
  if (state.run) endJob(turn, { outcome: 'failed', reason: reasonOf('machine/reset', 'The machine was reset during the job (its power failed, or its board restarted).', { line: lastLine(state.run) }) })
  else turn.effects.push({ kind: 'note', reason: reasonOf('machine/reset-idle', 'The machine was reset: home it before moving.') })
  state.hotends = []
  state.bed = undefined
  beginGreeting(turn)
}

function onMaybeStart(turn: Turn): void {
  turn.state.maybeStart = true
}

function onError(turn: Turn, { error, heater = '', fault: what = '', text }: Extract<Received, { kind: 'error' }>): void {
  const { state } = turn
  switch (error) {
    // A Resend follows.
    case 'line':
      return
    case 'thermal':
      state.thermal = { heater, fault: what }
      return halt(turn, reasonOf('machine/thermal-fault', `The machine stopped because of its heater ${heater}: ${what}.`, { heater, fault: what }))
    case 'halted':
      if (state.isEmergency || state.thermal) return halt(turn, reasonOf('machine/emergency-stopped', 'The machine was stopped.'))
      return halt(turn, reasonOf('machine/halted', `The machine's firmware stopped itself: ${text}`, { text }))
    case 'stopped':
      return halt(turn, reasonOf('machine/stopped-by-firmware', `The firmware stopped because of errors: ${text}`, { text }))
    case 'fatal':
      return fault(turn, reasonOf('machine/firmware-fatal', `The firmware reports: ${text}`, { text }))
    case 'other':
      turn.effects.push({ kind: 'note', reason: reasonOf('machine/firmware-error', `The machine reports: ${text}`, { text }) })
      return holdJob(turn, reasonOf('machine/firmware-error', `The machine reports: ${text}`, { text }))
    default:
      error satisfies never
  }
}

function onTime(turn: Turn): void {
  const { state, stream, nowMs } = turn
  if (state.phase === 'greeting') return onGreetingTime(turn)
  if (state.phase !== 'ready' || nowMs < stream.drainUntilMs) return
  if (stream.rewindTo > 0) rewind(turn)
  if (stream.sent.length > 0 && nowMs >= stream.dueMs) probe(turn)
  if (nowMs >= state.pollAtMs) poll(turn)
}

/** Asks for heat, unless the machine tells by itself or is busy with something that keeps it from answering. */
function poll(turn: Turn): void {
  const { state, nowMs } = turn
  const reports = state.firmware?.capabilities['AUTOREPORT_TEMP'] === true
  const staleAtMs = state.heatAtMs + (reports ? STALE_MS : POLL_MS)
  // While a file is written, whatever has a number becomes a line of it.
  const isAsked = state.card.upload !== undefined || state.busy !== undefined || state.script.includes('M105') || turn.stream.presumed.length > 0
  if (nowMs >= staleAtMs && !isAsked) state.script = [...state.script, 'M105']
  if (state.card.printing && !state.script.includes('M27')) state.script = [...state.script, 'M27']
  state.pollAtMs = Math.max(staleAtMs, nowMs + POLL_MS)
}

function onLost(turn: Turn, detail: string): void {
  const { state } = turn
  if (state.phase === 'closed') return
  const isHalted = state.phase === 'halted' || state.phase === 'faulted'
  const reason = reasonOf('machine/link-lost', `The machine is gone: ${detail}. Was its cable pulled, or its power switched off?`, { line: state.run ? lastLine(state.run) : 0 })
  stopSending(turn)
  endJob(turn, { outcome: 'failed', reason })
  if (isHalted) return
  state.phase = 'closed'
  state.reason = reason
}

/** M112 past all queues, then a reset, then the link is closed. */
function onEmergency(turn: Turn): void {
  write(turn, '\nM112\n', 'at-once')
  turn.effects.push({ kind: 'pulse-dtr' }, { kind: 'close' })
  turn.state.isEmergency = true
  const reason = reasonOf('machine/emergency-stopped', 'The machine was stopped at once by hand.')
  if (turn.state.phase === 'halted') return
  halt(turn, reason)
}

function nextWake({ state, stream, nowMs }: Turn): number {
  if (state.phase === 'greeting') return state.greeting.untilMs
  if (state.phase !== 'ready') return Infinity
  if (nowMs < stream.drainUntilMs) return stream.drainUntilMs
  return Math.min(stream.sent.length > 0 ? stream.dueMs : Infinity, state.pollAtMs)
}
