import { eachLeaf, type PaintState, readPaint, type TrianglePaint } from './paint-tree'

/** Painted pieces of a surface, nine numbers a triangle, in the frame of the positions. */
export interface PaintedFacets {
  readonly enforced: Float64Array
  readonly blocked: Float64Array
}

/** The painted pieces of a mesh's triangles; what can't be read is no paint. */
export function paintedFacets(positions: ArrayLike<number>, indices: Uint32Array, paint: TrianglePaint): PaintedFacets {
  const lists: Record<PaintState, number[]> = { 0: [], 1: [], 2: [] }
  for (const [key, text] of Object.entries(paint)) {
    const triangle = Number(key)
    const node = 3 * triangle + 2 < indices.length ? readPaint(text) : undefined
    if (node === undefined) continue
    // Fine meshes are mostly painted by whole triangles.
    if (node === 1 || node === 2) {
      for (let half = 3 * triangle; half < 3 * triangle + 3; half++) {
        const at = 3 * (indices[half] ?? 0)
        lists[node].push(positions[at] ?? 0, positions[at + 1] ?? 0, positions[at + 2] ?? 0)
      }
      continue
    }
    eachLeaf(node, cornersOf(positions, indices, triangle), (state, corners) => {
      if (state !== 0) lists[state].push(...corners)
    })
  }
  return { enforced: Float64Array.from(lists[1]), blocked: Float64Array.from(lists[2]) }
}

/** The corners of a triangle of a mesh: nine numbers. */
export function cornersOf(positions: ArrayLike<number>, indices: Uint32Array, triangle: number): number[] {
  return [0, 1, 2].flatMap((k) => {
    const at = 3 * (indices[3 * triangle + k] ?? 0)
    return [positions[at] ?? 0, positions[at + 1] ?? 0, positions[at + 2] ?? 0]
  })
}
