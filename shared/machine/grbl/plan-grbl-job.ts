import { failure, success, type Problem, type Result } from '../../units/problem'
import type { JobIndex, JobLines } from '../marlin/job-lines'
import { movePoints } from './arc-centre'
import { compactLine } from './block'
import { errorCode, errorText } from './codes'
import { executeBlock } from './execute-block'
import type { Box } from './grbl-state'
import { type Axes, NEW_PROGRAM, type ProgramMove, type ProgramState } from './program'

/** Where a file will run: as far as that is known before the machine is asked. */
export interface JobPlace {
  /** Offsets and place that the program begins with. */
  readonly start: ProgramState
  /** Box that the moves must stay in, machine coordinates; undefined while the machine isn't homed. */
  readonly box: Box | undefined
  /** Longest way along each axis, mm. */
  readonly travelMm: Axes
  readonly rapidMmPerMin: number
  /** A laser: what burns while the machine stands is told of. */
  readonly isLaser: boolean
  /** `$32=1`; undefined where the settings aren't known. */
  readonly hasLaserMode: boolean | undefined
  /** `$30`: the S that is full power. */
  readonly fullPower: number
}

/** What is known of a file for Grbl before it starts. */
export interface GrblPlan {
  readonly index: JobIndex
  readonly lineCount: number
  /** Seconds from the start at the end of each line of the file, length lineCount. */
  readonly lineEndS: Float32Array<ArrayBuffer>
  /** Around all moves, machine coordinates. */
  readonly extent: Box
  readonly warnings: readonly Problem[]
}

/** Grbl's line buffer keeps 80 characters, its end among them. */
const MAX_LINE = 79
const MAX_PROBLEMS = 20
const NEWLINE = 10
const RETURN = 13
const AXES = ['X', 'Y', 'Z'] as const
const SLACK_MM = 0.002

/** A line of a file as it is sent: compact, without number and checksum; empty where nothing is sent. */
export function jobText(raw: string): string {
  const line = compactLine(raw.includes('*') ? raw.replace(/\*\s*\d+\s*$/, '') : raw)
  const bare = line.startsWith('N') ? line.replace(/^N\d+/, '') : line
  return bare.startsWith('%') ? '' : bare
}

/**
 * Reads a file as Grbl would, from where the machine is: each line that the firmware would refuse, and each move that would leave the
 * machine, is a problem with its line.
 * Codes: `grbl/error-N`, `grbl/line-too-long`, `grbl/outside-machine`, `grbl/too-large`, `grbl/laser-mode-off`, `job/forbidden-command`, `job/nothing-to-send`.
 */
