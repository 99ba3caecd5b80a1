/** x, y, z; mm. */
export type Axes = readonly [number, number, number]

export const ORIGIN: Axes = [0, 0, 0]

/** What a Grbl program has set up to a line: modes, offsets, and where it has moved to. */
export interface ProgramState {
  /** Motion mode: 0, 1, 2, 3, 80, or a probe 38.2 .. 38.5. */
  readonly motion: number
  readonly plane: 17 | 18 | 19
  readonly isInches: boolean
  readonly isRelative: boolean
  readonly isInverseTime: boolean
  /** Work coordinate system, 0 is G54. */
  readonly wcs: number
  readonly spindle: 3 | 4 | 5
  readonly isMist: boolean
  readonly isFlood: boolean
  /** mm/min; 0 is not set. */
  readonly feed: number
  /** S word: spindle speed or laser power. */
  readonly power: number
  readonly tool: number
  /** Machine coordinates, mm. */
  readonly position: Axes
  /** Offsets of G54 .. G59, mm. */
  readonly offsets: readonly Axes[]
  readonly g92: Axes
  readonly toolLengthMm: number
  readonly g28: Axes
  readonly g30: Axes
}

/** As after Grbl's reset, at machine zero. */
export const NEW_PROGRAM: ProgramState = {
  motion: 0, plane: 17, isInches: false, isRelative: false, isInverseTime: false, wcs: 0, spindle: 5, isMist: false, isFlood: false, feed: 0, power: 0, tool: 0,
  position: ORIGIN, offsets: [ORIGIN, ORIGIN, ORIGIN, ORIGIN, ORIGIN, ORIGIN], g92: ORIGIN, toolLengthMm: 0, g28: ORIGIN, g30: ORIGIN,
}

/** The modes that a reset, M2 and M30 bring back; offsets, place and tool stay. */
export function afterReset(state: ProgramState): ProgramState {
  return { ...NEW_PROGRAM, position: state.position, offsets: state.offsets, g28: state.g28, g30: state.g30, tool: state.tool }
}

/** What is added to work coordinates for machine coordinates. */
export function workOffset({ offsets, wcs, g92, toolLengthMm }: ProgramState): Axes {
  const [x, y, z] = offsets[wcs] ?? ORIGIN
  return [x + g92[0], y + g92[1], z + g92[2] + toolLengthMm]
}

/** Modes as `$G` tells them. */
export function modesOf(state: ProgramState): string {
  const coolant = [state.isMist ? 'M7' : '', state.isFlood ? 'M8' : ''].filter(Boolean).join(' ') || 'M9'
  const feed = state.isInches ? state.feed / 25.4 : state.feed
  const number = (value: number) => String(Number(value.toFixed(3)))
  return `G${state.motion} G${54 + state.wcs} G${state.plane} G${state.isInches ? 20 : 21} G${state.isRelative ? 91 : 90} G${state.isInverseTime ? 93 : 94} M${state.spindle} ${coolant} T${state.tool} F${number(feed)} S${number(state.power)}`
}

/** A move of a program, machine coordinates. */
export type ProgramMove =
  | { readonly kind: 'line'; readonly to: Axes; readonly isRapid: boolean; /** mm/min */ readonly feed: number }
  | { readonly kind: 'arc'; readonly to: Axes; readonly centre: Axes; readonly isClockwise: boolean; readonly plane: 17 | 18 | 19; readonly feed: number }
  | { readonly kind: 'probe'; readonly to: Axes; readonly feed: number; readonly isAway: boolean; readonly mustTouch: boolean }

/** What a block does, in Grbl's order: spindle and coolant (see the state), dwell, moves, program flow. */
export interface BlockResult {
  readonly state: ProgramState
  readonly dwellS: number
  readonly moves: readonly ProgramMove[]
  readonly flow: 'pause' | 'end' | undefined
  /** M6: only where the reader was asked to allow it. */
  readonly isToolChange: boolean
  /** Writes the EEPROM: G10, G28.1, G30.1. */
  readonly writesEeprom: boolean
}
