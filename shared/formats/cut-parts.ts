import { isClosed } from '../mesh/mesh-edges'
import type { Mesh } from '../mesh/mesh'
import { weldMesh } from '../mesh/weld-mesh'
import type { ModelPart } from './model'

/** Files with more parts than this are read as one: no plate has so many. */
const MAX_PARTS = 1000

/** A named run of triangles: indices from `from` to `to`. */
export interface PartRange {
  readonly name: string
  readonly from: number
  readonly to: number
}

/**
 * Cuts a file's triangles into its named parts when each is closed on its own; else all of them are one part: then the names are patches of one surface.
 * `name` stands for a single part and for parts without a name.
 */
export function cutParts({ positions, indices }: Mesh, ranges: readonly PartRange[], name: string): readonly ModelPart[] {
  const filled = ranges.filter(({ from, to }) => to > from)
  if (filled.length > 1 && filled.length <= MAX_PARTS) {
    const cut = cutter(positions)
    const parts = filled.map((range, i) => ({ name: range.name || `${name} ${i + 1}`, mesh: weldMesh(cut(indices.subarray(range.from, range.to))) }))
    if (parts.every(({ mesh }) => isClosed(mesh))) return parts
  }
  return [{ name, mesh: weldMesh({ positions, indices }) }]
}

/** Makes meshes of some of the triangles, in time that grows with these triangles alone. */
function cutter(positions: Float32Array): (indices: Uint32Array) => Mesh {
  const ownVertex = new Uint32Array(positions.length / 3)
  const madeFor = new Uint32Array(positions.length / 3)
  let part = 0
  return (indices) => {
    part++
    const own = new Float32Array(3 * indices.length)
    let count = 0
    const renumbered = indices.map((vertex) => {
      if (madeFor[vertex] !== part) {
        madeFor[vertex] = part
        ownVertex[vertex] = count
        own.set(positions.subarray(3 * vertex, 3 * vertex + 3), 3 * count++)
      }
      return ownVertex[vertex]
    })
    return { positions: own.slice(0, 3 * count), indices: renumbered }
  }
}
