import type { Job } from '../../../shared/contract/jobs'

/** Where the guided first print is; each has one button that leads on. */
export type GuideStep =
  /** Nothing is on the plate any more. */
  | 'empty'
  | 'slice'
  | 'slicing'
  | 'preview'
  | 'print'
  | 'printing'
  | 'done'
  /** The job failed or was cancelled. */
  | 'failed'

export interface GuideFacts {
  readonly hasObjects: boolean
  readonly isSlicing: boolean
  /** There is a print, and it is of what is on the plate. */
  readonly hasPrint: boolean
  readonly hasSeenPreview: boolean
  /** The job that the guide has started. */
  readonly job: Pick<Job, 'state'> | undefined
}

/** Tells from what is there where the guide is, so that it never points at something that is done or undone. */
export function guideStep({ hasObjects, isSlicing, hasPrint, hasSeenPreview, job }: GuideFacts): GuideStep {
  if (job?.state === 'done') return 'done'
  if (job?.state === 'failed' || job?.state === 'cancelled') return 'failed'
  if (job !== undefined) return 'printing'
  if (!hasObjects) return 'empty'
  if (isSlicing) return 'slicing'
  if (!hasPrint) return 'slice'
  return hasSeenPreview ? 'print' : 'preview'
}

/** The stations that the strip shows, and how many of them lie behind a step. */
export const STATIONS = ['model', 'slice', 'preview', 'print', 'done'] as const

const BEHIND: Readonly<Record<GuideStep, number>> = { empty: 0, slice: 1, slicing: 1, preview: 2, print: 3, printing: 3, failed: 3, done: 5 }

/** How many stations are done. */
export function stationsBehind(step: GuideStep): number {
  return BEHIND[step]
}

/** Seconds that the first print shall take on the virtual printer. */
const TRIAL_S = 14
const FASTEST = 10_000

/** By how much the virtual printer's time runs faster, so that a newcomer sees it through: whole, 1 to 10,000. */
export function trialTimeScale(estimateS: number): number {
  return Math.min(FASTEST, Math.max(1, Math.ceil(estimateS / TRIAL_S)))
}
