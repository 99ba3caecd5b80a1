import type { PrintRequest } from '../../../shared/machine/make-print'
import type { Result } from '../../../shared/units/problem'
import type { OnProgress } from '../../../shared/units/progress'
import type { PicturedPrint, PrintCall, PrintReply, ReadGcode, ReadGcodeRequest } from './print-messages'

export interface RunOptions {
  readonly onProgress?: OnProgress
  /** Ends the worker at once, with all the workers that it started. */
  readonly signal?: AbortSignal
}

/** Slices placed objects, draws them and writes their G-code, off the window's thread. @throws AbortError when cancelled. */
export async function runPrint(request: Omit<PrintRequest, 'thumbnails'>, options: RunOptions = {}): Promise<Result<PicturedPrint>> {
  const reply = await run({ kind: 'make', request }, options)
  if (reply.kind !== 'made') throw new Error(`expected a print, not ${reply.kind}`)
  return reply.result
}

/** Reads and times G-code off the window's thread; the bytes move to the worker and come back in the result. @throws AbortError when cancelled. */
export async function readGcode(request: ReadGcodeRequest, options: RunOptions = {}): Promise<Result<ReadGcode>> {
  const reply = await run({ kind: 'read', request }, options)
  if (reply.kind !== 'read') throw new Error(`expected G-code, not ${reply.kind}`)
  return reply.result
}

/** One worker a call: a cancel can't leave anything behind, and nothing is kept in memory between calls. */
function run(call: PrintCall, { onProgress, signal }: RunOptions): Promise<Exclude<PrintReply, { kind: 'progress' | 'crashed' }>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const worker = new Worker(new URL('./print-worker.ts', import.meta.url), { type: 'module', name: 'print' })
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    worker.addEventListener('message', ({ data }: MessageEvent<PrintReply>) => {
      if (data.kind === 'progress') {
        onProgress?.(data.progress)
        return
      }
      end()
      if (data.kind === 'crashed') reject(new Error(data.message))
      else resolve(data)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new Error(event.message === '' ? 'the print worker could not be started' : event.message))
    })
    worker.postMessage(call, call.kind === 'read' ? [call.request.bytes.buffer] : [])
  })
}
