import type { Packed } from './pool/packed'
import type { OnSliceLayers, SliceTask } from './pool/slice-task'

/** How the caller follows a task and ends it. */
export interface SliceRunOptions {
  readonly onLayers: OnSliceLayers
  /** Asked at least ten times a second; when true, everything that runs in the pool ends and its promises reject with SliceCancelled. */
  readonly isCancelled: () => boolean
}

/** Workers that slice. Tasks run in the order they come, as many at once as there are workers. */
export interface SlicePool {
  readonly workerCount: number
  run(task: SliceTask, options: SliceRunOptions): Promise<Packed>
}

/** Rejects the tasks of a pool that was cancelled. */
export class SliceCancelled extends Error {
  override readonly name = 'SliceCancelled'
}
