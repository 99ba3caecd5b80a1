import type { Mesh } from './mesh'
import { hash3, tableSize } from './weld-mesh'

/** The edges of a mesh. Half-edge 3t+k runs from corner k of triangle t to the next corner. */
export interface MeshEdges {
  readonly edgeCount: number
  /** Edge of each half-edge. */
  readonly edgeOf: Uint32Array
  /** How many triangles use an edge from its lower to its higher vertex number, and the other way; at most 255 are counted. */
  readonly forward: Uint8Array
  readonly backward: Uint8Array
  /** The half-edge that first used an edge, and the last one. */
  readonly first: Uint32Array
  readonly last: Uint32Array
}

/** Finds the edges by a hash of their vertex pairs: 1.5 M edges in about 0.2 s. */
export function meshEdges(indices: Uint32Array): MeshEdges {
  const halfCount = indices.length
  const edgeOf = new Uint32Array(halfCount)
  const forward = new Uint8Array(halfCount)
  const backward = new Uint8Array(halfCount)
  const first = new Uint32Array(halfCount)
  const last = new Uint32Array(halfCount)
  const mask = tableSize(halfCount / 1.5) - 1
  const table = new Int32Array(mask + 1).fill(-1)
  const low = new Uint32Array(halfCount)
  const high = new Uint32Array(halfCount)
  let edgeCount = 0
  for (let half = 0; half < halfCount; half++) {
    const from = indices[half]
    const to = indices[nextHalf(half)]
    const isForward = from < to
    const lo = isForward ? from : to
    const hi = isForward ? to : from
    let slot = hash3(lo, hi, 0) & mask
    let edge = table[slot]
    while (edge >= 0 && (low[edge] !== lo || high[edge] !== hi)) {
      slot = (slot + 1) & mask
      edge = table[slot]
    }
    if (edge < 0) {
      // Loose triangles have as many edges as half-edges: the table stays at most three quarters full.
      edge = edgeCount++
      table[slot] = edge
      low[edge] = lo
      high[edge] = hi
      first[edge] = half
    }
    last[edge] = half
    edgeOf[half] = edge
    if (isForward) forward[edge] = Math.min(255, forward[edge] + 1)
    else backward[edge] = Math.min(255, backward[edge] + 1)
  }
  return {
    edgeCount,
    edgeOf,
    forward: forward.slice(0, edgeCount),
    backward: backward.slice(0, edgeCount),
    first: first.slice(0, edgeCount),
    last: last.slice(0, edgeCount),
  }
}

/** The half-edge that follows within the same triangle. */
export function nextHalf(half: number): number {
  return half % 3 === 2 ? half - 2 : half + 1
}

/** The half-edge that goes before within the same triangle. */
export function previousHalf(half: number): number {
  return half % 3 === 0 ? half + 2 : half - 1
}

/** Whether every edge is used by exactly two triangles, once in each direction: watertight, and nothing touches itself along an edge. */
export function isClosed({ indices }: Pick<Mesh, 'indices'>): boolean {
  const { edgeCount, forward, backward } = meshEdges(indices)
  for (let edge = 0; edge < edgeCount; edge++) if (forward[edge] !== 1 || backward[edge] !== 1) return false
  return indices.length > 0
}
