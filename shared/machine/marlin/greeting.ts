import { NO_CARD } from './card'
import { NO_STREAM } from './marlin-state'
import { PACKING_OFF, PACKING_ON } from '../../gcode/meatpack'
import { UNKNOWN_MODAL } from './modal-state'
import { sendUnnumbered } from './send-lines'
import { reasonOf, type Turn } from './turn'

/** A board that opening the port has reset boots for about two seconds; its banner is waited for that long at most. */
const LISTEN_MS = 400
const AFTER_BANNER_MS = 300
const STEP_MS = 2000
const MAX_TRIES = 3
const REPORT_EVERY_S = 2
/** A firmware says at once that it unpacks. */
const PACK_MS = 1000

/** Begins to shake hands: a newline, `M110 N0`, `M115`, `M105`. */
export function beginGreeting(turn: Turn, waitMs = LISTEN_MS): void {
  const { state, stream } = turn
  const { resends } = stream
  Object.assign(stream, NO_STREAM, { resends })
  Object.assign(state, {
    phase: 'greeting', reason: undefined, script: [], prompt: undefined, busy: undefined, thermal: undefined, maybeStart: false, modal: UNKNOWN_MODAL,
    pollAtMs: Infinity, isEmergency: false, slackS: 0, warming: {}, card: NO_CARD, greeting: { step: 'listen', untilMs: turn.nowMs + waitMs, tries: 0, hasHeard: state.greeting.hasHeard },
  })
}

/** A banner came while hands are shaken: the board has just started. */
export function greetAgain(turn: Turn): void {
  beginGreeting(turn, AFTER_BANNER_MS)
  turn.state.greeting = { ...turn.state.greeting, hasHeard: true }
}

/** Goes on when the question of the present step is answered. */
export function onGreetingProgress(turn: Turn): void {
  const { state, stream } = turn
  if (state.greeting.step === 'listen' || stream.sent.length > 0) return
  if (state.greeting.step === 'number') ask(turn, 'identify', 'M115')
  else if (state.greeting.step === 'identify') ask(turn, 'report', 'M105')
  else if (state.greeting.step === 'report' && state.firmware?.capabilities['MEATPACK'] === true) askToUnpack(turn)
  else if (state.greeting.step !== 'pack') becomeReady(turn)
}

/** Switches packing on; nothing else is sent before the firmware has said that it unpacks. */
function askToUnpack(turn: Turn): void {
  turn.state.greeting = { ...turn.state.greeting, step: 'pack', untilMs: turn.nowMs + PACK_MS }
  turn.effects.push({ kind: 'write', text: '', wire: PACKING_ON })
}

/** The firmware tells how it reads: `[MP] PV01 ON ESP`. */
export function onPackingReport(turn: Turn, text: string): void {
  const { state, stream } = turn
  if (!/^\[MP\].* ON\b/.test(text) || state.phase !== 'greeting' || state.greeting.step !== 'pack') return
  stream.isPacked = true
  becomeReady(turn)
}

/** Sends plain text from now on: a firmware that doesn't unpack well is better served with it. */
export function stopPacking(turn: Turn): void {
  turn.stream.isPacked = false
  // Twice: bytes are lost just now.
  turn.effects.push({ kind: 'write', text: '', wire: PACKING_OFF + PACKING_OFF })
}

function ask(turn: Turn, step: 'number' | 'identify' | 'report', body: string): void {
  turn.state.greeting = { step, untilMs: turn.nowMs + STEP_MS, tries: 0, hasHeard: turn.state.greeting.hasHeard }
  sendUnnumbered(turn, body)
}

function becomeReady(turn: Turn): void {
  const { state } = turn
  state.phase = 'ready'
  state.reason = undefined
  const reports = state.firmware?.capabilities['AUTOREPORT_TEMP'] === true
  state.script = [...(reports ? [`M155 S${REPORT_EVERY_S}`] : []), ...(state.firmware?.capabilities['SDCARD'] === true ? ['M20', 'M27'] : [])]
  state.pollAtMs = turn.nowMs + 1000 * REPORT_EVERY_S
}

const BODY = { number: 'M110 N0', identify: 'M115', report: 'M105' } as const

/** A step's time is over: it is asked again, a few times; then the machine is given up. */
export function onGreetingTime(turn: Turn): void {
  const { state, stream, nowMs } = turn
  const { step, tries, untilMs } = state.greeting
  if (nowMs < untilMs) return
  if (step === 'listen') return ask(turn, 'number', BODY.number)
  if (step === 'pack') {
    stopPacking(turn)
    return becomeReady(turn)
  }
  if (tries + 1 >= MAX_TRIES) {
    state.phase = 'closed'
    state.reason = reasonOf('machine/no-answer-at-rate', `Nothing that Marlin says came at ${state.baudRate} baud.`, { baudRate: state.baudRate })
    turn.effects.push({ kind: 'close' })
    return
  }
  stream.sent = []
  // A studio that ended may have left it unpacking.
  if (step === 'number' && tries > 0) stopPacking(turn)
  state.greeting = { ...state.greeting, tries: tries + 1, untilMs: nowMs + STEP_MS }
  sendUnnumbered(turn, BODY[step])
}
