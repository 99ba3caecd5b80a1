import type { Overrides } from './grbl-state'
import type { Axes } from './program'
import { sendLine } from './send-lines'
import { askStatus, REALTIME, type Turn, write } from './turn'

/** Grbl keeps one flag a command: a second byte before the first is worked off is lost. */
const OVERRIDE_MS = 80
const MAX_TRIES = 80
/** A jog must be asked for again within this time, or it ends. */
const JOG_KEEP_MS = 400
/** A line of a jog goes on for this long, s. */
const JOG_STEP_S = 0.12
const MAX_JOGS = 2
const JOG_AHEAD_MS = 150

/** Bytes by the step that they make, percent; 0 is back to 100 %. */
const FEED_BYTES = new Map([[0, '\x90'], [10, '\x91'], [-10, '\x92'], [1, '\x93'], [-1, '\x94']])
const POWER_BYTES = new Map([[0, '\x99'], [10, '\x9a'], [-10, '\x9b'], [1, '\x9c'], [-1, '\x9d']])
const RAPID_BYTES = new Map([[100, '\x95'], [50, '\x96'], [25, '\x97']])

/** Takes on new wishes and makes their first step. */
export function wantOverrides(turn: Turn, wanted: Overrides): void {
  const { state, nowMs } = turn
  if (state.phase !== 'ready') return
  state.wanted = { ...state.wanted, ...wanted, atMs: nowMs, tries: 0 }
  onOverrideTime(turn)
}

/** One byte, then the report that shows it, then the next. */
export function onOverrideTime(turn: Turn): void {
  const { state, nowMs } = turn
  const { wanted, machine } = state
  if (wanted.atMs === Infinity || nowMs < wanted.atMs) return
  const [feed, rapid, power] = machine.overrides
  const byte = step(FEED_BYTES, feed, wanted.feed) ?? (wanted.rapid === undefined || wanted.rapid === rapid ? undefined : RAPID_BYTES.get(wanted.rapid)) ?? step(POWER_BYTES, power, wanted.power)
  if (byte === undefined || wanted.tries >= MAX_TRIES) {
    state.wanted = { atMs: Infinity, tries: 0 }
    return
  }
  write(turn, byte)
  state.wanted = { ...wanted, atMs: nowMs + OVERRIDE_MS, tries: wanted.tries + 1 }
  askStatus(turn)
}

function step(bytes: ReadonlyMap<number, string>, now: number, wanted: number | undefined): string | undefined {
  if (wanted === undefined || wanted === now) return undefined
  if (wanted === 100) return bytes.get(0)
  const difference = wanted - now
  const size = Math.abs(difference) >= 10 ? 10 : 1
  return bytes.get(Math.sign(difference) * size)
}

/** Begins a jog, or keeps it going: short moves, so that it ends soon after nobody asks for it any more. */
export function holdJog(turn: Turn, direction: Axes, feed: number): void {
  const { state } = turn
  if (state.phase !== 'ready' || state.alarm !== undefined || (state.run && !(state.run.state === 'held' && state.run.before))) return
  state.jog = { direction, feed, untilMs: turn.nowMs + JOG_KEEP_MS, nextMs: state.jog?.nextMs ?? turn.nowMs }
  state.stopsJog = false
  feedJog(turn)
}

function feedJog(turn: Turn): void {
  const { state, stream } = turn
  if (!state.jog || turn.nowMs < state.jog.nextMs || stream.sent.length >= MAX_JOGS) return
  const { direction, feed } = state.jog
  const lengthMm = (feed / 60) * JOG_STEP_S
  const words = direction.flatMap((part, i) => (part === 0 ? [] : [`${'XYZ'.charAt(i)}${Number((part * lengthMm).toFixed(3))}`])).join('')
  if (words === '') return
  // A little ahead of the machine, so that it doesn't stop between two lines; never much, so that it stops soon.
  state.jog = { ...state.jog, nextMs: Math.max(state.jog.nextMs, turn.nowMs - JOG_AHEAD_MS) + 1000 * JOG_STEP_S }
  sendLine(turn, `$J=G91G21${words}F${Math.round(feed)}`, -1)
}

/** Ends a jog now; lines of it that are still under way are stopped once more when they have come to work. */
export function stopJog(turn: Turn): void {
  const { state, stream } = turn
  if (state.phase !== 'ready') return
  state.stopsJog = stream.sent.some(({ body }) => body.startsWith('$J='))
  state.jog = undefined
  state.script = state.script.filter((body) => !body.startsWith('$J='))
  write(turn, REALTIME.stopJog)
}

/** Goes on with a jog, or ends one that nobody keeps up. */
export function onJogTime(turn: Turn): void {
  const { state, stream, nowMs } = turn
  if (state.jog && nowMs >= state.jog.untilMs) stopJog(turn)
  else if (state.jog) feedJog(turn)
  if (state.stopsJog && !stream.sent.some(({ body }) => body.startsWith('$J='))) {
    state.stopsJog = false
    write(turn, REALTIME.stopJog)
  }
}
