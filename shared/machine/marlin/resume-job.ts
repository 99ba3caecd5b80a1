import { failure, success, type Result } from '../../units/problem'
import type { JobLines } from './job-lines'
import type { ParkPlan } from './marlin-state'
import { applyLine, UNKNOWN_MODAL, type ModalState } from './modal-state'

/** Where a job can go on, and in which state the machine must be there. */
export interface ResumePoint {
  /** Index of the first job line that is sent. */
  readonly index: number
  readonly modal: ModalState
  /** Filament that is pulled back at this point, mm. */
  readonly retractedMm: number
  /** Limits and factors that the file has set (M201, M204, M220 ...), the newest of each kind, in order. */
  readonly limits: readonly string[]
  /** The file measures or switches on bed levelling. */
  readonly usesLevelling: boolean
}

/** Filament that is pushed out beside the part before it goes on, mm. */
export const PRIME_MM = 12
const PRIME_FEED = 180
const RETRACT_FEED = 2400
const LIFT_FEED = 600
const TRAVEL_FEED = 6000
const STICKY = new Set([200, 201, 203, 204, 205, 220, 221, 900])

function mm(value: number): string {
  return String(Number(value.toFixed(4)))
}

/** What holds between two lines of a job; plain data. */
export interface ResumeMark {
  /** Lines read. */
  readonly read: number
  readonly modal: ModalState
  readonly retractedMm: number
  readonly usesLevelling: boolean
  readonly limits: readonly (readonly [string, string])[]
}

/** Follows the lines of a job, and knows the state that holds behind those read. */
export class ResumeTracker {
  protected modal: ModalState
  protected retractedMm: number
  protected usesLevelling: boolean
  protected readonly limits: Map<string, string>
  protected read: number

  constructor(from: ResumeMark = { read: 0, modal: UNKNOWN_MODAL, retractedMm: 0, usesLevelling: false, limits: [] }) {
    this.modal = from.modal
    this.retractedMm = from.retractedMm
    this.usesLevelling = from.usesLevelling
    this.limits = new Map(from.limits)
    this.read = from.read
  }

  /** How many lines were read. */
  get readCount(): number {
    return this.read
  }

  /** The state as it is, to go on from another time. */
  mark(): ResumeMark {
    return { read: this.read, modal: this.modal, retractedMm: this.retractedMm, usesLevelling: this.usesLevelling, limits: [...this.limits] }
  }

  /** Takes the next line. */
  take(line: string): void {
    this.read++
    const before = this.modal
    this.modal = applyLine(before, line)
    const { e } = this.modal
    if (line.startsWith('G')) {
      if (e !== before.e && /^G[0-3] /.test(line)) this.retractedMm = Math.max(0, this.retractedMm - ((e ?? 0) - (before.e ?? 0)))
      if (line.startsWith('G29')) this.usesLevelling = true
    } else if (line.startsWith('M')) {
      const code = Number(/^M(\d+)/.exec(line)?.[1])
      if (STICKY.has(code)) this.limits.set(`M${code} ${line.slice(4).replace(/[\d.+-]+/g, '')}`, line)
      if (code === 420) this.usesLevelling = true
    }
  }
}

/** Reads a job's lines from the first on, or from a mark. */
export class ResumeReader extends ResumeTracker {
  constructor(
    private readonly lines: JobLines,
    from?: ResumeMark,
  ) {
    super(from)
  }

  /** Reads on to a line, but no more than `most` lines at once: true when it is there. */
  readTo(index: number, most = Infinity): boolean {
    const end = Math.min(index, this.read + most)
    while (this.read < end) this.take(this.lines.text(this.read))
    return this.read >= index
  }

  /** Reads on to the next line that prints, so that the nozzle has the height of its layer; returns its index. */
  readToPrinting(): number {
    while (this.read < this.lines.count && !/^G[1-3] .*[XY].*E\d/.test(this.lines.text(this.read))) this.take(this.lines.text(this.read))
    return this.read
  }

