import { loadClipper } from '../../geometry/clipper'
import { SliceCancelled, type SlicePool } from '../slice-pool'
import { runSliceTask } from './run-slice-task'

/** A pool without workers: tasks run on this thread, one after another, and are cancelled between layers. */
export function createLocalSlicePool(): SlicePool {
  return {
    workerCount: 1,
    async run(task, { onLayers, isCancelled }) {
      const clipper = await loadClipper()
      return runSliceTask(task, clipper, (stage) => {
        if (isCancelled()) throw new SliceCancelled('cancelled')
        onLayers(stage, 1)
      })
    },
  }
}
