import { executeBlock } from './execute-block'
import type { JobLines } from '../marlin/job-lines'
import { type Axes, type ProgramState, workOffset } from './program'
import { modeLine, spindleLines } from './send-lines'

/** How a job is taken up in its middle. */
export interface ResumePlan {
  /** Index of the first line that is sent. */
  readonly fromIndex: number
  /** Sent before it: modes, up, across, spindle and coolant, down. */
  readonly preamble: readonly string[]
  /** Where the program is at that line, work coordinates, mm. */
  readonly at: Axes
  readonly spindle: 3 | 4 | 5
  readonly power: number
  readonly tool: number
}

const PLUNGE_MM_PER_MIN = 300
const ARC_OR_PROBE = /^(?!.*G0*[0123](?!\d))(?=.*[XYZIJKR])/

/**
 * Rebuilds what holds at a line of a file (from 1) by reading all lines before it, and the lines that bring the machine there: up to
 * `safeZMm` (work coordinates), across, spindle on, down by feed. With a laser the beam comes on only with the file's own moves.
 */
export function planResume(lines: JobLines, fileLine: number, options: { readonly start: ProgramState; readonly safeZMm: number; readonly isLaser: boolean }): ResumePlan {
  let state: ProgramState = { ...options.start, isInches: false, isRelative: false }
  let index = 0
  while (index < lines.count && lines.fileLine(index) < fileLine) {
    const done = executeBlock(state, lines.text(index), { takesToolChange: true })
    if (done.ok) state = done.value.state
    index++
  }
  const offset = workOffset(state)
  const at: Axes = [state.position[0] - offset[0], state.position[1] - offset[1], state.position[2] - offset[2]]
  const number = (value: number) => Number(value.toFixed(4))
  const spindle = spindleLines(state)
  const next = index < lines.count ? lines.text(index) : ''
  // The next line counts on an arc's motion mode: it is set by a word that needs no axis.
  const mode = state.motion > 1 && state.motion < 4 && ARC_OR_PROBE.test(next) ? [`G${state.motion}`] : []
  const preamble = [
    `G21G90G94G17G${54 + state.wcs}`,
    ...(options.isLaser ? [] : [`G0Z${number(options.safeZMm)}`]),
    `G0X${number(at[0])}Y${number(at[1])}`,
    ...(options.isLaser ? spindle.filter((line) => !line.startsWith('G4')) : spindle),
    ...(options.isLaser ? [] : [`G1Z${number(at[2])}F${PLUNGE_MM_PER_MIN}`]),
    modeLine(state),
  ]
  return { fromIndex: index, preamble: mode.length > 0 ? [...preamble.slice(0, -1), modeLine({ ...state, motion: 1 })] : preamble, at, spindle: state.spindle, power: state.power, tool: state.tool }
}
