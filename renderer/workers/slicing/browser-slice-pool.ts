import type { SliceReply } from '../../../shared/slicing/pool/slice-task'
import { WorkerSlicePool } from '../../../shared/slicing/pool/worker-slice-pool'
import type { SlicePool } from '../../../shared/slicing/slice-pool'

const MAX_WORKERS = 16

/** Starts a module worker a core. Can be called in the window or in a worker of its own. */
export function createBrowserSlicePool(workerCount = Math.min(MAX_WORKERS, navigator.hardwareConcurrency || 2)): SlicePool & { dispose(): void } {
  return new WorkerSlicePool({
    workerCount,
    start(onReply, onCrash) {
      const worker = new Worker(new URL('./slice-worker.ts', import.meta.url), { type: 'module', name: 'slicing' })
      worker.addEventListener('message', ({ data }: MessageEvent<SliceReply>) => onReply(data))
      worker.addEventListener('error', (event) => onCrash(new Error(event.message === '' ? 'the slicing worker could not be started' : event.message)))
      return { post: (call, transfer) => worker.postMessage(call, transfer), terminate: () => worker.terminate() }
    },
    every(periodMs, call) {
      const timer = setInterval(call, periodMs)
      return () => clearInterval(timer)
    },
  })
}
