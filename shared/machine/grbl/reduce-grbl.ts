import { alarmCode, alarmText, errorCode, errorText } from './codes'
import { GRBL_CLOSED, programOf, type GrblEvent, type GrblState, type GrblStep, type SentLine } from './grbl-state'
import { workOffset, type Axes } from './program'
import { beginGreeting, onGreetingAnswer, onGreetingBanner, onGreetingStatus, onGreetingTime } from './greeting'
import { onJogTime, onOverrideTime, holdJog, stopJog, wantOverrides } from './realtime'
import { parseReceived, type Received } from './received'
import { cancelJob, holdJob, onQuiet, onResetDone, onRunStatus, resumeJob, startJob } from './run-control'
import { fillBuffer, isOnTheWay } from './send-lines'
import type { StatusReport } from './status-report'
import { askStatus, beginTurn, changeRun, endJob, failJob, fault, lastLine, note, REALTIME, reasonOf, resetFirmware, stopRun, type Turn, write } from './turn'
import type { Protocol } from '../host-state'

const POLL_MS = 150
/** Reports that stay away in a row before the machine is given up. */
const MAX_MISSED = 10
/** An answer that doesn't come although the machine is at rest is lost after this time, plus dwells under way. */
const STALL_MS = 5000
/** Reports in a row from where the program isn't. */
const MAX_STRAYS = 2

/** Grbl as a protocol for the driver. */
export const GRBL: Protocol<GrblState, GrblEvent> = { closed: GRBL_CLOSED, reduce: reduceGrbl }

/**
 * The host's side of the Grbl protocol: what an event makes of the state, and what is to be done. Pure: time comes with the
 * events, the lines of a job come from their source by index. The caller wakes it with a `time` event at `wakeAtMs`.
 * @see https://github.com/gnea/grbl/wiki/Grbl-v1.1-Interface
 */
export function reduceGrbl(before: GrblState, event: GrblEvent): GrblStep {
  const turn = beginTurn(before, event.atMs)
  apply(turn, event)
  advance(turn)
  turn.state.busy = busyOf(turn.state)
  turn.state.wakeAtMs = nextWake(turn)
  return { state: turn.state, effects: turn.effects }
}

function advance(turn: Turn): void {
  fillBuffer(turn)
  const { state, stream } = turn
  while (state.phase === 'ready' && stream.sent.length === 0 && state.script.length === 0 && state.resetUntilMs === 0 && state.run) {
    if (!onQuiet(turn)) return
    fillBuffer(turn)
  }
}

function apply(turn: Turn, event: GrblEvent): void {
  const { state } = turn
  switch (event.kind) {
    case 'opened':
      Object.assign(state, { baudRate: event.baudRate, firmware: undefined, info: {}, greeting: { ...state.greeting, hasHeard: false } })
      return beginGreeting(turn)
    case 'line':
      return onLine(turn, parseReceived(event.line, state.settings['13'] === '1' ? 25.4 : 1))
    case 'time':
      return onTime(turn)
    case 'lost':
      return onLost(turn, event.detail)
    case 'start-job':
      return startJob(turn, event)
    case 'hold':
      return holdJob(turn, event.reason)
    case 'resume':
    case 'answer':
      return resumeJob(turn)
    case 'cancel':
      return cancelJob(turn)
    case 'command':
      if (state.phase === 'ready') state.script = [...state.script, ...event.lines]
      return
    case 'override':
      return wantOverrides(turn, event.wanted)
    case 'jog-hold':
      return holdJog(turn, event.direction, event.feed)
    case 'jog-stop':
      return stopJog(turn)
    case 'unlock':
      return leaveAlarm(turn, '$X')
    case 'home':
      return leaveAlarm(turn, '$H')
    case 'emergency':
      return onEmergency(turn)
    default:
      event satisfies never
  }
}

/** Out of the alarm by homing or by unlocking; where only a reset is heard, the reset comes first. */
function leaveAlarm(turn: Turn, line: '$X' | '$H'): void {
  const { state } = turn
  if (state.phase !== 'ready' || state.run) return
  if (state.isMute) resetFirmware(turn)
  state.script = [line, '$#']
}

