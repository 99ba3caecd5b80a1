import type { CutPieces, CutRequest } from '../../../shared/cad/cut-solid'
import type { Embossed } from '../../../shared/cad/emboss-solid'
import type { Result } from '../../../shared/units/problem'
import type { Mesh } from '../../../shared/mesh/mesh'
import { askWorker } from '../ask-worker'
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

async function run<C extends SolidCall>(call: C, signal?: AbortSignal): Promise<ReplyTo<C['kind']>> {
  const worker = new Worker(new URL('./solid-worker.ts', import.meta.url), { type: 'module', name: 'solid' })
  return (await askWorker<SolidReply>(worker, call, { signal })) as ReplyTo<C['kind']>
}
