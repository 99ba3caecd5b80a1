import type { JobLines } from '../marlin/job-lines'
import type { Reason } from '../marlin/marlin-state'
import { type GrblRun, type GrblState, programOf } from './grbl-state'
import { NEW_PROGRAM, type ProgramState, workOffset } from './program'
import { isToolChange, restoreLines, sendLine, withoutToolChange } from './send-lines'
import { askStatus, changeRun, endJob, note, REALTIME, reasonOf, resetFirmware, stopRun, type Turn, write } from './turn'

/** The modes that files count on, whatever was left over; the work offset stays. */
const FILE_MODES = 'G90G21G17G94'
/** Place (mm) by which the end of a job may differ from its program: steps and rounding. */
const END_MM = 0.1
const IDLES = 2
/** A report that was under way may still tell of the hold. */
const RESUME_MS = 1000

interface Start {
  readonly lines: JobLines
  readonly check?: 'first' | 'only' | undefined
  readonly fromIndex?: number | undefined
  readonly preamble?: readonly string[] | undefined
}

/** True where a job may begin: at rest, out of alarm. */
export function canStart({ phase, run, alarm, machine, resetUntilMs }: GrblState): boolean {
  return phase === 'ready' && run === undefined && alarm === undefined && resetUntilMs === 0 && (machine.state === 'Idle' || machine.state === 'Check')
}

/** Begins a job: offsets and modes are asked for first, so that the program is followed from where the machine really is. */
export function startJob(turn: Turn, { lines, check, fromIndex = 0, preamble = [] }: Start): void {
  const { state } = turn
  if (!canStart(state)) return
  state.run = {
    lines, state: 'starting', acknowledged: fromIndex, holdReason: undefined, nextIndex: fromIndex, fromIndex, preamble, stage: check === undefined ? 'run' : 'check', isCheckOnly: check === 'only',
    program: NEW_PROGRAM, trail: [], before: undefined, pending: undefined, stopAtMs: Infinity, idles: 0, strays: 0,
  }
  begin(turn, state.run)
}

function begin(turn: Turn, run: GrblRun): void {
  changeRun(turn, { state: 'starting', acknowledged: run.fromIndex, nextIndex: run.fromIndex })
  turn.state.script = ['$#', '$G', FILE_MODES]
}

/** Holds at once: the firmware slows down within its own path. */
export function holdJob(turn: Turn, reason?: Reason): void {
  const { run } = turn.state
  if (!run || run.stage === 'check' || (run.state !== 'running' && run.state !== 'resuming' && run.state !== 'finishing')) return
  changeRun(turn, { state: 'draining', holdReason: reason })
  write(turn, REALTIME.hold)
  askStatus(turn)
}

/** Goes on where it was held; after a tool change back to the place first. */
export function resumeJob(turn: Turn): void {
  const { state } = turn
  const { run } = state
  if (!run || run.state !== 'held') return
  state.prompt = undefined
  if (run.before) {
    const program = withNewTool(run.before, state)
    const at = state.machine.machine ?? program.position
    state.script = restoreLines(program, topOf(state))
    return changeRun(turn, { state: 'resuming', holdReason: undefined, before: program, program: { ...program, position: at }, trail: [{ min: at, max: at }] })
  }
  if (state.machine.state === 'Door' && state.machine.sub === 1) return note(turn, reasonOf('grbl/door', 'The door is open: close it first.'))
  changeRun(turn, { state: 'resuming', holdReason: undefined, stopAtMs: turn.nowMs + RESUME_MS })
  write(turn, REALTIME.resume)
  askStatus(turn)
}

/** The program with the offsets that were set for the new tool: it is at the same place of the work. */
function withNewTool(before: ProgramState, state: GrblState): ProgramState {
  const { offsets, g92, toolLengthMm } = programOf(state)
  const program = { ...before, offsets, g92, toolLengthMm }
  const [was, is] = [workOffset(before), workOffset(program)]
  const [x, y, z] = before.position
  return { ...program, position: [x - was[0] + is[0], y - was[1] + is[1], z - was[2] + is[2]] }
}

/** Ends the job cleanly; laser and spindle go off, the position is kept. */
export function cancelJob(turn: Turn): void {
  stopRun(turn, { outcome: 'cancelled' })
}

/** Machine Z at which nothing is in the way: the top of a homed machine; unknown without homing. */
function topOf({ modal, settings }: GrblState): number | undefined {
  if (!modal.isHomed) return undefined
  return -Number(settings['27'] ?? 1)
}

/** The firmware has started again after our own reset. */
export function onResetDone(turn: Turn): void {
  const { state } = turn
  const { run } = state
  state.resetUntilMs = 0
  state.isMute = false
  turn.stream.sent = []
  if (!run) return
  if (run.pending) return endJob(turn, run.pending)
  // Check mode was left by the reset: now the job itself.
  if (run.stage === 'check' && run.isCheckOnly) return endJob(turn, { outcome: 'done' })
  if (run.stage === 'check') {
    changeRun(turn, { stage: 'run' })
    begin(turn, run)
  }
}