function onLine(turn: Turn, received: Received): void {
  const { state, stream } = turn
  switch (received.kind) {
    case 'ok':
      return onAnswer(turn, undefined)
    case 'error':
      return onAnswer(turn, received.code)
    case 'alarm':
      return onAlarm(turn, received.code)
    case 'banner':
      state.firmware = { name: received.name, capabilities: {}, ...state.firmware }
      return onBanner(turn)
    case 'status':
      return onStatus(turn, received.report)
    case 'setting':
      state.settings = { ...state.settings, [received.id]: received.value }
      return
    case 'offset':
      state.offsets = { ...state.offsets, [received.name]: received.at }
      state.machine = { ...state.machine, workOffset: workOffset(programOf(state)) }
      return
    case 'probe':
      state.probe = { at: received.at, hasTouched: received.hasTouched }
      return
    case 'modes':
      state.modes = received.words
      return
    case 'info':
      state.info = { ...state.info, [received.name]: received.value }
      return
    case 'message':
      return onMessage(turn, received.text)
    case 'garbage':
      stream.garbage++
      return
    case 'other':
    case 'empty':
      return
    default:
      received satisfies never
  }
}

function onMessage(turn: Turn, text: string): void {
  if (/^Reset to continue/i.test(text)) turn.state.isMute = true
  if (/to unlock/.test(text) && turn.state.alarm === undefined) locked(turn, 11)
  if (text !== '' && !/^(Pgm End|Caution: Unlocked|Enabled|Disabled)$/.test(text) && !/to unlock/.test(text)) note(turn, reasonOf('machine/notification', text, { text }))
}

