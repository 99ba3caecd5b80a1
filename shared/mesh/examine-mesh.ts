import { findHoles, type HoleLoop } from './find-holes'
import { measureShells, type Shell } from './measure-shells'
import type { Mesh } from './mesh'
import { type MeshEdges, meshEdges } from './mesh-edges'
import { type Nesting, nestShells } from './nest-shells'
import { type Orientation, orientTriangles, withTurned } from './orient-triangles'

/** The edges, shells and holes of a mesh. */
export interface Examination {
  /** Of `oriented`. */
  readonly edges: MeshEdges
  readonly orientation: Orientation
  /** Each shell faces one way. */
  readonly oriented: Mesh
  readonly holes: readonly HoleLoop[]
  readonly shells: readonly Shell[]
  readonly nesting: Nesting
  readonly openEdges: number
  readonly nonManifoldEdges: number
  readonly isWatertight: boolean
}

/** Finds edges, shells, holes and how shells lie in each other. */
export function examineMesh(mesh: Mesh): Examination {
  const given = meshEdges(mesh.indices)
  const orientation = orientTriangles(mesh.indices, given)
  const indices = withTurned(mesh.indices, orientation.turned)
  const edges = indices === mesh.indices ? given : meshEdges(indices)
  const oriented = { positions: mesh.positions, indices }
  let openEdges = 0
  let nonManifoldEdges = 0
  let isWatertight = given.edgeCount > 0
  for (let edge = 0; edge < given.edgeCount; edge++) {
    const uses = given.forward[edge] + given.backward[edge]
    if (uses === 1) openEdges++
    if (uses > 2) nonManifoldEdges++
    if (given.forward[edge] !== 1 || given.backward[edge] !== 1) isWatertight = false
  }
  const holes = openEdges === 0 ? [] : findHoles(indices, edges)
  const shells = measureShells(oriented, orientation, holes)
  return { edges, orientation, oriented, holes, shells, nesting: nestShells(oriented, orientation, shells), openEdges, nonManifoldEdges, isWatertight }
}
