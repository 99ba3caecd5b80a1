import type { CutPieces, CutRequest } from '../../../shared/cad/cut-solid'
import type { Result } from '../../../shared/units/problem'
import type { SolidCall, SolidReply } from './solid-messages'

/** Cuts a part off the window's thread. @throws AbortError when cancelled */
export async function runCut(request: CutRequest, signal?: AbortSignal): Promise<Result<CutPieces>> {
  return (await run({ kind: 'cut', request }, signal)).result
}

/** One worker a call: the library's memory goes with it, and a cancel or a crash leaves nothing behind. */
function run<K extends SolidCall['kind']>(call: Extract<SolidCall, { kind: K }>, signal?: AbortSignal): Promise<Extract<SolidReply, { kind: K }>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    const worker = new Worker(new URL('./solid-worker.ts', import.meta.url), { type: 'module', name: 'solid' })
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    worker.addEventListener('message', ({ data }: MessageEvent<SolidReply>) => {
      end()
      if (data.kind === 'crashed') reject(new Error(data.message))
      else resolve(data as Extract<SolidReply, { kind: K }>)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new Error(event.message === '' ? 'the worker for solids could not be started' : event.message))
    })
    worker.postMessage(call)
  })
}