/** `ok` and `error:n` answer the oldest line; both free its bytes. */
function onAnswer(turn: Turn, error: number | undefined): void {
  const { state, stream } = turn
  const [line, ...rest] = stream.sent
  stream.sinceMs = turn.nowMs
  if (!line) {
    const isExpected = state.phase !== 'ready' || state.resetUntilMs > 0 || state.alarm !== undefined
    if (!isExpected && state.run) stopRun(turn, { outcome: 'failed', reason: inDoubt(turn) })
    return
  }
  stream.sent = rest
  if (state.phase === 'greeting') return onGreetingAnswer(turn, line.body)
  if (error !== undefined) return onRefused(turn, line, error)
  if (line.body === '$H') state.modal = { ...state.modal, isHomed: true }
  if (line.body === '$H' || line.body === '$X') clearAlarm(turn)
  if (line.jobIndex >= 0 && state.run) changeRun(turn, { acknowledged: line.jobIndex + 1 })
  if (/^\$(\d+=|RST=[$*])/.test(line.body)) state.script = [...state.script, ...(state.script.some((body) => body.startsWith('$')) ? [] : ['$$'])]
  else if ((!state.run || state.run.before) && /G10|G92|\$RST=#|G5[4-9]|G43\.1|G49|G28\.1|G30\.1/.test(line.body)) state.script = [...state.script, ...(state.script.includes('$#') ? [] : ['$#', '$G'])]
}

function inDoubt({ state }: Turn) {
  return reasonOf('machine/line-in-doubt', "It isn't certain which lines the machine carried out.", { line: state.run ? lastLine(state.run) : 0 })
}

/** A line that the firmware refused. Of a job: it holds, and a person decides; in check mode the job ends. */
function onRefused(turn: Turn, { body, jobIndex }: SentLine, error: number): void {
  const { state } = turn
  const { run } = state
  const line = run && jobIndex >= 0 ? run.lines.fileLine(jobIndex) : 0
  const reason = reasonOf(errorCode(error), `The machine refused “${body}”: ${errorText(error)} (error ${error}).`, { error, command: body, line })
  if (body.startsWith('$J=')) state.jog = undefined
  if (!run || run.before) return note(turn, reason)
  if (run.state === 'cancelling' || state.alarm !== undefined) return
  if (run.stage === 'check' || jobIndex < 0) return stopRun(turn, { outcome: 'failed', reason })
  changeRun(turn, { acknowledged: jobIndex + 1 })
  if (run.state !== 'running' && run.state !== 'finishing') return
  changeRun(turn, { state: 'draining', holdReason: reason })
  write(turn, REALTIME.hold)
  askStatus(turn)
}

function locked(turn: Turn, code: number): void {
  const { state } = turn
  state.alarm = code
  state.reason = reasonOf(alarmCode(code), alarmText(code), { alarm: code })
}

function clearAlarm({ state }: Turn): void {
  if (state.alarm === undefined) return
  state.alarm = undefined
  state.isMute = false
  state.reason = undefined
}

/** The firmware stopped what it did. */
function onAlarm(turn: Turn, code: number): void {
  const { state } = turn
  // Our own reset in the middle of a move: the stop that was asked for.
  locked(turn, code)
  if (code === 1 || code === 2) state.isMute = true
  if (code !== 2 && code !== 4 && code !== 5) state.modal = { ...state.modal, isHomed: false }
  state.script = []
  state.jog = undefined
  if (state.run?.state === 'cancelling') return
  if (state.run) failJob(turn, reasonOf(alarmCode(code), alarmText(code), { alarm: code }))
}

/** The firmware started: by our own reset, or by itself. */
function onBanner(turn: Turn): void {
  const { state } = turn
  if (state.phase === 'greeting') return onGreetingBanner(turn)
  if (state.phase !== 'ready') return
  if (state.resetUntilMs > 0) {
    const { script } = state
    if (state.isMute) clearAlarm(turn)
    onResetDone(turn)
    if (!state.run) state.script = script
    return
  }
  // The firmware's own reset after an alarm.
  if (state.alarm !== undefined) {
    turn.stream.sent = []
    state.isMute = false
    return
  }
  const reason = reasonOf('machine/reset', 'The machine was reset during the job: its power failed, or its board restarted.', {})
  failJob(turn, reason)
  onGreetingBanner(turn)
}

function onStatus(turn: Turn, report: StatusReport): void {
  const { state, nowMs } = turn
  const before = state.machine
  const workOffset = report.workOffset ?? before.workOffset
  const machine = report.machine ?? (report.work ? ([report.work[0] + workOffset[0], report.work[1] + workOffset[1], report.work[2] + workOffset[2]] as const) : before.machine)
  state.machine = {
    state: report.state, sub: report.sub, machine, workOffset, feed: report.feed ?? before.feed, power: report.power ?? before.power, overrides: report.overrides ?? before.overrides,
    // Pins and accessories are told only while there are any; accessories only beside Ov.
    pins: report.pins ?? '', accessories: report.overrides ? (report.accessories ?? '') : (report.accessories ?? before.accessories),
    blocksFree: report.blocksFree ?? before.blocksFree, bytesFree: report.bytesFree ?? before.bytesFree, others: Object.keys(report.others).length > 0 ? { ...before.others, ...report.others } : before.others,
  }
  state.poll = { atMs: nowMs + POLL_MS, isAsked: false, missed: 0 }
  if (report.workOffset) takeWorkOffset(turn, report.workOffset)
  if (machine) state.modal = { ...state.modal, x: machine[0], y: machine[1], z: machine[2] }
  if (state.phase === 'greeting') return onGreetingStatus(turn)
  if (state.phase !== 'ready') return
  if (report.state === 'Alarm' && state.alarm === undefined) onAlarm(turn, 11)
  else if (report.state !== 'Alarm' && state.alarm !== undefined && state.alarm !== 1 && state.alarm !== 2 && turn.stream.sent.length === 0 && before.state === report.state) clearAlarm(turn)
  if (report.overrides) onOverrideTime(turn)
  onRunStatus(turn)
  watchPlace(turn)
}

/** A report tells the offset in use sooner than `$#` does: the table follows it. */
function takeWorkOffset({ state }: Turn, offset: Axes): void {
  const { wcs, g92, toolLengthMm } = programOf(state)
  state.offsets = { ...state.offsets, [`G${54 + wcs}`]: [offset[0] - g92[0], offset[1] - g92[1], offset[2] - g92[2] - toolLengthMm] }
}

/** A move that isn't the program's is noticed where it leaves the program's way: Grbl's lines have no checksum. */
function watchPlace(turn: Turn): void {
  const { run, machine } = turn.state
  if (!run || run.stage === 'check' || run.before || !machine.machine || (run.state !== 'running' && run.state !== 'finishing')) return
  const strays = isOnTheWay(run, machine.machine) ? 0 : run.strays + 1
  changeRun(turn, { strays })
  if (strays < MAX_STRAYS) return
  const [x, y, z] = machine.machine
  stopRun(turn, { outcome: 'failed', reason: reasonOf('grbl/strayed', `The machine is at ${x.toFixed(1)}, ${y.toFixed(1)}, ${z.toFixed(1)} mm, where the program doesn't go: a line arrived changed.`, { x: Number(x.toFixed(1)), y: Number(y.toFixed(1)), z: Number(z.toFixed(1)) }) })
}

function onTime(turn: Turn): void {
  const { state, stream, nowMs } = turn
  if (state.phase === 'greeting') return onGreetingTime(turn)
  if (state.phase !== 'ready') return
  if (state.resetUntilMs > 0 && nowMs >= state.resetUntilMs) return fault(turn, reasonOf('machine/no-answer', 'The machine did not come back after a reset.', { command: 'Ctrl-X' }))
  const { run } = state
  if (run?.state === 'cancelling' && nowMs >= run.stopAtMs && state.resetUntilMs === 0) resetFirmware(turn)
  onJogTime(turn)
  onOverrideTime(turn)
  if (nowMs >= state.poll.atMs && !state.isMute && state.resetUntilMs === 0) poll(turn)
  const isStill = state.machine.state === 'Idle' || state.machine.state === 'Check'
  const [oldest] = stream.sent
  if (oldest && isStill && nowMs >= stream.sinceMs + STALL_MS + dwellMs(stream.sent)) {
    if (run) stopRun(turn, { outcome: 'failed', reason: inDoubt(turn) })
    else stream.sent = []
    stream.sinceMs = nowMs
  }
}

function poll(turn: Turn): void {
  const { state } = turn
  const missed = state.poll.isAsked ? state.poll.missed + 1 : 0
  if (missed >= MAX_MISSED) return fault(turn, reasonOf('machine/no-answer', 'The machine stopped answering.', { command: '?' }))
  askStatus(turn)
  state.poll = { ...state.poll, missed }
}

/** Dwells of the lines under way, ms, and what takes its time by nature. */
function dwellMs(sent: readonly SentLine[]): number {
  let ms = 0
  for (const { body } of sent) {
    const dwell = /G0*4P(\d*\.?\d+)/.exec(body)
    if (dwell) ms += 1000 * Number(dwell[1])
    if (body === '$H') ms += 300_000
    if (/M0*[01](?!\d)/.test(body)) ms = Infinity
  }
  return ms
}

function onLost(turn: Turn, detail: string): void {
  const { state } = turn
  if (state.phase === 'closed') return
  const isOver = state.phase === 'halted' || state.phase === 'faulted'
  const reason = reasonOf('machine/link-lost', `The machine is gone: ${detail}. Was its cable pulled, or its power switched off?`, { line: state.run ? lastLine(state.run) : 0 })
  endJob(turn, { outcome: 'failed', reason })
  turn.stream.sent = []
  state.script = []
  if (isOver) return
  state.phase = 'closed'
  state.reason = reason
}

/** Stops at once: one byte that the firmware takes in its receive interrupt. */
function onEmergency(turn: Turn): void {
  const { state } = turn
  turn.effects.push({ kind: 'write', text: REALTIME.reset }, { kind: 'pulse-dtr' }, { kind: 'close' })
  const reason = reasonOf('grbl/emergency-stopped', 'The machine was stopped at once by hand.')
  failJob(turn, reason)
  if (state.phase === 'halted') return
  Object.assign(state, { phase: 'halted', reason, script: [], jog: undefined, prompt: undefined })
  turn.stream.sent = []
}

/** What it is at, in a word, while no job tells. */
function busyOf({ machine, run, alarm }: GrblState): string | undefined {
  if (run?.state === 'draining') return 'holding'
  if (run?.state === 'starting' || run?.state === 'checking' || run?.state === 'resuming' || run?.state === 'cancelling' || run?.state === 'changing') return run.state
  const quiet = machine.state === undefined || machine.state === 'Idle' || machine.state === 'Run' || machine.state === 'Alarm' || alarm !== undefined
  return quiet || run ? undefined : machine.state
}

function nextWake({ state, stream, nowMs }: Turn): number {
  if (state.phase === 'greeting') return state.greeting.untilMs
  if (state.phase !== 'ready') return Infinity
  const reset = state.resetUntilMs > 0 ? state.resetUntilMs : Infinity
  const poll = state.isMute || state.resetUntilMs > 0 ? Infinity : state.poll.atMs
  const stop = state.run?.state === 'cancelling' && state.resetUntilMs === 0 ? state.run.stopAtMs : Infinity
  const jog = state.jog ? Math.min(state.jog.untilMs, nowMs + 50) : Infinity
  const stall = stream.sent.length > 0 ? Math.max(nowMs + 100, stream.sinceMs + STALL_MS) : Infinity
  return Math.min(reset, poll, stop, jog, state.wanted.atMs, stall)
}
