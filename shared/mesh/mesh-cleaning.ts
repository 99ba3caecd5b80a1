import type { Mesh } from './mesh'
import { hash3, tableSize } from './weld-mesh'

/** A triangle lower than this fraction of its longest side has no area: float32 keeps 6e-8. */
const FLATNESS = 1e-7

/** Marks triangles without area: 2 where corners coincide, 1 where they stand on a line, 0 for the others. */
export function findDegenerate({ positions, indices }: Mesh): { readonly marks: Uint8Array; readonly count: number } {
  const marks = new Uint8Array(indices.length / 3)
  let count = 0
  for (let triangle = 0; triangle < marks.length; triangle++) {
    const i = indices[3 * triangle]
    const j = indices[3 * triangle + 1]
    const k = indices[3 * triangle + 2]
    if (i === j || j === k || k === i) marks[triangle] = 2
    else if (isFlat(positions, 3 * i, 3 * j, 3 * k)) marks[triangle] = 1
    if (marks[triangle] !== 0) count++
  }
  return { marks, count }
}

function isFlat(positions: Float32Array, a: number, b: number, c: number): boolean {
  const ux = positions[b] - positions[a]
  const uy = positions[b + 1] - positions[a + 1]
  const uz = positions[b + 2] - positions[a + 2]
  const vx = positions[c] - positions[a]
  const vy = positions[c + 1] - positions[a + 1]
  const vz = positions[c + 2] - positions[a + 2]
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const wx = ux - vx
  const wy = uy - vy
  const wz = uz - vz
  const longest = Math.max(ux * ux + uy * uy + uz * uz, vx * vx + vy * vy + vz * vz, wx * wx + wy * wy + wz * wz)
  return nx * nx + ny * ny + nz * nz <= (FLATNESS * longest) ** 2
}

/** Triangles that have the same three corners as another. */
export interface Duplicates {
  /** For each triangle the first one with the same corners; itself when it is the first. */
  readonly firstOf: Uint32Array
  /** 1 where a triangle faces against its first. */
  readonly isAgainst: Uint8Array
  /** Triangles that aren't the first of their corners. */
  readonly count: number
}

/** Finds triangles over the same three vertices by a hash of their sorted numbers. */
export function findDuplicates(indices: Uint32Array): Duplicates {
  const triangleCount = indices.length / 3
  const firstOf = new Uint32Array(triangleCount)
  const isAgainst = new Uint8Array(triangleCount)
  const mask = tableSize(triangleCount) - 1
  const table = new Int32Array(mask + 1).fill(-1)
  let count = 0
  for (let triangle = 0; triangle < triangleCount; triangle++) {
    const at = 3 * triangle
    const i = indices[at]
    const j = indices[at + 1]
    const k = indices[at + 2]
    const low = Math.min(i, j, k)
    const high = Math.max(i, j, k)
    let slot = hash3(low, i + j + k - low - high, high) & mask
    let first = table[slot]
    while (first >= 0 && !(hasCorner(indices, 3 * first, i) && hasCorner(indices, 3 * first, j) && hasCorner(indices, 3 * first, k))) {
      slot = (slot + 1) & mask
      first = table[slot]
    }
    if (first < 0) {
      table[slot] = triangle
      firstOf[triangle] = triangle
      continue
    }
    firstOf[triangle] = first
    isAgainst[triangle] = faces(indices, 3 * first, i) === j ? 0 : 1
    count++
  }
  return { firstOf, isAgainst, count }
}

function hasCorner(indices: Uint32Array, at: number, vertex: number): boolean {
  return indices[at] === vertex || indices[at + 1] === vertex || indices[at + 2] === vertex
}

/** The corner after a vertex in a triangle. */
function faces(indices: Uint32Array, at: number, vertex: number): number {
  return indices[at] === vertex ? indices[at + 1] : indices[at + 1] === vertex ? indices[at + 2] : indices[at]
}

/** Triangles to drop so that each three corners are used as often as it matters. */
export interface DuplicateRemoval {
  /** 1 for triangles to drop. */
  readonly isDropped: Uint8Array
  /** Dropped because another faces the same way. */
  readonly doubled: number
  /** Dropped in pairs that face each other: a wall without thickness inside a solid. */
  readonly walls: number
}

/**
 * Of triangles with the same corners that face the same way, one stays. Two that face each other cancel out, unless the whole connected surface is made of
 * such pairs: a program then wrote every side twice, and one of each stays.
 */
export function removeDuplicates({ positions, indices }: Mesh, { firstOf, isAgainst }: Duplicates): DuplicateRemoval {
  const triangleCount = indices.length / 3
  const balance = new Int16Array(triangleCount)
  const isPaired = new Uint8Array(triangleCount)
  for (let triangle = 0; triangle < triangleCount; triangle++) {
    balance[firstOf[triangle]] += isAgainst[triangle] === 1 ? -1 : 1
    if (isAgainst[triangle] === 1) isPaired[firstOf[triangle]] = 1
  }
  const group = connectedGroups(indices, positions.length / 3)
  const hasSingle = new Uint8Array(positions.length / 3)
  for (let triangle = 0; triangle < triangleCount; triangle++) if (isPaired[firstOf[triangle]] === 0) hasSingle[group[indices[3 * triangle]]] = 1
  const isDropped = new Uint8Array(triangleCount)
  const isKept = new Uint8Array(triangleCount)
  let doubled = 0
  let walls = 0
  for (let triangle = 0; triangle < triangleCount; triangle++) {
    const first = firstOf[triangle]
    const isCancelling = isPaired[first] === 1 && balance[first] === 0 && hasSingle[group[indices[3 * triangle]]] === 1
    const wanted = isPaired[first] === 1 && balance[first] < 0 ? 1 : 0
    if (!isCancelling && isKept[first] === 0 && isAgainst[triangle] === wanted) {
      isKept[first] = 1
      continue
    }
    isDropped[triangle] = 1
    if (isCancelling) walls++
    else doubled++
  }
  return { isDropped, doubled, walls }
}

/** A representative vertex of each vertex's connected surface (union-find). */
function connectedGroups(indices: Uint32Array, vertexCount: number): Uint32Array {
  const parent = Uint32Array.from({ length: vertexCount }, (_, vertex) => vertex)
  const find = (vertex: number): number => {
    let at = vertex
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]]
      at = parent[at]
    }
    return at
  }
  for (let i = 0; i < indices.length; i += 3) {
    const root = find(indices[i])
    parent[find(indices[i + 1])] = root
    parent[find(indices[i + 2])] = root
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) parent[vertex] = find(vertex)
  return parent
}

/** The triangles that aren't marked. */
export function withoutTriangles(indices: Uint32Array, isDropped: (triangle: number) => boolean): Uint32Array {
  const kept = new Uint32Array(indices.length)
  let length = 0
  for (let triangle = 0; triangle < indices.length / 3; triangle++) {
    if (isDropped(triangle)) continue
    kept[length++] = indices[3 * triangle]
    kept[length++] = indices[3 * triangle + 1]
    kept[length++] = indices[3 * triangle + 2]
  }
  return length === indices.length ? indices : kept.slice(0, length)
}
