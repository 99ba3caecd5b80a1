import { BufferAttribute, BufferGeometry } from 'three'
import { MeshBVH } from 'three-mesh-bvh'
import type { Mesh } from '../../shared/mesh/mesh'

export interface BvhReply {
  /** As `MeshBVH.serialize` gives it. */
  readonly tree: unknown
}

self.addEventListener('message', ({ data }: MessageEvent<Mesh>) => {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(data.positions, 3))
  geometry.setIndex(new BufferAttribute(data.indices, 1))
  const tree = MeshBVH.serialize(new MeshBVH(geometry, { indirect: true }), { cloneBuffers: false })
  const reply: BvhReply = { tree }
  self.postMessage(reply)
})
