import { checkPiece, type GcodeCheckOptions } from '../../gcode/check-gcode'
import { parseGcode } from '../../gcode/parse-gcode'
import type { GcodePlace, ParsedGcode } from '../../gcode/parsed-gcode'
import type { MotionLimits } from '../../toolpath/motion-limits'
import { planMotion } from '../../toolpath/plan-motion'
import type { Problem } from '../../units/problem'
import { cleanLine, indexJobLines, type JobIndex } from './job-lines'
import { ResumeTracker, type ResumeMark } from './resume-job'

/** Lines of the file whose time is told together: about what a planner holds. */
export const TIMED_LINES = 16
/** Sent lines from one known place in the file to the next. */
export const PLACE_LINES = 128
/** Sent lines from one mark to the next. */
const MARK_LINES = 4096
/** Problems that are told one by one. */
const MAX_PROBLEMS = 20

/** What a file is checked and timed for. */
export interface ScanOptions {
  readonly check: GcodeCheckOptions
  readonly motion: MotionLimits
  readonly filamentDiameterMm: number
  /** The firmware (Klipper) knows commands by name, too. */
  readonly takesMacros: boolean
}

/** What is known of a long file without holding its lines; plain data, a few bytes for each hundred lines. */
export interface JobOutline {
  /** Lines of the file, and those of them that are sent. */
  readonly lineCount: number
  readonly sendCount: number
  /** Seconds from the start at the end of every `TIMED_LINES` lines of the file. */
  readonly timesS: Float32Array<ArrayBuffer>
  /** Where every `PLACE_LINES`-th sent line lies: byte and line of the file (from 1). */
  readonly placeBytes: Float64Array<ArrayBuffer>
  readonly placeLines: Uint32Array<ArrayBuffer>
  /** Line of the file (from 1) at which each layer begins. */
  readonly layerLines: Uint32Array<ArrayBuffer>
  readonly marks: readonly ResumeMark[]
  readonly maxTool: number
  /** The file tells the display how far it is (M73). */
  readonly tellsProgress: boolean
}

/**
 * Checks and outlines a file piece by piece, in memory that a piece decides. At the end of a piece the time counts as if the
 * machine stood there: some milliseconds in a piece of megabytes.
 */
export class JobScan {
  private place: GcodePlace | undefined
  private byte = 0
  private totalS = 0
  private readonly times: number[] = []
  private readonly placeBytes: number[] = []
  private readonly placeLines: number[] = []
  private layerLines: number[] = []
  private readonly tracker = new ResumeTracker()
  private readonly marks: ResumeMark[] = []
  private sendCount = 0
  private maxTool = 0
  private tellsProgress = false

  constructor(private readonly options: ScanOptions) {}

  get lineCount(): number {
    return this.place?.line ?? 0
  }

  get maxToolSoFar(): number {
    return this.maxTool
  }

  /** Times told since `from` blocks, for who follows the scan. */
  timesFrom(from: number): Float32Array<ArrayBuffer> {
    return Float32Array.from(this.times.slice(from))
  }

  /**
   * Takes the bytes that follow; they end at the end of a line, or of the file.
   * @returns what is wrong in them, as `checkGcode` and `indexJobLines` tell it
   */
  push(bytes: Uint8Array): readonly Problem[] {
    const { options, place } = this
    const firstLine = place?.line ?? 0
    const parsed = parseGcode(bytes, { filamentDiameterMm: options.filamentDiameterMm, ...(place && { from: place }) })
    if (!parsed.ok) return parsed.problems.map((problem) => atLine(problem, firstLine))
    const gcode = parsed.value
    const index = indexJobLines(bytes, { takesMacros: options.takesMacros, firstLine })
    const problems = [...checkPiece(bytes, gcode, options.check, firstLine), ...index.problems]
    if (index.ok) this.takeLines(bytes, index.value)
    this.takeTimes(gcode, firstLine)
    this.takeLayers(gcode)
    this.place = gcode.end
    this.byte += bytes.length
    return problems.filter(({ severity }) => severity === 'error').slice(0, MAX_PROBLEMS)
  }

  finish(): JobOutline {
    const { lineCount, sendCount, maxTool, tellsProgress } = this
    if (lineCount % TIMED_LINES !== 0) this.times.push(this.totalS)
    return {
      lineCount, sendCount, maxTool, tellsProgress, marks: this.marks, timesS: Float32Array.from(this.times),
      placeBytes: Float64Array.from(this.placeBytes), placeLines: Uint32Array.from(this.placeLines), layerLines: Uint32Array.from(this.layerLines),
    }
  }

  private takeLines(bytes: Uint8Array, { starts, ends, lines, count, maxTool, tellsProgress }: JobIndex): void {
    for (let i = 0; i < count; i++) {
      if (this.sendCount % PLACE_LINES === 0) {
        this.placeBytes.push(this.byte + (starts[i] as number))
        this.placeLines.push(lines[i] as number)
      }
      if (this.sendCount % MARK_LINES === 0) this.marks.push(this.tracker.mark())
      this.tracker.take(cleanLine(bytes, starts[i] as number, ends[i] as number))
      this.sendCount++
    }
    this.maxTool = Math.max(this.maxTool, maxTool)
    this.tellsProgress ||= tellsProgress
  }

  private takeTimes({ toolpath, lineOfMove, end }: ParsedGcode, firstLine: number): void {
    const filamentMm2 = (Math.PI * this.options.filamentDiameterMm ** 2) / 4
    const moveS = planMotion(toolpath, this.options.motion, filamentMm2)
    const lineS = new Float32Array(end.line - firstLine)
    const add = (line: number, s: number) => {
      const at = line - firstLine - 1
      if (at >= 0 && at < lineS.length) lineS[at] = (lineS[at] as number) + s
    }
    for (let i = 0; i < toolpath.moveCount; i++) add(lineOfMove[i] as number, moveS[i] as number)
    for (const event of toolpath.events) if (event.kind === 'dwell') add(lineOfMove[event.atMove] ?? end.line, event.dwellS)
    for (let i = 0; i < lineS.length; i++) {
      this.totalS += lineS[i] as number
      if ((firstLine + i + 1) % TIMED_LINES === 0) this.times.push(this.totalS)
    }
  }

  private takeLayers({ toolpath, lineOfMove, end }: ParsedGcode): void {
    const { place } = this
    // What was guessed from heights before the first comment that names a layer is no layer.
    const isFirstNamed = end.hasLayerComments && place?.hasLayerComments !== true
    if (isFirstNamed) this.layerLines = []
    const fresh = !isFirstNamed && place?.layer !== undefined ? toolpath.layers.slice(1) : toolpath.layers
    for (const { firstMove } of fresh) this.layerLines.push(lineOfMove[firstMove] ?? end.line)
  }
}

function atLine(problem: Problem, firstLine: number): Problem {
  const line = problem.place?.['line']
  return typeof line !== 'number' ? problem : { ...problem, place: { ...problem.place, line: line + firstLine }, values: { ...problem.values, line: line + firstLine } }
}
