import type { MeshEdges } from './mesh-edges'

/** The shells of a mesh (triangles connected through edges that exactly two of them use) and which triangles face against the rest of theirs. */
export interface Orientation {
  readonly shellCount: number
  /** Shell of each triangle. */
  readonly shellOf: Uint32Array
  /** 1 for triangles that must be turned so that the shell faces one way; the fewer half of each shell. */
  readonly turned: Uint8Array
  readonly turnedCount: number
  /** Edges whose two triangles can't agree: a surface with one side only (Möbius). */
  readonly conflicts: number
}

/** Walks every shell from triangle to triangle and makes it face one way. */
export function orientTriangles(indices: Uint32Array, edges: MeshEdges): Orientation {
  const triangleCount = indices.length / 3
  const shellOf = new Uint32Array(triangleCount).fill(0xffffffff)
  const turned = new Uint8Array(triangleCount)
  const queue = new Uint32Array(triangleCount)
  let shellCount = 0
  let turnedCount = 0
  let conflicts = 0
  let queued = 0
  for (let seed = 0; seed < triangleCount; seed++) {
    if (shellOf[seed] !== 0xffffffff) continue
    const start = queued
    queue[queued++] = seed
    shellOf[seed] = shellCount
    let inShell = 0
    for (let at = start; at < queued; at++) {
      const triangle = queue[at]
      inShell += turned[triangle]
      for (let half = 3 * triangle; half < 3 * triangle + 3; half++) {
        const other = otherHalf(edges, half)
        if (other < 0) continue
        const neighbour = Math.floor(other / 3)
        const isAgainst = indices[half] === indices[other] ? 1 : 0
        if (shellOf[neighbour] === 0xffffffff) {
          shellOf[neighbour] = shellCount
          turned[neighbour] = turned[triangle] ^ isAgainst
          queue[queued++] = neighbour
        } else if (turned[neighbour] !== (turned[triangle] ^ isAgainst)) conflicts++
      }
    }
    if (2 * inShell > queued - start) {
      for (let at = start; at < queued; at++) turned[queue[at]] ^= 1
      inShell = queued - start - inShell
    }
    turnedCount += inShell
    shellCount++
  }
  return { shellCount, shellOf, turned, turnedCount, conflicts: conflicts / 2 }
}

/** The half-edge on the other side, when exactly two triangles use the edge; else -1. */
export function otherHalf(edges: MeshEdges, half: number): number {
  const edge = edges.edgeOf[half]
  if (edges.forward[edge] + edges.backward[edge] !== 2) return -1
  return edges.first[edge] === half ? edges.last[edge] : edges.first[edge]
}

/** Whether one triangle alone uses the edge of a half-edge. */
export function isOpen(edges: MeshEdges, half: number): boolean {
  const edge = edges.edgeOf[half]
  return edges.forward[edge] + edges.backward[edge] === 1
}

/** Indices in which the marked triangles are turned; the same array when none is. */
export function withTurned(indices: Uint32Array, turned: Uint8Array): Uint32Array {
  if (!turned.includes(1)) return indices
  const result = indices.slice()
  for (let triangle = 0; triangle < turned.length; triangle++) {
    if (turned[triangle] === 0) continue
    result[3 * triangle + 1] = indices[3 * triangle + 2]
    result[3 * triangle + 2] = indices[3 * triangle + 1]
  }
  return result
}
