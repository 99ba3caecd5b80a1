import { decimateMesh } from '../../shared/mesh/decimate-mesh'
import type { Mesh } from '../../shared/mesh/mesh'

/** Enough to recognise a part while it moves. */
const PROXY_TRIANGLES = 60_000

async function simplify(given: Mesh): Promise<void> {
  const { mesh } = await decimateMesh(given, PROXY_TRIANGLES)
  self.postMessage(mesh, { transfer: [mesh.positions.buffer, mesh.indices.buffer] })
}

self.addEventListener('message', ({ data }: MessageEvent<Mesh>) => {
  simplify(data).catch((error: unknown) => {
    // Reaches the window as this worker's error event.
    setTimeout(() => {
      throw error
    })
  })
})
