import { type MeshEdges, previousHalf } from './mesh-edges'
import type { Box3 } from './mesh'
import { isOpen, otherHalf } from './orient-triangles'

/** A closed chain of edges that one triangle alone uses. */
export interface HoleLoop {
  /** Vertices in the order that triangles filling the hole would run. */
  readonly vertices: readonly number[]
  /** A triangle beside it. */
  readonly triangle: number
}

/**
 * Follows the open edges of a mesh whose triangles face one way, around each hole. A chain that meets itself in a vertex is divided there,
 * so that every hole is a simple loop.
 */
export function findHoles(indices: Uint32Array, edges: MeshEdges): HoleLoop[] {
  const holes: HoleLoop[] = []
  const seen = new Uint8Array(indices.length)
  for (let start = 0; start < indices.length; start++) {
    if (seen[start] === 1 || !isOpen(edges, start)) continue
    const chain: number[] = []
    let half = start
    while (half >= 0 && seen[half] === 0) {
      seen[half] = 1
      chain.push(indices[half])
      half = nextOpen(indices, edges, half)
    }
    const triangle = Math.floor(start / 3)
    for (const vertices of simpleLoops(chain)) if (vertices.length >= 3) holes.push({ vertices, triangle })
  }
  return holes
}

/** Turns around the start of an open half-edge to the next open one that ends there; -1 when an edge of three triangles is in the way. */
function nextOpen(indices: Uint32Array, edges: MeshEdges, half: number): number {
  let before = previousHalf(half)
  for (let steps = 0; steps < 10_000; steps++) {
    if (isOpen(edges, before)) return before
    const across = otherHalf(edges, before)
    if (across < 0 || indices[across] !== indices[half]) return -1
    before = previousHalf(across)
  }
  return -1
}

/** Divides a chain where it meets a vertex again. */
function simpleLoops(chain: readonly number[]): number[][] {
  const loops: number[][] = []
  const path: number[] = []
  const placeOf = new Map<number, number>()
  for (const vertex of chain) {
    const place = placeOf.get(vertex)
    if (place !== undefined) {
      const loop = path.splice(place)
      for (const passed of loop) placeOf.delete(passed)
      loops.push(loop)
    }
    placeOf.set(vertex, path.length)
    path.push(vertex)
  }
  loops.push(path)
  return loops
}

/** Length of a loop, mm. */
export function loopLength(positions: Float32Array, loop: readonly number[]): number {
  let length = 0
  for (let i = 0; i < loop.length; i++) {
    const [a, b] = [3 * loop[i], 3 * loop[(i + 1) % loop.length]]
    length += Math.hypot(positions[b] - positions[a], positions[b + 1] - positions[a + 1], positions[b + 2] - positions[a + 2])
  }
  return length
}

/** Box around some vertices, mm. */
export function verticesBox(positions: Float32Array, vertices: Iterable<number>): Box3 {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (const vertex of vertices) {
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[3 * vertex + axis]
      if (value < min[axis]) min[axis] = value
      if (value > max[axis]) max[axis] = value
    }
  }
  return min[0] === Infinity ? { min: [0, 0, 0], max: [0, 0, 0] } : { min, max }
}
