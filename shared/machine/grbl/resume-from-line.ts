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
/** Axis words without a motion command: the line counts on the motion mode. */
const COUNTS_ON_MODE = /^(?!.*G0*[0123](?!\d)).*[XYZIJKR]/
const SETS_MOTION = /G0*[0123](?!\d)/

/**
 * Rebuilds what holds at a line of a file (from 1) by reading all lines before it, and the lines that bring the machine there: up to
 * `safeZMm` (work coordinates), across, spindle on, down by feed. With a laser the beam comes on only with the file's own moves.
 */
export function planResume(lines: JobLines, fileLine: number, options: { readonly start: ProgramState; readonly safeZMm: number; readonly isLaser: boolean }): ResumePlan {
  let state: ProgramState = { ...options.start, isInches: false, isRelative: false }
  let index = 0
  // Where the present motion mode was set, and what held before it.
  let motion = { index: 0, state }
  while (index < lines.count && lines.fileLine(index) < fileLine) {
    const text = lines.text(index)
    if (SETS_MOTION.test(text)) motion = { index, state }
    const done = executeBlock(state, text, { takesToolChange: true })
    if (done.ok) state = done.value.state
    index++
  }
  // A line that goes on with an arc's mode can't be begun with: the job begins where that mode was set.
  if (state.motion > 1 && index < lines.count && COUNTS_ON_MODE.test(lines.text(index))) ({ index, state } = motion)
  const offset = workOffset(state)
  const at: Axes = [state.position[0] - offset[0], state.position[1] - offset[1], state.position[2] - offset[2]]
  const number = (value: number) => Number(value.toFixed(4))
  const spindle = spindleLines(state)
  const preamble = [
    `G21G90G94G17G${54 + state.wcs}`,
    ...(options.isLaser ? [] : [`G0Z${number(options.safeZMm)}`]),
    `G0X${number(at[0])}Y${number(at[1])}`,
    ...(options.isLaser ? spindle.filter((line) => !line.startsWith('G4')) : spindle),
    ...(options.isLaser ? [] : [`G1Z${number(at[2])}F${PLUNGE_MM_PER_MIN}`]),
    modeLine(state),
  ]
  return { fromIndex: index, preamble, at, spindle: state.spindle, power: state.power, tool: state.tool }
}
