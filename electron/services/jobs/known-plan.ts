import { TIMED_LINES, type JobOutline } from '../../../shared/machine/marlin/scan-job'
import type { LineTimes } from '../../../shared/machine/marlin/file-lines'
import type { ResumeMark } from '../../../shared/machine/marlin/resume-job'
import type { Job } from '../../../shared/contract/jobs'
import type { JobPlan } from './job-plan'

/** What is known of a job's file, for progress and for going on. */
export interface KnownPlan extends LineTimes {
  /** Lines of the file; about as many while it is still being read. */
  readonly lineCount: number
  /** Line of the file (from 1) at which each layer begins. */
  readonly layerLines: Uint32Array
  readonly maxTool: number
  /** Where the state before a line is known without reading from the first. */
  readonly marks: readonly ResumeMark[]
}

/** A plan that was made of the whole file. */
export function wholePlan({ lineCount, lineEndS, totalS, layerLines, index }: JobPlan): KnownPlan {
  const endS = (line: number) => (line > 0 ? (lineEndS[line - 1] ?? 0) : 0)
  return { lineCount, totalS, layerLines, maxTool: index.maxTool, marks: [], endS, mostS: (line) => Math.max(0, endS(line) - endS(line - 1)) }
}

/** A plan that grows while a long file is read. */
export class GrowingPlan implements KnownPlan {
  totalS = 0
  layerLines = new Uint32Array(0)
  maxTool = 0
  marks: readonly ResumeMark[] = []
  private times: number[] | Float32Array = []

  constructor(public lineCount: number) {}

  /** Times of lines behind those that are known. */
  add(timesS: Float32Array): void {
    if (Array.isArray(this.times)) this.times.push(...timesS)
  }

  /** All that a scan has found. */
  complete({ lineCount, timesS, layerLines, maxTool, marks }: JobOutline): void {
    this.lineCount = lineCount
    this.times = timesS
    this.layerLines = layerLines
    this.maxTool = maxTool
    this.marks = marks
    this.totalS = timesS.at(-1) ?? 0
  }

  endS(line: number): number {
    if (line <= 0) return 0
    const block = Math.floor((line - 1) / TIMED_LINES)
    const endS = this.times[block] ?? this.times.at(-1) ?? 0
    const startS = this.times[block - 1] ?? 0
    return startS + ((endS - startS) * (((line - 1) % TIMED_LINES) + 1)) / TIMED_LINES
  }

  mostS(line: number): number {
    const block = Math.floor((Math.max(1, line) - 1) / TIMED_LINES)
    return Math.max(0, (this.times[block] ?? 0) - (this.times[block - 1] ?? 0))
  }
}

/** What the file says of a job where its maker hasn't. */
export function measures({ estimateS, layerCount }: Pick<Job, 'estimateS' | 'layerCount'>, { totalS, layerLines }: KnownPlan): Partial<Job> {
  const [time, layers] = [estimateS ?? (totalS || undefined), layerCount ?? (layerLines.length || undefined)]
  return { ...(time !== undefined && { estimateS: time }), ...(layers !== undefined && { layerCount: layers }) }
}
