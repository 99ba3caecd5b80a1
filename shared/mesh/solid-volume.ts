import { boxSize, meshBox } from './mesh-box'
import type { Mesh } from './mesh'

/** Rays along the longer side of the box. */
const RAYS = 384
/** Where a ray stands in its cell: not in the middle, which often lies on an edge of a regular model. */
const INSET_X = 0.4863
const INSET_Y = 0.5117
/** Crossings that are kept at once: 12 bytes each. */
const MAX_CROSSINGS = 12_000_000

/**
 * The volume that is solid where shells overlap (winding above zero), mm³, by upright rays through a grid: right within about 0.5 %.
 * The mesh must be closed and face outward.
 */
export function solidVolume(mesh: Mesh): number {
  const box = meshBox(mesh)
  const [sx, sy] = boxSize(box)
  const step = Math.max(sx, sy) / RAYS
  if (!(step > 0)) return 0
  const grid: Grid = { x: box.min[0], y: box.min[1], step, columns: Math.ceil(sx / step), rows: Math.ceil(sy / step) }
  const starts = new Uint32Array(grid.columns * grid.rows + 1)
  eachCrossing(mesh, grid, (cell) => starts[cell + 1]++)
  for (let cell = 0; cell + 1 < starts.length; cell++) starts[cell + 1] += starts[cell]
  const total = starts[starts.length - 1]
  if (total > MAX_CROSSINGS) return NaN
  const heights = new Float64Array(total)
  const fill = starts.slice()
  eachCrossing(mesh, grid, (cell, height, direction) => {
    // The direction rides in the sign of a shifted height: sorted together, read back below.
    heights[fill[cell]++] = encode(height - box.min[2], direction)
  })
  let length = 0
  for (let cell = 0; cell + 1 < starts.length; cell++) length += solidLength(heights.subarray(starts[cell], starts[cell + 1]))
  return length * step * step
}

interface Grid {
  readonly x: number
  readonly y: number
  readonly step: number
  readonly columns: number
  readonly rows: number
}

/** Heights are at least zero; a crossing that leaves the solid is kept as a negative number. */
function encode(height: number, direction: 1 | -1): number {
  return direction > 0 ? Math.max(0, height) : -Math.max(0, height) - Number.MIN_VALUE
}

/** Length along a ray where it is inside of more shells than outside. */
function solidLength(crossings: Float64Array): number {
  if (crossings.length < 2) return 0
  const sorted = crossings.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a)
  let winding = 0
  let length = 0
  for (let i = 0; i + 1 < sorted.length; i++) {
    winding += sorted[i] >= 0 ? 1 : -1
    if (winding > 0) length += Math.abs(sorted[i + 1]) - Math.abs(sorted[i])
  }
  return length
}

/** Visits the rays through each triangle. Triangles that stand upright have none. */
function eachCrossing({ positions, indices }: Mesh, grid: Grid, visit: (cell: number, height: number, direction: 1 | -1) => void): void {
  const { x, y, step, columns, rows } = grid
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [3 * indices[i], 3 * indices[i + 1], 3 * indices[i + 2]]
    const [ax, ay, bx, by, cx, cy] = [positions[a], positions[a + 1], positions[b], positions[b + 1], positions[c], positions[c + 1]]
    const det = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if (det === 0) continue
    const firstRow = Math.max(0, Math.ceil((Math.min(ay, by, cy) - y) / step - INSET_Y))
    const lastRow = Math.min(rows - 1, Math.floor((Math.max(ay, by, cy) - y) / step - INSET_Y))
    const firstColumn = Math.max(0, Math.ceil((Math.min(ax, bx, cx) - x) / step - INSET_X))
    const lastColumn = Math.min(columns - 1, Math.floor((Math.max(ax, bx, cx) - x) / step - INSET_X))
    for (let row = firstRow; row <= lastRow; row++) {
      const py = y + (row + INSET_Y) * step
      for (let column = firstColumn; column <= lastColumn; column++) {
        const px = x + (column + INSET_X) * step
        const v = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / det
        const w = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / det
        if (v < 0 || w < 0 || v + w > 1) continue
        visit(row * columns + column, positions[a + 2] + v * (positions[b + 2] - positions[a + 2]) + w * (positions[c + 2] - positions[a + 2]), det > 0 ? -1 : 1)
      }
    }
  }
}