  /**
   * The state before the line that is read next.
   * Codes: `job/no-place` where the nozzle's place isn't known there (before homing and the first moves) or it is cold, `job/nothing-left`.
   */
  point(): Result<ResumePoint> {
    const { modal, retractedMm, usesLevelling, read } = this
    if (read >= this.lines.count) return failure({ code: 'job/nothing-left', severity: 'error', message: 'The job had sent all its lines: there is nothing left to print.' })
    const { x, y, z, hotendC } = modal
    if (!modal.isHomed || x === undefined || y === undefined || z === undefined || hotendC === 0) return failure({ code: 'job/no-place', severity: 'error', message: 'The job did not print at this line: start it anew instead.' })
    return success({ index: read, modal, retractedMm, limits: [...this.limits.values()], usesLevelling })
  }
}

/**
 * The lines that bring a machine, switched on anew with the unfinished part on its bed, to a point of the job: bed hot before anything
 * moves, so that the part holds; nozzle hot before it lifts, so that it comes free; then X and Y are homed (Z never: the part is in its
 * way), filament is primed beside the part, and modes, limits and fan are as the file had set them.
 * @param standsAtZMm height at which the nozzle stands now, above the bed
 */
export function resumePreamble({ modal, retractedMm, limits, usesLevelling }: ResumePoint, park: ParkPlan, standsAtZMm: number): string[] {
  const { x = 0, y = 0, z = 0, e, bedC, hotendC, tool, toolHeatC, fan, feedMmPerMin } = modal
  // A file that keeps its other tools hot doesn't heat them again.
  const others = toolHeatC.flatMap((targetC, other) => (other === tool || targetC === undefined || targetC === 0 ? [] : [`T${other} S${mm(targetC)}`]))
  const liftedMm = Math.min(Math.max(standsAtZMm, z, modal.topMm) + park.liftMm, park.maxZMm)
  const pulledMm = Math.max(retractedMm, park.retractMm)
  return [
    'G21', 'G90',
    ...(bedC > 0 ? [`M190 S${mm(bedC)}`] : []),
    ...(tool > 0 ? [`T${tool}`] : []),
    ...others.map((heat) => `M104 ${heat}`),
    `M109 S${mm(hotendC)}`,
    ...others.map((heat) => `M109 ${heat}`),
    `G92 Z${mm(standsAtZMm)}`, `G1 Z${mm(liftedMm)} F${LIFT_FEED}`, 'G28 X Y', `G92 Z${mm(liftedMm)}`,
    ...(usesLevelling ? ['M420 S1'] : []),
    ...limits,
    `G1 X${mm(park.xMm)} Y${mm(park.yMm)} F${TRAVEL_FEED}`,
    'M83', `G1 E${mm(PRIME_MM)} F${PRIME_FEED}`, `G1 E-${mm(pulledMm)} F${RETRACT_FEED}`, 'M400',
    `G1 X${mm(x)} Y${mm(y)} F${TRAVEL_FEED}`, `G1 Z${mm(z)} F${LIFT_FEED}`,
    ...(pulledMm > retractedMm ? [`G1 E${mm(pulledMm - retractedMm)} F${RETRACT_FEED}`] : []),
    ...(e !== undefined ? [`G92 E${mm(e)}`] : []),
    modal.isRelative ? 'G91' : 'G90', modal.isRelativeE ? 'M83' : 'M82',
    ...(modal.isInches ? ['G20'] : []),
    ...(feedMmPerMin !== undefined ? [`G1 F${mm(modal.isInches ? feedMmPerMin / 25.4 : feedMmPerMin)}`] : []),
    fan > 0 ? `M106 S${mm(fan)}` : 'M107',
  ]
}

/** A job's lines from an index on, behind a preamble; its lines count as the file's line before. */
export function resumedLines(lines: JobLines, { index, modal }: Pick<ResumePoint, 'index' | 'modal'>, preamble: readonly string[]): JobLines {
  const at = (i: number) => i - preamble.length + index
  const before = index > 0 ? lines.fileLine(index - 1) : 0
  return {
    get count() {
      return preamble.length + lines.count - index
    },
    standsMm: modal.topMm,
    text: (i) => preamble[i] ?? lines.text(at(i)),
    fileLine: (i) => (i < preamble.length ? before : lines.fileLine(at(i))),
    expectedS: (i) => (i < preamble.length ? 0 : lines.expectedS(at(i))),
    progress: (i) => (i < preamble.length ? undefined : lines.progress(at(i))),
  }
}
