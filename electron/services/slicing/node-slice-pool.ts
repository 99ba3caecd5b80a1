import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import type { SliceReply } from '../../../shared/slicing/pool/slice-task'
import { WorkerSlicePool } from '../../../shared/slicing/pool/worker-slice-pool'
import type { SlicePool } from '../../../shared/slicing/slice-pool'

/** Each worker keeps a clipper and its part of a model; more than this is not faster for any model we measured. */
const MAX_WORKERS = 16

/**
 * Starts a worker a core, from the built file beside this one. Where there is none (running from source), slicing runs on
 * this thread. The workers don't keep the process alive.
 */
export function createNodeSlicePool(workerCount = Math.min(MAX_WORKERS, availableParallelism())): SlicePool & { dispose(): Promise<void> } {
  const file = new URL('./slice-worker.js', import.meta.url)
  if (!existsSync(fileURLToPath(file))) return { ...createLocalSlicePool(), dispose: () => Promise.resolve() }
  const endings: Promise<unknown>[] = []
  const pool = new WorkerSlicePool({
    workerCount,
    start(onReply, onCrash) {
      const worker = new Worker(file)
      worker.unref()
      worker.on('message', (reply: SliceReply) => onReply(reply))
      worker.on('error', (error) => onCrash(error instanceof Error ? error : new Error(String(error))))
      return {
        post: (call, transfer) => {
          worker.ref()
          worker.postMessage(call, transfer)
        },
        terminate: () => {
          worker.removeAllListeners()
          endings.push(worker.terminate())
        },
      }
    },
    every(periodMs, call) {
      const timer = setInterval(call, periodMs)
      timer.unref()
      return () => clearInterval(timer)
    },
  })
  return {
    workerCount: pool.workerCount,
    run: (task, options) => pool.run(task, options),
    async dispose() {
      pool.dispose()
      await Promise.all(endings)
    },
  }
}
