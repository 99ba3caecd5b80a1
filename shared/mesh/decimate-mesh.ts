import { MeshoptSimplifier } from 'meshoptimizer'
import { boxSize, meshBox } from './mesh-box'
import type { Mesh } from './mesh'
import { dropUnusedVertices } from './weld-mesh'

/** How far the surface may move at most, as a part of the model's size. */
const MAX_ERROR = 0.05

/** A mesh of fewer triangles, and how far its surface is from the given one. */
export interface Decimated {
  readonly mesh: Mesh
  readonly errorMm: number
}

/**
 * Simplifies a mesh to about `targetTriangles` by collapsing edges (quadric error metric, meshoptimizer in WebAssembly, hence a promise). It stops earlier where
 * the surface would move by more than a twentieth of the model's size. For drawing while moving: what is sliced is the given mesh. A mesh that is small enough
 * comes back as it is.
 */
export async function decimateMesh(mesh: Mesh, targetTriangles: number): Promise<Decimated> {
  if (mesh.indices.length / 3 <= targetTriangles) return { mesh, errorMm: 0 }
  await MeshoptSimplifier.ready
  const [indices, error] = MeshoptSimplifier.simplify(mesh.indices, mesh.positions, 3, 3 * Math.max(4, Math.floor(targetTriangles)), MAX_ERROR)
  return { mesh: dropUnusedVertices({ positions: mesh.positions, indices: indices.slice() }), errorMm: error * Math.max(...boxSize(meshBox(mesh))) }
}
