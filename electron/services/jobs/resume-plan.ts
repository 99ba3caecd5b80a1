import type { Job, ResumePlan } from '../../../shared/contract/jobs'
import type { JobLines } from '../../../shared/machine/marlin/job-lines'
import type { ParkPlan } from '../../../shared/machine/marlin/marlin-state'
import { PRIME_MM, ResumeReader, type ResumePoint } from '../../../shared/machine/marlin/resume-job'
import type { Result } from '../../../shared/units/problem'
import { StudioError } from '../../../shared/units/studio-error'
import { layerAt } from './job-plan'
import type { KnownPlan } from './known-plan'

/** Lines read in one go; other machines are fed in between. */
const LINES_AT_ONCE = 20_000
/** After these the board lost what it had planned; after others (a pulled cable, a studio that ended) it had finished that. */
const LOSES_MOVES = new Set(['machine/reset', 'machine/emergency-stopped', 'machine/thermal-fault', 'machine/halted'])

/** What a job was, and what its file says. */
export interface Resumable {
  readonly job: Job
  readonly lines: JobLines
  readonly plan: KnownPlan
  readonly park: ParkPlan
}

/** Index of the first job line behind a line of the file. */
function indexAfter(lines: JobLines, fileLine: number): number {
  let [low, high] = [0, lines.count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines.fileLine(middle) <= fileLine) low = middle + 1
    else high = middle
  }
  return low
}

interface Asked {
  readonly kind: 'place' | 'layer'
  readonly line: number
}

/**
 * The states before some lines of the file, in ascending order; lines where nothing can go on give a problem. A layer is gone on with at its
 * first line that prints: before it the nozzle is still at the height of the layer below, where the part is now.
 */
async function pointsAt({ lines, plan }: Pick<Resumable, 'lines' | 'plan'>, all: readonly Asked[]): Promise<Result<ResumePoint>[]> {
  let reader = new ResumeReader(lines)
  const points: Result<ResumePoint>[] = []
  for (const { kind, line } of all) {
    const index = indexAfter(lines, line - 1)
    const mark = plan.marks.findLast(({ read }) => read <= index)
    if (mark && mark.read > reader.readCount) reader = new ResumeReader(lines, mark)
    while (!reader.readTo(index, LINES_AT_ONCE)) await new Promise((resolve) => setImmediate(resolve))
    if (kind === 'layer') reader.readToPrinting()
    points.push(reader.point())
  }
  return points
}

/** The state in which a job goes on from a line of the file. @throws StudioError 'job/no-place' | 'job/nothing-left' */
export async function pointAt(job: Pick<Resumable, 'lines' | 'plan'>, fileLine: number): Promise<ResumePoint> {
  const [point] = await pointsAt(job, [{ kind: 'place', line: fileLine }])
  if (point?.ok === true) return point.value
  const problem = point?.problems[0]
  throw new StudioError(problem?.code ?? 'job/no-place', problem?.message ?? 'The job did not print at this line.')
}

/**
 * From where a failed job may go on: from the line behind the last one acknowledged, or from the beginning of the layer that it was in, or
 * of the next.
 * @throws StudioError 'job/no-place' | 'job/nothing-left'
 */
export async function planResume({ job, lines, plan, park }: Resumable): Promise<ResumePlan> {
  const place = job.linesAcknowledged + 1
  const layer = layerAt(plan, job.linesAcknowledged)
  // The layers below are under what was printed since: the nozzle would run into it.
  const starts = [layer, layer + 1].filter((number) => number >= 1 && number <= plan.layerLines.length).map((number) => ({ layer: number, line: plan.layerLines[number - 1] as number }))
  const asked = [...starts.map((start) => ({ ...start, kind: 'layer' as const })), { kind: 'place' as const, layer, line: place }].sort((a, b) => a.line - b.line)
  const points = await pointsAt({ lines, plan }, asked)
  const at = points[asked.findIndex(({ kind }) => kind === 'place')]
  if (at?.ok !== true) throw new StudioError(at?.problems[0]?.code ?? 'job/no-place', at?.problems[0]?.message ?? 'The job had not begun to print: start it anew instead.')
  const { modal, usesLevelling } = at.value
  const choices = asked.flatMap(({ kind, layer: number, line }, i) => {
    const point = points[i]
    return point?.ok === true ? [{ kind, layer: number, line: kind === 'place' ? line : lines.fileLine(point.value.index), zMm: point.value.modal.z ?? 0 }] : []
  })
  return {
    jobId: job.id,
    choices: [...choices.filter(({ kind }) => kind === 'place'), ...choices.filter(({ kind }) => kind === 'layer')],
    standsAtZMm: job.lastPositionMm?.z ?? modal.z ?? 0,
    hotendC: modal.hotendC, bedC: modal.bedC,
    primeMm: PRIME_MM, primeAtMm: { x: park.xMm, y: park.yMm },
    usesLevelling,
    mayMissMoves: LOSES_MOVES.has(job.reason?.code ?? ''),
  }
}
