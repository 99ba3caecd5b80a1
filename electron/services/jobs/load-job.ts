import { grblLines } from '../../../shared/machine/grbl/plan-grbl-job'
import { jobLines, type JobLines } from '../../../shared/machine/marlin/job-lines'
import { StudioError } from '../../../shared/units/studio-error'
import type { BlobStore } from '../../store/blob-store'
import type { JobRunner } from '../machines/machines-service'
import { checkJob } from './check-job'
import { wholePlan, type KnownPlan } from './known-plan'
import { openLongJob, type LongJob } from './long-job'
import { refusal, toolsAreThere } from './may-start'
import { OutlineStore } from './outline-store'

/** A file that is ready for its machine. */
export interface Loaded {
  readonly plan: KnownPlan
  readonly lines: JobLines
  readonly size: number
  /** Of a file that is still being looked through. */
  readonly long?: LongJob
}

/** Files up to this are held in memory while they are sent, and checked whole before. */
const LONG_BYTES = 32 * 1024 ** 2
/** What a mill or laser is given is checked whole before its first move. */
const MAX_GRBL_BYTES = 1024 ** 3

/** Reads and checks files of jobs for their machines. */
export class JobLoader {
  private readonly outlines: OutlineStore

  /** @param longBytes files longer than this are read while they are sent */
  constructor(
    private readonly blobs: Pick<BlobStore, 'size' | 'readBytes' | 'path'>,
    folder: string,
    private readonly longBytes = LONG_BYTES,
  ) {
    this.outlines = new OutlineStore(folder)
  }

  /** A file's plan and lines; of a long one, when its beginning is looked through. @throws StudioError of what is wrong with it */
  async load(sha256: string, runner: JobRunner): Promise<Loaded> {
    const size = await this.blobs.size(sha256)
    if (size === undefined) throw new StudioError('blob/missing', 'The studio does not have the G-code of this job.', { sha256 })
    const isGrbl = runner.profile.firmware === 'grbl'
    if (!isGrbl && size > this.longBytes) return this.loadLong(sha256, size, runner)
    if (size > MAX_GRBL_BYTES) throw new StudioError('job/too-large', `The G-code has ${size} bytes; at most ${MAX_GRBL_BYTES} can be sent to this machine.`, { bytes: size, limitBytes: MAX_GRBL_BYTES })
    const bytes = await this.blobs.readBytes(sha256)
    const checked = await checkJob(bytes, runner.profile, runner.place)
    if (!checked.ok) throw refusal(checked.problems)
    const plan = wholePlan(checked.value)
    toolsAreThere(plan, runner)
    const { index, lineEndS } = checked.value
    return { plan, size, lines: isGrbl ? grblLines(bytes, index) : jobLines(bytes, index, lineEndS) }
  }

  private async loadLong(sha256: string, size: number, runner: JobRunner): Promise<Loaded> {
    const long = openLongJob({ sha256, size, path: this.blobs.path(sha256), profile: runner.profile, outlines: this.outlines })
    try {
      const problems = await long.ready
      if (problems.length > 0) throw refusal(problems)
      toolsAreThere(long.plan, runner)
      return { plan: long.plan, lines: long.lines, size, long }
    } catch (error) {
      long.stop()
      throw error
    }
  }
}
