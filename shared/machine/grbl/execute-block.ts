import { readBlock, type Word } from './block'
import { arcCentre } from './arc-centre'
import { afterReset, type Axes, type BlockResult, type ProgramMove, type ProgramState, workOffset } from './program'

/** A block's result, or the number of Grbl's error. */
export type Executed = { readonly ok: true; readonly value: BlockResult } | { readonly ok: false; readonly error: number }

const AXES = ['X', 'Y', 'Z'] as const
const VALUES = 'FIJKLNPRSTXYZ'
const INCH_MM = 25.4
/** Modal groups of G codes, as in NIST RS274NGC v3 §3.4. */
const GROUPS = new Map<number, string>([
  ...[4, 10, 28, 28.1, 30, 30.1, 53, 92, 92.1].map((code) => [code, 'once'] as const),
  ...[0, 1, 2, 3, 38.2, 38.3, 38.4, 38.5, 80].map((code) => [code, 'motion'] as const),
  ...[17, 18, 19].map((code) => [code, 'plane'] as const),
  ...[90, 91].map((code) => [code, 'distance'] as const),
  [91.1, 'arc-distance'],
  ...[93, 94].map((code) => [code, 'feed'] as const),
  ...[20, 21].map((code) => [code, 'units'] as const),
  [40, 'cutter'],
  ...[43.1, 49].map((code) => [code, 'length'] as const),
  ...[54, 55, 56, 57, 58, 59].map((code) => [code, 'wcs'] as const),
  [61, 'control'],
])
const M_GROUPS = new Map<number, string>([...[0, 1, 2, 30].map((code) => [code, 'stop'] as const), ...[3, 4, 5].map((code) => [code, 'spindle'] as const), ...[7, 8, 9].map((code) => [code, 'coolant'] as const)])

/** A block sorted by groups and value words. */
interface Block {
  readonly g: ReadonlyMap<string, number>
  readonly m: ReadonlyMap<string, number>
  readonly coolant: readonly number[]
  readonly values: ReadonlyMap<string, number>
  readonly isToolChange: boolean
}

class Refused extends Error {
  constructor(readonly error: number) {
    super(`error:${error}`)
  }
}

function refuse(error: number): never {
  throw new Refused(error)
}

/**
 * Carries out one compact line on a program's state as Grbl 1.1 does; firmware and host read files by the same rules.
 * @param options.takesToolChange M6 is known (a host that changes tools); Grbl itself answers error 20
 * @see https://github.com/gnea/grbl/wiki/Grbl-v1.1-Interface for the errors; NIST RS274NGC v3 for the order
 */
export function executeBlock(state: ProgramState, line: string, { takesToolChange = false } = {}): Executed {
  const read = readBlock(line)
  if (!read.ok) return read
  try {
    return { ok: true, value: carryOut(state, sortWords(read.words, takesToolChange)) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.error }
    throw error
  }
}

function sortWords(words: readonly Word[], takesToolChange: boolean): Block {
  const g = new Map<string, number>()
  const m = new Map<string, number>()
  const coolant: number[] = []
  const values = new Map<string, number>()
  let isToolChange = false
  for (const { letter, value } of words) {
    if (letter === 'G') {
      const group = GROUPS.get(Math.round(value * 10) / 10) ?? refuse(20)
      if (g.has(group)) refuse(21)
      g.set(group, Math.round(value * 10) / 10)
    } else if (letter === 'M') {
      if (!Number.isInteger(value)) refuse(23)
      if (value === 6 && takesToolChange) {
        isToolChange = true
        continue
      }
      const group = M_GROUPS.get(value) ?? refuse(20)
      if (group === 'coolant') coolant.push(value)
      else if (m.has(group)) refuse(21)
      m.set(group, value)
    } else {
      if (!VALUES.includes(letter)) refuse(20)
      if (values.has(letter)) refuse(25)
      if ('FNPTS'.includes(letter) && value < 0) refuse(4)
      if (letter === 'T' && value > 255) refuse(38)
      values.set(letter, value)
    }
  }
  return { g, m, coolant, values, isToolChange }
}

