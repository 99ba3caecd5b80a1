import type { JobLines } from './job-lines'
import type { ParkPlan, Reason, Run } from './marlin-state'
import { parkLines, resumeLines, stopLines } from './park'
import { sendUnnumbered } from './send-lines'
import { changeRun, endJob, reasonOf, type Turn } from './turn'

/** Puts a job on the machine; its first line goes out at once. The caller has made sure that the machine is ready and free. */
export function startJob(turn: Turn, lines: JobLines, park: ParkPlan): void {
  if (turn.state.phase !== 'ready' || turn.state.run) return
  const { standsMm } = lines
  turn.state.run = { lines, park: standsMm === undefined ? park : { ...park, topMm: standsMm }, state: 'running', nextIndex: 0, acknowledged: 0, holdReason: undefined, before: undefined, isParked: false, isRetracted: false, wantsHold: false, wantsResume: false, startedAtMs: turn.nowMs, resendsBefore: turn.stream.resends, feeding: { streak: 0, moves: 0, starved: 0 }, shownPercent: -1 }
  turn.state.notice = undefined
}

/** Stops feeding; what is under way is finished, then the nozzle is put aside. */
export function holdJob(turn: Turn, reason?: Reason): void {
  const { run } = turn.state
  // What must be restored is restored first.
  if (run?.state === 'resuming') changeRun(turn, { wantsHold: true, holdReason: reason })
  if (run?.state === 'parking') changeRun(turn, { wantsResume: false })
  if (run?.state === 'running') changeRun(turn, { state: 'draining', holdReason: reason, before: undefined })
}

/** Goes on where the job was held. */
export function resumeJob(turn: Turn): void {
  const { state } = turn
  const { run } = state
  if (!run) return
  // Nothing was moved aside yet.
  if (run.state === 'draining') return changeRun(turn, { state: 'running', holdReason: undefined })
  if (run.state === 'parking') return changeRun(turn, { wantsResume: true })
  if (run.state === 'resuming') return changeRun(turn, { wantsHold: false, holdReason: undefined })
  if (run.state !== 'held') return
  state.script = [...state.script, ...(run.before ? resumeLines(run.before, run) : [])]
  changeRun(turn, { state: 'resuming', wantsResume: false, holdReason: undefined })
}

/** Ends the job cleanly: what is under way is finished, heaters and fan go off, the nozzle is lifted, motors off. */
export function cancelJob(turn: Turn): void {
  const { state } = turn
  if (!state.run || state.run.state === 'cancelling') return
  const isWaiting = state.busy !== undefined || state.prompt !== undefined
  changeRun(turn, { state: 'cancelling', before: undefined })
  state.script = []
  // Ends the wait of M109, M190 or M0, so that the machine hears the rest; Marlin looks for it as soon as it reads it.
  if (isWaiting) sendUnnumbered(turn, 'M108')
}

/** Answers the firmware's question, or a wait for the user without one. */
export function answerPrompt(turn: Turn, button: number): void {
  const { state } = turn
  sendUnnumbered(turn, hasEmergencyParser(turn) && state.prompt && state.prompt.buttons.length > 0 ? `M876 S${button}` : 'M108')
  state.prompt = undefined
}

/** True where M876 is heard while another command is at work. */
function hasEmergencyParser({ state }: Turn): boolean {
  return state.firmware?.capabilities['EMERGENCY_PARSER'] === true
}

/** Everything sent is answered and nothing waits to be sent: the job's next step. True when it has something to send. */
export function onQuiet(turn: Turn): boolean {
  const { state } = turn
  const { run } = state
  if (!run) return false
  switch (run.state) {
    case 'running':
      if (run.nextIndex < run.lines.count) return false
      return queue(turn, 'finishing', ['M400', 'M114'])
    case 'draining':
      return queue(turn, 'parking', ['M400', 'M114'])
    case 'parking':
      return onParking(turn, run)
    case 'resuming':
      changeRun(turn, { state: run.wantsHold ? 'draining' : 'running', wantsHold: false, before: undefined, isParked: false, isRetracted: false })
      if (run.wantsHold) return onQuiet(turn)
      return run.nextIndex < run.lines.count || onQuiet(turn)
    case 'finishing':
      endJob(turn, { outcome: 'done' })
      return false
    case 'cancelling':
      if (run.before) {
        endJob(turn, { outcome: 'cancelled' })
        return false
      }
      changeRun(turn, { before: state.modal })
      state.script = stopLines(state.modal, run.park)
      return true
    case 'held':
      return false
    default:
      return run.state satisfies never
  }
}

/** First the place is known, then the nozzle is put aside, then the job is held. */
function onParking(turn: Turn, run: Run): boolean {
  const { state } = turn
  if (run.before) return becomeHeld(turn, run)
  const lines = parkLines(state.modal, run.park, state.hotends[state.modal.tool]?.currentC)
  changeRun(turn, { before: state.modal, isParked: lines.length > 0, isRetracted: lines.includes('M83') })
  if (lines.length === 0) return becomeHeld(turn, run)
  state.script = lines
  return true
}

function becomeHeld(turn: Turn, { wantsResume }: Run): boolean {
  changeRun(turn, { state: 'held' })
  if (!wantsResume) return false
  resumeJob(turn)
  return true
}

function queue(turn: Turn, state: Run['state'], lines: readonly string[]): boolean {
  changeRun(turn, { state })
  turn.state.script = [...turn.state.script, ...lines]
  return true
}

/** `//action:...` of the firmware: what the host is asked to do. */
export function onAction(turn: Turn, action: string, text: string): void {
  const { state } = turn
  switch (action) {
    case 'prompt_begin':
      state.prompt = { text, buttons: [], isShown: false }
      break
    case 'prompt_choice':
    case 'prompt_button':
      if (state.prompt) state.prompt = { ...state.prompt, buttons: [...state.prompt.buttons, text] }
      break
    case 'prompt_show':
      if (state.prompt) state.prompt = { ...state.prompt, isShown: true }
      break
    case 'prompt_end':
      state.prompt = undefined
      break
    case 'pause':
      holdJob(turn, reasonOf('job/held-by-machine', 'The machine asked to hold the job.'))
      break
    case 'resume':
      if (state.run?.holdReason?.code === 'job/held-by-machine') resumeJob(turn)
      break
    case 'cancel':
      cancelJob(turn)
      break
    case 'notification':
      turn.effects.push({ kind: 'note', reason: reasonOf('machine/notification', text, { text }) })
      break
    default:
      break
  }
}