/** All lines are answered and none waits: the job's next step. True when it has something to send. */
export function onQuiet(turn: Turn): boolean {
  const { state } = turn
  const { run } = state
  if (!run) return false
  switch (run.state) {
    case 'starting':
      return onStarted(turn, run)
    case 'checking':
      if (run.nextIndex < run.lines.count) return true
      // All lines were taken: leaving check mode resets the firmware.
      write(turn, '$C\n')
      state.resetUntilMs = turn.nowMs + 4000
      return false
    case 'running':
      if (run.nextIndex < run.lines.count) return isToolChange(run.lines.text(run.nextIndex)) ? changeTool(turn, run) : true
      changeRun(turn, { state: 'finishing', idles: 0 })
      // Answered only when all moves are done.
      state.script = ['G4P0.01']
      return true
    case 'changing':
      changeRun(turn, { state: 'held' })
      return false
    case 'resuming':
      if (!run.before) return false
      changeRun(turn, { state: 'running', before: undefined })
      return true
    default:
      return false
  }
}

function onStarted(turn: Turn, run: GrblRun): boolean {
  const { state } = turn
  const program = programOf(state)
  if (run.stage === 'check' && state.machine.state !== 'Check') {
    changeRun(turn, { program, trail: [], state: 'checking' })
    sendLine(turn, '$C', -1)
    return true
  }
  changeRun(turn, { program, trail: [{ min: program.position, max: program.position }], state: 'running' })
  state.script = [...run.preamble]
  return true
}

/** M6: spindle off, up, and a person changes the tool. */
function changeTool(turn: Turn, run: GrblRun): boolean {
  const { state } = turn
  const body = run.lines.text(run.nextIndex)
  const tool = Number(/T(\d+)/.exec(body)?.[1] ?? run.program.tool)
  const rest = withoutToolChange(body)
  const top = topOf(state)
  state.script = [...(rest === '' ? [] : [rest]), 'M5', ...(top === undefined ? [] : [`G53G0Z${top}`]), 'G4P0.01']
  const reason = reasonOf('grbl/tool-change', `Put tool ${tool} in, set its zero, then go on.`, { tool })
  changeRun(turn, { state: 'changing', before: { ...run.program, tool }, holdReason: reason, nextIndex: run.nextIndex + 1, acknowledged: run.nextIndex + 1 })
  state.prompt = { text: `T${tool}`, buttons: ['Continue'], isShown: true }
  return true
}

/** What a status report means for the job. */
export function onRunStatus(turn: Turn): void {
  const { state, stream } = turn
  const { run } = state
  if (!run) return
  const { state: now, sub } = state.machine
  const isAtRest = (now === 'Hold' && (sub ?? 0) === 0) || (now === 'Door' && (sub ?? 0) <= 1)
  if (run.state === 'cancelling') {
    if (isAtRest || now === 'Idle') resetFirmware(turn)
    return
  }
  if (run.state === 'resuming' && (now === 'Hold' || now === 'Door') && turn.nowMs < run.stopAtMs) return
  if (now === 'Door' && run.state !== 'held') return changeRun(turn, { state: isAtRest ? 'held' : 'draining', holdReason: reasonOf('grbl/door', 'The door was opened.') })
  if (now === 'Hold' && run.state !== 'held' && run.state !== 'changing') {
    const wait = stream.sent.find(({ body }) => /M0*[01](?!\d)/.test(body))
    // Nobody here asked for it: M0 in the file, or the button on the machine.
    if (run.state !== 'draining') changeRun(turn, { holdReason: reasonOf('job/held-by-machine', 'The machine holds the job.') })
    if (wait) state.prompt = { text: wait.body, buttons: ['Continue'], isShown: true }
    return changeRun(turn, { state: isAtRest ? 'held' : 'draining' })
  }
  // Nothing was under way that could be held: it rests already.
  if (run.state === 'draining' && now === 'Idle' && stream.sent.length === 0) return changeRun(turn, { state: 'held' })
  if ((now === 'Run' || now === 'Idle') && (run.state === 'resuming' || run.state === 'held') && !run.before) return onGoesOn(turn, run)
  if (run.state === 'finishing' && now === 'Idle' && stream.sent.length === 0 && state.script.length === 0) onIdleAtEnd(turn, run)
}

/** It moves again: by our resume, or by the button on the machine. */
function onGoesOn(turn: Turn, run: GrblRun): void {
  turn.state.prompt = undefined
  changeRun(turn, { state: 'running', holdReason: run.state === 'held' ? undefined : run.holdReason })
}

/** The job is done when the machine has said twice that it is at rest, and it is where the program ends. */
function onIdleAtEnd(turn: Turn, run: GrblRun): void {
  const idles = run.idles + 1
  changeRun(turn, { idles })
  if (idles < IDLES) return
  const at = turn.state.machine.machine
  const end = run.program.position
  const offMm = at ? Math.max(...at.map((value, i) => Math.abs(value - (end[i] as number)))) : 0
  if (offMm <= END_MM) return endJob(turn, { outcome: 'done' })
  const reason = reasonOf('grbl/wrong-place', `The machine is ${offMm.toFixed(2)} mm from where the program ends.`, { offMm: Number(offMm.toFixed(2)) })
  endJob(turn, { outcome: 'failed', reason })
}