function carryOut(before: ProgramState, block: Block): BlockResult {
  let state = applyModes(before, block)
  const once = block.g.get('once')
  const hasAxes = AXES.some((axis) => block.values.has(axis))
  const takesAxes = once !== undefined && [10, 28, 30, 92].includes(once)
  const explicit = block.g.get('motion')
  if (takesAxes && explicit !== undefined && explicit !== 80 && hasAxes) refuse(24)
  const moves: ProgramMove[] = []
  let dwellS = 0
  if (once === 4) dwellS = block.values.get('P') ?? refuse(28)
  else if (once !== undefined && once !== 53) {
    const done = applyOnce(state, block, once)
    state = done.state
    moves.push(...done.moves)
  }
  const isMoving = !takesAxes && (hasAxes || (explicit !== undefined && explicit !== 80 && explicit >= 2 && !hasAxes))
  if (isMoving) {
    const move = motionOf(state, block, once === 53)
    moves.push(move)
    state = { ...state, position: move.to }
  } else if (hasAxes && !takesAxes) refuse(31)
  const stop = block.m.get('stop')
  const flow = stop === undefined ? undefined : stop < 2 ? 'pause' : 'end'
  if (flow === 'end') state = afterReset(state)
  return { state, dwellS, moves, flow, isToolChange: block.isToolChange, writesEeprom: once === 10 || once === 28.1 || once === 30.1 }
}

function applyModes(before: ProgramState, { g, m, coolant, values }: Block): ProgramState {
  const isInches = g.has('units') ? g.get('units') === 20 : before.isInches
  const scale = isInches ? INCH_MM : 1
  const isInverseTime = g.has('feed') ? g.get('feed') === 93 : before.isInverseTime
  // Inverse time holds for its own block only.
  const carried = isInverseTime || before.isInverseTime !== isInverseTime ? 0 : before.feed
  const feedWord = values.get('F')
  const motion = g.get('motion') ?? before.motion
  const length = g.get('length')
  if (length === 43.1 && !values.has('Z')) refuse(37)
  return {
    ...before, motion, isInches, isInverseTime,
    plane: (g.get('plane') as 17 | 18 | 19 | undefined) ?? before.plane,
    isRelative: g.has('distance') ? g.get('distance') === 91 : before.isRelative,
    wcs: g.has('wcs') ? (g.get('wcs') as number) - 54 : before.wcs,
    spindle: (m.get('spindle') as 3 | 4 | 5 | undefined) ?? before.spindle,
    isMist: coolant.includes(9) ? false : before.isMist || coolant.includes(7),
    isFlood: coolant.includes(9) ? false : before.isFlood || coolant.includes(8),
    feed: feedWord === undefined ? carried : isInverseTime ? feedWord : feedWord * scale,
    power: values.get('S') ?? before.power,
    tool: values.get('T') ?? before.tool,
    toolLengthMm: length === 49 ? 0 : length === 43.1 ? (values.get('Z') as number) * scale : before.toolLengthMm,
  }
}

/** Target of the axis words, machine coordinates; axes without a word stay. */
function targetOf(state: ProgramState, values: ReadonlyMap<string, number>, isMachine = false): Axes {
  const scale = state.isInches ? INCH_MM : 1
  const offset = workOffset(state)
  const at = AXES.map((axis, i) => {
    const now = state.position[i] as number
    const word = values.get(axis)
    if (word === undefined) return now
    if (isMachine) return word * scale
    return state.isRelative ? now + word * scale : word * scale + (offset[i] as number)
  })
  return [at[0] as number, at[1] as number, at[2] as number]
}

