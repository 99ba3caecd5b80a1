import { cutSolid } from '../../../shared/cad/cut-solid'
import type { Drawing } from '../../../shared/cad/drawing'
import { embossSolid, reliefMesh } from '../../../shared/cad/emboss-solid'
import { loadSolids } from '../../../shared/cad/solids'
import { textDrawing } from '../../../shared/cad/text-drawing'
import { loadClipper } from '../../../shared/geometry/clipper'
import { type Result, success } from '../../../shared/units/problem'
import type { ReliefSource, SolidCall, SolidReply } from './solid-messages'

function drawingOf(source: ReliefSource): Result<Drawing> {
  return source.kind === 'text' ? textDrawing(source.font, source.text, source.sizeMm) : success(source.drawing)
}

async function answer(call: SolidCall): Promise<SolidReply> {
  const solids = await loadSolids()
  if (call.kind === 'cut') return { kind: 'cut', result: cutSolid(solids, call.request) }
  const drawing = drawingOf(call.request.source)
  if (!drawing.ok) return { kind: call.kind, result: drawing }
  const clipper = await loadClipper()
  const told = <T>(result: Result<T>): Result<T> => ({ ...result, problems: [...drawing.problems, ...result.problems] })
  if (call.kind === 'emboss') return { kind: 'emboss', result: told(embossSolid(solids, clipper, { ...call.request, drawing: drawing.value })) }
  return { kind: 'relief', result: told(reliefMesh(solids, clipper, { ...call.request, drawing: drawing.value })) }
}

self.addEventListener('message', ({ data: call }: MessageEvent<SolidCall>) => {
  answer(call)
    .catch((error: unknown): SolidReply => ({ kind: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
    .then((reply) => self.postMessage(reply), () => undefined)
})
