import { decimateMesh } from '../../shared/mesh/decimate-mesh'
import type { Mesh } from '../../shared/mesh/mesh'

/** Enough to recognise a part while it moves. */
const PROXY_TRIANGLES = 60_000

self.addEventListener('message', ({ data }: MessageEvent<Mesh>) => {
  void Promise.resolve(decimateMesh(data, PROXY_TRIANGLES)).then((proxy) => self.postMessage(proxy, { transfer: [proxy.positions.buffer, proxy.indices.buffer] }))
})
