import type { PrintRequest } from '../../../shared/machine/make-print'
import type { Result } from '../../../shared/units/problem'
import type { OnProgress } from '../../../shared/units/progress'
import { askWorker } from '../ask-worker'
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

async function run(call: PrintCall, { onProgress, signal }: RunOptions): Promise<PrintReply> {
  const worker = new Worker(new URL('./print-worker.ts', import.meta.url), { type: 'module', name: 'print' })
  return askWorker<PrintReply>(worker, call, {
    signal,
    transfer: call.kind === 'read' ? [call.request.bytes.buffer] : [],
    isOnTheWay(reply) {
      if (reply.kind === 'progress') onProgress?.(reply.progress)
      return reply.kind === 'progress'
    },
  })
}
