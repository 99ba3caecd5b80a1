import { GRBL_CLOSED, NO_MACHINE, SMALL_BUDGET } from './grbl-state'
import { sendLine } from './send-lines'
import { askStatus, type Turn } from './turn'

/** A board that opening the port has reset boots for up to two seconds; one that is awake answers `?` at once. */
const LISTEN_MS = 300
const AFTER_BANNER_MS = 150
const ASK_MS = 1200
const STEP_MS = 3000
const MAX_ASKS = 3
/** Version, settings, offsets, modes. */
const QUESTIONS = ['$I', '$$', '$#', '$G'] as const
const POLL_MS = 150

/** Begins to shake hands: waits for the banner, asks for a status report, then who the machine is. */
export function beginGreeting(turn: Turn, waitMs = LISTEN_MS): void {
  const { state, stream, nowMs } = turn
  Object.assign(stream, GRBL_CLOSED.stream, { budget: SMALL_BUDGET, sinceMs: nowMs })
  Object.assign(state, {
    phase: 'greeting', reason: undefined, script: [], run: undefined, machine: NO_MACHINE, alarm: undefined, isMute: false, resetUntilMs: 0, poll: { atMs: Infinity, isAsked: false, missed: 0 },
    prompt: undefined, jog: undefined, stopsJog: false, settings: {}, offsets: {}, probe: undefined, modal: GRBL_CLOSED.modal, wanted: { atMs: Infinity, tries: 0 },
    greeting: { step: 'listen', untilMs: nowMs + waitMs, tries: 0, hasHeard: state.greeting.hasHeard },
  })
}

/** The banner came: the board has just started. */
export function onGreetingBanner(turn: Turn): void {
  beginGreeting(turn, AFTER_BANNER_MS)
  turn.state.greeting = { ...turn.state.greeting, hasHeard: true }
}

/** A status report came: there is a Grbl; now it is asked who it is. */
export function onGreetingStatus(turn: Turn): void {
  const { state, nowMs } = turn
  if (state.greeting.step === 'identify') return
  state.greeting = { step: 'identify', untilMs: nowMs + STEP_MS, tries: 0, hasHeard: true }
  sendLine(turn, QUESTIONS[0], -1)
}

/** A question was answered, with what it tells or with an error: the next one. */
export function onGreetingAnswer(turn: Turn, question: string): void {
  const { state, nowMs } = turn
  if (state.greeting.step !== 'identify') return
  const next = QUESTIONS[QUESTIONS.indexOf(question as (typeof QUESTIONS)[number]) + 1]
  if (next !== undefined) {
    state.greeting = { ...state.greeting, untilMs: nowMs + STEP_MS }
    return sendLine(turn, next, -1)
  }
  becomeReady(turn)
}

function becomeReady(turn: Turn): void {
  const { state, stream, nowMs } = turn
  const options = (state.info['OPT'] ?? '').split(',')
  const buffer = Number(options[2])
  // grblHAL tells the whole buffer too, and keeps one byte free as Grbl does.
  const told = Number.isInteger(buffer) && buffer >= 64 ? buffer - 1 : SMALL_BUDGET
  stream.budget = Math.max(64, Math.min(told, (state.machine.bytesFree ?? told)))
  state.phase = 'ready'
  state.poll = { atMs: nowMs + POLL_MS, isAsked: false, missed: 0 }
  const name = state.info['FIRMWARE'] ?? state.firmware?.name ?? 'Grbl'
  const version = (state.info['VER'] ?? '').split(':')
  state.firmware = {
    name: `${name} ${version[0] ?? ''}`.trim(), ...(version[1] !== undefined && version[1] !== '' && { machineType: version[1] }),
    capabilities: capabilitiesOf(options[0] ?? '', state.info['NEWOPT'] ?? '', state.settings),
  }
}

/** What the letters of `[OPT:…]` mean here. @see Grbl's `config.h` and `report.c` */
function capabilitiesOf(letters: string, more: string, settings: Readonly<Record<string, string>>): Record<string, boolean> {
  return {
    VARIABLE_SPINDLE: letters.includes('V'), MIST: letters.includes('M'), HOMING: Number(settings['22'] ?? 0) % 2 === 1, SOFT_LIMITS: Number(settings['20'] ?? 0) % 2 === 1,
    LASER_MODE: settings['32'] === '1', TOOL_CHANGE: /\bTC\b/.test(more), SD_CARD: /\bSD\b/.test(more),
  }
}

/** A step's time is over: asked again a few times; then the machine is given up. */
export function onGreetingTime(turn: Turn): void {
  const { state, nowMs } = turn
  const { step, tries, untilMs } = state.greeting
  if (nowMs < untilMs) return
  if (step === 'identify' || tries >= MAX_ASKS) {
    state.phase = 'closed'
    state.reason = { code: 'machine/no-answer-at-rate', message: `Nothing that Grbl says came at ${state.baudRate} baud.`, values: { baudRate: state.baudRate } }
    turn.effects.push({ kind: 'close' })
    return
  }
  state.greeting = { ...state.greeting, step: 'ask', tries: tries + 1, untilMs: nowMs + ASK_MS }
  askStatus(turn)
}