export function planGrblJob(bytes: Uint8Array, place: JobPlace): Result<GrblPlan> {
  const plan = new Planning(place)
  let start = 0
  let line = 0
  while (start < bytes.length && plan.problems.length < MAX_PROBLEMS) {
    let end = start
    while (end < bytes.length && bytes[end] !== NEWLINE && bytes[end] !== RETURN) end++
    line++
    plan.take(jobText(latin1(bytes, start, end)), { line, start, end })
    start = end + (bytes[end] === RETURN && bytes[end + 1] === NEWLINE ? 2 : 1)
  }
  return plan.finish(line)
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

interface Where {
  readonly line: number
  readonly start: number
  readonly end: number
}

class Planning {
  readonly problems: Problem[] = []
  private readonly warnings: Problem[] = []
  private readonly index: JobIndex = { starts: new Uint32Array(1024), ends: new Uint32Array(1024), lines: new Uint32Array(1024), count: 0, maxTool: 0, tellsProgress: true }
  private readonly times: number[] = []
  private totalS = 0
  private state: ProgramState
  private readonly min: [number, number, number]
  private readonly max: [number, number, number]
  private outside = 0

  constructor(private readonly place: JobPlace) {
    // As the host sets the modes before each job.
    this.state = { ...NEW_PROGRAM, ...place.start, isInches: false, isRelative: false, isInverseTime: false, plane: 17 }
    this.min = [...place.start.position]
    this.max = [...place.start.position]
    if (place.isLaser && place.hasLaserMode === false) this.problems.push({ code: 'grbl/laser-mode-off', severity: 'error', message: 'Laser mode is off ($32=0): the beam would stay on while the machine stands. Set $32=1.' })
  }

  take(body: string, where: Where): void {
    if (body !== '') this.judge(body, where)
    this.times.push(this.totalS)
  }

  private judge(body: string, { line, start, end }: Where): void {
    const refuse = (code: string, message: string, values: Problem['values'] = {}) => void this.problems.push({ code, severity: 'error', place: { lineNumber: line }, values: { line, command: body.slice(0, 40), ...values }, message: `Line ${line}: ${message}` })
    if (body.startsWith('$') || body.startsWith('[')) return refuse('job/forbidden-command', `“${body.slice(0, 40)}” has no place in a job. Take it out of the file.`, { word: body.slice(0, 40) })
    if (body.length > MAX_LINE) return refuse('grbl/line-too-long', `it has ${body.length} characters; Grbl takes ${MAX_LINE}.`, { length: body.length, limit: MAX_LINE })
    const done = executeBlock(this.state, body, { takesToolChange: true })
    if (!done.ok) return refuse(errorCode(done.error), `“${body.slice(0, 40)}”: ${errorText(done.error)}.`, { error: done.error })
    append(this.index, start, end, line)
    let from = this.state.position
    this.totalS += done.value.dwellS
    for (const move of done.value.moves) {
      this.visit(from, move, line)
      from = move.to
    }
    const { state } = done.value
    if (this.place.isLaser && state.spindle === 3 && this.state.spindle !== 3 && state.power > 0) this.warnings.push({ code: 'grbl/constant-power', severity: 'warning', place: { lineNumber: line }, values: { line }, message: `Line ${line}: M3 burns with constant power, also where the machine slows down; M4 follows the speed.` })
    if (this.place.isLaser && state.power > this.place.fullPower && this.state.power !== state.power) this.warnings.push({ code: 'grbl/power-above-full', severity: 'warning', place: { lineNumber: line }, values: { line, power: state.power, full: this.place.fullPower }, message: `Line ${line}: S${state.power} is more than full power (${this.place.fullPower}).` })
    this.state = state
  }

  private visit(from: Axes, move: ProgramMove, line: number): void {
    let at = from
    for (const point of movePoints(from, move, 0.05)) {
      const lengthMm = Math.hypot(point[0] - at[0], point[1] - at[1], point[2] - at[2])
      const feed = move.kind === 'line' && move.isRapid ? this.place.rapidMmPerMin : Math.min(move.feed, this.place.rapidMmPerMin)
      if (feed > 0) this.totalS += (60 * lengthMm) / feed
      for (let i = 0; i < 3; i++) {
        this.min[i] = Math.min(this.min[i] as number, point[i] as number)
        this.max[i] = Math.max(this.max[i] as number, point[i] as number)
      }
      this.checkInside(point, line)
      at = point
    }
  }

  private checkInside(point: Axes, line: number): void {
    const { box } = this.place
    if (!box || this.outside === line) return
    for (let i = 0; i < 3; i++) {
      const [to, minMm, maxMm] = [point[i] as number, box.min[i] as number, box.max[i] as number]
      if (to >= minMm - SLACK_MM && to <= maxMm + SLACK_MM) continue
      this.outside = line
      const axis = AXES[i] as string
      const values = { line, axis, toMm: Number(to.toFixed(3)), minMm, maxMm }
      this.problems.push({ code: 'grbl/outside-machine', severity: 'error', place: { lineNumber: line }, values, message: `Line ${line} would leave the machine: ${axis} to ${values.toMm} mm in machine coordinates; it may be from ${minMm} to ${maxMm} mm.` })
      return
    }
  }

  /** Without homing nobody knows where the machine is: only what is larger than it can be refused. */
  private checkSize(): void {
    if (this.place.box) return
    for (let i = 0; i < 3; i++) {
      const sizeMm = (this.max[i] as number) - (this.min[i] as number)
      const travelMm = this.place.travelMm[i] as number
      if (sizeMm <= travelMm + SLACK_MM) continue
      const axis = AXES[i] as string
      this.problems.push({ code: 'grbl/too-large', severity: 'error', values: { axis, sizeMm: Number(sizeMm.toFixed(2)), travelMm }, message: `The job is ${sizeMm.toFixed(2)} mm long in ${axis}; the machine moves ${travelMm} mm.` })
    }
  }

  finish(lineCount: number): Result<GrblPlan> {
    this.checkSize()
    if (this.problems.length > 0) return failure(...this.problems)
    if (this.index.count === 0) return failure({ code: 'job/nothing-to-send', severity: 'error', message: 'The file holds no line to send.' })
    return success({ index: this.index, lineCount, lineEndS: Float32Array.from(this.times), extent: { min: this.min, max: this.max }, warnings: this.warnings.slice(0, MAX_PROBLEMS) })
  }
}

function append(index: JobIndex, start: number, end: number, line: number): void {
  if (index.count === index.starts.length) {
    for (const key of ['starts', 'ends', 'lines'] as const) {
      const grown = new Uint32Array(2 * index.count)
      grown.set(index[key])
      index[key] = grown
    }
  }
  index.starts[index.count] = start
  index.ends[index.count] = end
  index.lines[index.count] = line
  index.count++
}

/** The lines of a file for Grbl by its index; the text is made when it is asked for. */
export function grblLines(bytes: Uint8Array, { starts, ends, lines, count }: JobIndex): JobLines {
  return { count, text: (i) => jobText(latin1(bytes, starts[i] ?? 0, ends[i] ?? 0)), fileLine: (i) => lines[i] ?? 0, expectedS: () => 0, progress: () => undefined }
}
