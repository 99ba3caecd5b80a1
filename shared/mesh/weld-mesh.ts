import type { Mesh } from './mesh'

/** Positions where each stands once, and for every old vertex its new one. */
export interface Welded {
  readonly positions: Float32Array
  readonly newVertex: Uint32Array
}

/**
 * Makes an indexed mesh of loose triangles: vertices with exactly the same position (-0 is 0) become one, in order of first use.
 * `corners` are xyz triples, mm, nine numbers a triangle.
 */
export function weldTriangles(corners: Float32Array): Mesh {
  const { positions, newVertex } = weldPositions(corners)
  return { positions, indices: newVertex }
}

/** Joins the vertices of a mesh that stand at exactly the same position, and drops vertices that no triangle uses. The same mesh when there is nothing to do. */
export function weldMesh(mesh: Mesh): Mesh {
  const { positions, indices } = mesh
  const welded = weldPositions(positions)
  if (welded.positions.length === positions.length) return dropUnusedVertices(mesh)
  return dropUnusedVertices({ positions: welded.positions, indices: indices.map((vertex) => welded.newVertex[vertex]) })
}

/** Drops vertices that no triangle uses; the others keep their order. Returns the same mesh when all are used. */
export function dropUnusedVertices(mesh: Mesh): Mesh {
  const { positions, indices } = mesh
  const vertexCount = positions.length / 3
  const newVertex = new Uint32Array(vertexCount)
  for (let i = 0; i < indices.length; i++) newVertex[indices[i]] = 1
  let count = 0
  for (let vertex = 0; vertex < vertexCount; vertex++) newVertex[vertex] = newVertex[vertex] === 1 ? count++ : 0xffffffff
  if (count === vertexCount) return mesh
  const kept = new Float32Array(3 * count)
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    const at = newVertex[vertex]
    if (at !== 0xffffffff) kept.set(positions.subarray(3 * vertex, 3 * vertex + 3), 3 * at)
  }
  return { positions: kept, indices: indices.map((vertex) => newVertex[vertex]) }
}

/** Finds equal positions by a hash of their bits (open addressing, at most half full): 17 to 33 ms for the Benchy's 675,462 corners. */
function weldPositions(source: Float32Array): Welded {
  const count = source.length / 3
  const newVertex = new Uint32Array(count)
  const kept = new Float32Array(source.length)
  const bits = new Uint32Array(kept.buffer)
  const mask = tableSize(count) - 1
  const table = new Int32Array(mask + 1).fill(-1)
  let used = 0
  for (let i = 0; i < count; i++) {
    const at = 3 * used
    // Adding zero turns -0 into 0, whose bits differ.
    kept[at] = source[3 * i] + 0
    kept[at + 1] = source[3 * i + 1] + 0
    kept[at + 2] = source[3 * i + 2] + 0
    const x = bits[at]
    const y = bits[at + 1]
    const z = bits[at + 2]
    let slot = hash3(x, y, z) & mask
    let vertex = table[slot]
    while (vertex >= 0 && (bits[3 * vertex] !== x || bits[3 * vertex + 1] !== y || bits[3 * vertex + 2] !== z)) {
      slot = (slot + 1) & mask
      vertex = table[slot]
    }
    if (vertex < 0) {
      vertex = used++
      table[slot] = vertex
    }
    newVertex[i] = vertex
  }
  return { positions: kept.slice(0, 3 * used), newVertex }
}

/** A power of two, at least twice the count. */
export function tableSize(count: number): number {
  let size = 16
  while (size < 2 * count) size *= 2
  return size
}

/** Mixes three 32-bit numbers into one. */
export function hash3(x: number, y: number, z: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return h ^ (h >>> 15)
}
