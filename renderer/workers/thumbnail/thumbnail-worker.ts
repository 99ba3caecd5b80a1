import { renderThumbnails } from '../../../shared/gcode/render-thumbnail'
import { paintMeshes } from './paint-meshes'
import type { ThumbnailReply, ThumbnailRequest } from './thumbnail-messages'

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

/** Drawn by the processor, for a computer without WebGL in workers. */
function drawWithoutGraphics({ meshes, size }: ThumbnailRequest): Uint8Array<ArrayBuffer> {
  const picture = renderThumbnails(meshes.map(({ mesh, transform }) => ({ mesh, transform: transform ?? IDENTITY })), [size])[0]
  if (picture === undefined) throw new Error('there is nothing to draw')
  return picture.png as Uint8Array<ArrayBuffer>
}

async function draw(request: ThumbnailRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (request.meshes.every(({ mesh }) => mesh.indices.length === 0)) throw new Error('there is nothing to draw')
  try {
    return await paintMeshes(request.meshes, request.size)
  } catch {
    return drawWithoutGraphics(request)
  }
}

function reply(message: ThumbnailReply, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

/** One picture at a time: they share a canvas. */
let queue: Promise<void> = Promise.resolve()

self.addEventListener('message', ({ data }: MessageEvent<ThumbnailRequest>) => {
  queue = queue.then(() =>
    draw(data).then(
      (png) => reply({ id: data.id, kind: 'drawn', png }, [png.buffer]),
      (error: unknown) => reply({ id: data.id, kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    ),
  )
})