function motionOf(state: ProgramState, { values }: Block, isMachine: boolean): ProgramMove {
  const { motion, feed } = state
  if (isMachine && motion > 1) refuse(30)
  if (motion === 80) refuse(31)
  const hasAxes = AXES.some((axis) => values.has(axis))
  const to = targetOf(state, values, isMachine)
  if (motion === 0) return { kind: 'line', to, isRapid: true, feed: 0 }
  if (feed === 0) refuse(22)
  if (motion === 1) return { kind: 'line', to, isRapid: false, feed: feedOf(state, to) }
  if (!hasAxes) refuse(26)
  if (motion >= 38) return { kind: 'probe', to, feed: feedOf(state, to), isAway: motion > 38.35, mustTouch: motion === 38.2 || motion === 38.4 }
  const centre = arcCentre(state, to, values)
  if (typeof centre === 'number') refuse(centre)
  return { kind: 'arc', to, centre, isClockwise: motion === 2, plane: state.plane, feed: feedOf(state, to) }
}

/** mm/min; an inverse time is turned into one by the straight way. */
function feedOf({ feed, isInverseTime, position }: ProgramState, to: Axes): number {
  return isInverseTime ? feed * Math.max(Math.hypot(to[0] - position[0], to[1] - position[1], to[2] - position[2]), 1e-6) : feed
}

function applyOnce(state: ProgramState, block: Block, once: number): { state: ProgramState; moves: readonly ProgramMove[] } {
  const { values } = block
  switch (once) {
    case 10:
      return { state: setOffset(state, values), moves: [] }
    case 28:
    case 30: {
      const via = targetOf(state, values)
      const store = once === 28 ? state.g28 : state.g30
      const isSome = AXES.some((axis) => values.has(axis))
      const to = AXES.map((axis, i) => (!isSome || values.has(axis) ? (store[i] as number) : (via[i] as number))) as unknown as Axes
      const rapid = (target: Axes): ProgramMove => ({ kind: 'line', to: target, isRapid: true, feed: 0 })
      return { state: { ...state, position: to }, moves: isSome ? [rapid(via), rapid(to)] : [rapid(to)] }
    }
    case 28.1:
      return { state: { ...state, g28: state.position }, moves: [] }
    case 30.1:
      return { state: { ...state, g30: state.position }, moves: [] }
    case 92:
      if (!AXES.some((axis) => values.has(axis))) refuse(26)
      return { state: { ...state, g92: shifted(state, values, state.g92) }, moves: [] }
    case 92.1:
      return { state: { ...state, g92: [0, 0, 0] }, moves: [] }
    default:
      return refuse(20)
  }
}

/** An offset by which the present place gets the coordinates of the words. */
function shifted(state: ProgramState, values: ReadonlyMap<string, number>, own: Axes): Axes {
  const scale = state.isInches ? INCH_MM : 1
  const whole = workOffset(state)
  return AXES.map((axis, i) => {
    const word = values.get(axis)
    const mine = own[i] as number
    return word === undefined ? mine : (state.position[i] as number) - word * scale - ((whole[i] as number) - mine)
  }) as unknown as Axes
}

/** G10 L2 sets an offset, L20 sets it so that the present place gets the coordinates. */
function setOffset(state: ProgramState, values: ReadonlyMap<string, number>): ProgramState {
  const l = values.get('L') ?? refuse(28)
  const p = values.get('P') ?? refuse(28)
  if (l !== 2 && l !== 20) refuse(20)
  if (!AXES.some((axis) => values.has(axis))) refuse(26)
  if (!Number.isInteger(p) || p > 6) refuse(29)
  const index = p === 0 ? state.wcs : p - 1
  const own = state.offsets[index] ?? [0, 0, 0]
  const scale = state.isInches ? INCH_MM : 1
  const set = l === 20 ? shifted({ ...state, wcs: index }, values, own) : (AXES.map((axis, i) => (values.has(axis) ? (values.get(axis) as number) * scale + (state.isRelative ? (own[i] as number) : 0) : (own[i] as number))) as unknown as Axes)
  return { ...state, offsets: state.offsets.map((offset, i) => (i === index ? set : offset)) }
}
