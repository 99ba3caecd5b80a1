import type { CutPieces, CutRequest } from '../../../shared/cad/cut-solid'
import type { Embossed } from '../../../shared/cad/emboss-solid'
import type { Result } from '../../../shared/units/problem'
import type { Mesh } from '../../../shared/mesh/mesh'
import type { EmbossCall, ReliefCall, SolidCall, SolidReply } from './solid-messages'

/** Cuts a part off the window's thread. @throws AbortError when cancelled */
export async function runCut(request: CutRequest, signal?: AbortSignal): Promise<Result<CutPieces>> {
  return (await run({ kind: 'cut', request }, signal)).result
}

/** Puts a text or a drawing on a part, off the window's thread. @throws AbortError when cancelled */
export async function runEmboss(request: EmbossCall, signal?: AbortSignal): Promise<Result<Embossed>> {
  return (await run({ kind: 'emboss', request }, signal)).result
}

/** Makes a relief alone, off the window's thread. @throws AbortError when cancelled */
export async function runRelief(request: ReliefCall, signal?: AbortSignal): Promise<Result<Mesh>> {
  return (await run({ kind: 'relief', request }, signal)).result
}

type ReplyTo<K extends SolidCall['kind']> = Extract<SolidReply, { kind: K }>

/** One worker a call: the library's memory goes with it, and a cancel or a crash leaves nothing behind. */
function run<C extends SolidCall>(call: C, signal?: AbortSignal): Promise<ReplyTo<C['kind']>> {
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
      else resolve(data as ReplyTo<C['kind']>)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new Error(event.message === '' ? 'the worker for solids could not be started' : event.message))
    })
    worker.postMessage(call)
  })
}
