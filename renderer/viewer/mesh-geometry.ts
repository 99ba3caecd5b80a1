import { BufferAttribute, BufferGeometry } from 'three'
import { MeshBVH, type SerializedBVH } from 'three-mesh-bvh'
import type { Mesh } from '../../shared/mesh/mesh'
import type { BvhReply } from './bvh-worker'

/** Above this a tree is built in a worker; below it takes less than the worker's start. */
const WORKER_FROM_TRIANGLES = 40_000

const geometries = new WeakMap<Mesh, BufferGeometry>()

/** The geometry of a mesh, made once; shares the mesh's arrays. Rays find it slowly until its tree is there. */
export function meshGeometry(mesh: Mesh): BufferGeometry {
  const kept = geometries.get(mesh)
  if (kept !== undefined) return kept
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
  geometry.setIndex(new BufferAttribute(mesh.indices, 1))
  geometry.computeBoundingBox()
  geometry.computeBoundingSphere()
  geometries.set(mesh, geometry)
  growTree(mesh, geometry)
  return geometry
}

/** Builds the tree over a copy of the index: the tree reorders what it is built on, and the mesh is not ours. */
function growTree(mesh: Mesh, geometry: BufferGeometry): void {
  if (mesh.indices.length === 0) return
  if (mesh.indices.length / 3 < WORKER_FROM_TRIANGLES) {
    geometry.boundsTree = new MeshBVH(geometry, { indirect: true })
    return
  }
  const worker = new Worker(new URL('./bvh-worker.ts', import.meta.url), { type: 'module', name: 'bvh' })
  worker.addEventListener('message', ({ data }: MessageEvent<BvhReply>) => {
    worker.terminate()
    geometry.boundsTree = MeshBVH.deserialize(data.tree as SerializedBVH, geometry, { setIndex: false })
  })
  worker.addEventListener('error', () => {
    worker.terminate()
    geometry.boundsTree = new MeshBVH(geometry, { indirect: true })
  })
  worker.postMessage({ positions: mesh.positions, indices: mesh.indices })
}
