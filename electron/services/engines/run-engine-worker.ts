import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Problem } from '../../../shared/units/problem'
import type { OnProgress, Progress } from '../../../shared/units/progress'
import { StudioError } from '../../../shared/units/studio-error'
import { type ProjectTask, sliceProject } from './slice-project'

/** What comes of slicing a project: G-code, or why there is none. */
export type EngineOutcome = { readonly kind: 'made'; readonly gcode: Uint8Array<ArrayBuffer>; readonly problems: readonly Problem[] } | { readonly kind: 'failed'; readonly problems: readonly Problem[] }

export type EngineWorkerNews =
  | EngineOutcome
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly values: StudioError['values'] }
  | { readonly kind: 'crashed'; readonly message: string }

/**
 * Slices a project with an engine beside the main thread, in the built worker; running from source, on this thread. A cancel settles once the engine is gone.
 * @throws as `sliceWithEngine`
 */
export async function runEngineWorker(task: ProjectTask, { onProgress, signal }: { readonly onProgress: OnProgress; readonly signal: AbortSignal }): Promise<EngineOutcome> {
  const file = new URL('./engine-worker.js', import.meta.url)
  if (existsSync(fileURLToPath(file))) return runWorker(file, task, { onProgress, signal })
  const result = await sliceProject(task, { onProgress, signal })
  return result.ok ? { kind: 'made', gcode: result.value.gcode, problems: result.value.problems } : { kind: 'failed', problems: result.problems }
}

function runWorker(file: URL, task: ProjectTask, { onProgress, signal }: { readonly onProgress: OnProgress; readonly signal: AbortSignal }): Promise<EngineOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task })
    const cancel = () => worker.postMessage('cancel')
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    const settle = (done: () => void) => {
      signal.removeEventListener('abort', cancel)
      done()
    }
    worker.on('message', (news: EngineWorkerNews) => {
      switch (news.kind) {
        case 'progress':
          onProgress(news.progress)
          return
        case 'refused':
          settle(() => reject(new StudioError(news.code, news.message, news.values)))
          return
        case 'crashed':
          settle(() => reject(signal.aborted ? signal.reason : new Error(news.message)))
          return
        default:
          settle(() => resolve(news))
      }
    })
    worker.once('error', (error) => settle(() => reject(error)))
    worker.once('exit', () => settle(() => reject(new Error('The run of the engine ended without a result.'))))
  })
}
