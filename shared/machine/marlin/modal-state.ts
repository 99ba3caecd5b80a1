/** What the machine was told that holds from then on, mm and mm/min, logical coordinates; undefined where it isn't known. */
export interface ModalState {
  readonly x: number | undefined
  readonly y: number | undefined
  readonly z: number | undefined
  readonly e: number | undefined
  readonly isRelative: boolean
  readonly isRelativeE: boolean
  readonly isInches: boolean
  readonly feedMmPerMin: number | undefined
  /** 0..255 */
  readonly fan: number
  readonly hotendC: number
  readonly bedC: number
  readonly tool: number
  /** What each tool was told to heat to, °C, by tool; holes where it was told nothing. */
  readonly toolHeatC: readonly (number | undefined)[]
  /** Height of the highest line that was laid, since Z was homed: what may stand on the bed when objects are printed one after the other. */
  readonly topMm: number
  readonly isHomed: boolean
  /** X and Y were homed; Z then counts as homed when its place is told by G92. */
  readonly isXyHomed: boolean
}

/** As after a reset: nothing is homed, nothing heated, the position unknown. */
export const UNKNOWN_MODAL: ModalState = {
  x: undefined, y: undefined, z: undefined, e: undefined, isRelative: false, isRelativeE: false, isInches: false,
  feedMmPerMin: undefined, fan: 0, hotendC: 0, bedC: 0, tool: 0, toolHeatC: [], topMm: 0, isHomed: false, isXyHomed: false,
}

const A = 65
/** Marlin's EXTRUDERS goes to 8, multi-material units further. */
const MAX_TOOLS = 16
/** Words of the line that is being read; valid where `present` has the letter's bit. Kept between calls to spare memory. */
const words = new Float64Array(26)
let present = 0

const has = (letter: string) => (present & (1 << (letter.charCodeAt(0) - A))) !== 0
const word = (letter: string) => (has(letter) ? (words[letter.charCodeAt(0) - A] as number) : undefined)

/** Letters and numbers from a place on; a letter without number counts as present with NaN. */
function readWords(line: string, from: number): void {
  present = 0
  for (let i = from; i < line.length; i++) {
    const letter = line.charCodeAt(i) - A
    if (letter < 0 || letter > 25) continue
    let end = i + 1
    while (end < line.length && isNumberPart(line.charCodeAt(end))) end++
    words[letter] = end > i + 1 ? Number(line.slice(i + 1, end)) : NaN
    present |= 1 << letter
    i = end - 1
  }
}

function isNumberPart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 43
}

/** The state after a line (upper case, without comment) was carried out, as Marlin keeps it. */
export function applyLine(state: ModalState, line: string): ModalState {
  const letter = line.charCodeAt(0)
  let end = 1
  while (end < line.length && isNumberPart(line.charCodeAt(end))) end++
  const code = Number(line.slice(1, end))
  if (letter === 71) return applyG(state, code, line.slice(end))
  if (letter === 77) return applyM(state, code, line.slice(end))
  return letter === 84 && Number.isInteger(code) && code >= 0 ? { ...state, tool: code, hotendC: state.toolHeatC[code] ?? state.hotendC } : state
}

function applyG(state: ModalState, code: number, rest: string): ModalState {
  if (code >= 0 && code <= 3) {
    readWords(rest, 0)
    return applyMove(state)
  }
  switch (code) {
    case 20:
    case 21:
      return { ...state, isInches: code === 20 }
    case 28:
      readWords(rest, 0)
      return applyHoming(state)
    // Probing and levelling leave the nozzle somewhere else.
    case 29: case 30: case 33: case 34: case 80:
      return { ...state, x: undefined, y: undefined, z: undefined }
    // Marlin: these hold for E too, until M82 or M83.
    case 90:
    case 91:
      return { ...state, isRelative: code === 91, isRelativeE: code === 91 }
    case 92:
      readWords(rest, 0)
      return applyOffset(state)
    default:
      return state
  }
}

function applyMove(state: ModalState): ModalState {
  const scale = state.isInches ? 25.4 : 1
  const move = (now: number | undefined, letter: string, isRelative: boolean) => {
    const value = word(letter)
    if (value === undefined) return now
    if (!isRelative) return value * scale
    return now === undefined ? undefined : now + value * scale
  }
  const feed = word('F')
  const z = move(state.z, 'Z', state.isRelative)
  return {
    ...state,
    x: move(state.x, 'X', state.isRelative),
    y: move(state.y, 'Y', state.isRelative),
    z,
    topMm: z !== undefined && z > state.topMm && has('E') && (has('X') || has('Y')) ? z : state.topMm,
    e: move(state.e, 'E', state.isRelativeE),
    feedMmPerMin: feed === undefined ? state.feedMmPerMin : feed * scale,
  }
}

/** Where homing ends depends on the machine, so the position is unknown until it is asked for or set by a move. */
function applyHoming(state: ModalState): ModalState {
  const isAll = !has('X') && !has('Y') && !has('Z')
  const clear = (letter: string, now: number | undefined) => (isAll || has(letter) ? undefined : now)
  return { ...state, x: clear('X', state.x), y: clear('Y', state.y), z: clear('Z', state.z), topMm: isAll || has('Z') ? 0 : state.topMm, isHomed: isAll || state.isHomed || (has('X') && has('Y') && has('Z')), isXyHomed: isAll || state.isXyHomed || (has('X') && has('Y')) }
}

function applyOffset(state: ModalState): ModalState {
  const scale = state.isInches ? 25.4 : 1
  const set = (now: number | undefined, letter: string) => (has(letter) ? (word(letter) ?? 0) * scale : now)
  return { ...state, x: set(state.x, 'X'), y: set(state.y, 'Y'), z: set(state.z, 'Z'), e: set(state.e, 'E'), isHomed: state.isHomed || (state.isXyHomed && has('Z')) }
}

function applyM(state: ModalState, code: number, rest: string): ModalState {
  switch (code) {
    case 82:
    case 83:
      return { ...state, isRelativeE: code === 83 }
    case 18:
    case 84: {
      readWords(rest, 0)
      const isSome = has('X') || has('Y') || has('Z') || has('E')
      return !isSome || has('X') || has('Y') || has('Z') ? { ...state, isHomed: false, isXyHomed: false } : state
    }
    case 104: case 109: {
      readWords(rest, 0)
      const tool = word('T') ?? state.tool
      const targetC = word('S') ?? word('R')
      if (targetC === undefined || !(tool >= 0 && tool < MAX_TOOLS)) return state
      const toolHeatC = [...state.toolHeatC]
      toolHeatC[tool] = targetC
      return { ...state, toolHeatC, hotendC: tool === state.tool ? targetC : state.hotendC }
    }
    case 140: case 190:
      readWords(rest, 0)
      return { ...state, bedC: word('S') ?? word('R') ?? state.bedC }
    case 106:
      readWords(rest, 0)
      return (word('P') ?? 0) === 0 ? { ...state, fan: word('S') ?? 255 } : state
    case 107:
      return { ...state, fan: 0 }
    default:
      return state
  }
}
