import { cutSolid } from '../../../shared/cad/cut-solid'
import { loadSolids } from '../../../shared/cad/solids'
import type { SolidCall, SolidReply } from './solid-messages'

async function answer({ kind, request }: SolidCall): Promise<SolidReply> {
  const solids = await loadSolids()
  return { kind, result: cutSolid(solids, request) }
}

self.addEventListener('message', ({ data: call }: MessageEvent<SolidCall>) => {
  answer(call)
    .catch((error: unknown): SolidReply => ({ kind: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
    .then((reply) => self.postMessage(reply), () => undefined)
})
