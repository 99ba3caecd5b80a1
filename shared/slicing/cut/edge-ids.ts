import { VertexChains } from '../../mesh/mesh-edges'

/** The edges of a mesh, numbered. */
export interface MeshEdges {
  /** Three ids a triangle: of its edges from corner 0 to 1, 1 to 2 and 2 to 0. */
  readonly ids: Int32Array
  /** The two vertices of each edge, the lower index first, length 2 · edges. */
  readonly vertices: Int32Array
}

/** Numbers the edges of a mesh: one id for each pair of vertices, counting up in the order in which edges are met. */
export function edgeIds(indices: Uint32Array): MeshEdges {
  const chains = new VertexChains(indices)
  const ids = new Int32Array(indices.length)
  const vertices = new Int32Array(2 * indices.length)
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = indices[t + k]
      const b = indices[k === 2 ? t : t + k + 1]
      const low = a < b ? a : b
      const high = a < b ? b : a
      const id = chains.edge(low, high)
      ids[t + k] = id
      vertices[2 * id] = low
      vertices[2 * id + 1] = high
    }
  }
  return { ids, vertices: vertices.slice(0, 2 * chains.edgeCount) }
}
