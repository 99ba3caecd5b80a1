import { IDENTITY } from './matrix'
import type { Mat4, Mesh } from './mesh'

/** A convex outline on the bed: xy pairs, mm, counter-clockwise, the first point not repeated. */
export type Footprint = Float64Array

/** Hulls with more corners than this are replaced by a slightly wider one. */
const MAX_CORNERS = 48

/** The convex hull of a mesh seen from above, after a matrix: what it covers of the bed. */
export function meshFootprint({ positions }: Pick<Mesh, 'positions'>, matrix: Mat4 = IDENTITY): Footprint {
  const [a, b, , , d, e, , , g, h, , , tx, ty] = matrix
  const points = new Float64Array((2 * positions.length) / 3)
  for (let p = 0, q = 0; p < positions.length; p += 3, q += 2) {
    points[q] = a * positions[p] + d * positions[p + 1] + g * positions[p + 2] + tx
    points[q + 1] = b * positions[p] + e * positions[p + 1] + h * positions[p + 2] + ty
  }
  return simplified(convexHull(extremePoints(points)))
}

/** The convex hull of xy pairs, counter-clockwise (Andrew's monotone chain). Fewer than three corners when the points lie on a line. */
export function convexHull(points: Float64Array): Footprint {
  const order = Array.from({ length: points.length / 2 }, (_, i) => 2 * i).sort((i, j) => points[i] - points[j] || points[i + 1] - points[j + 1])
  const half = (indices: readonly number[]): number[] => {
    const chain: number[] = []
    for (const i of indices) {
      while (chain.length >= 2 && turn(points, chain[chain.length - 2], chain[chain.length - 1], i) <= 0) chain.pop()
      chain.push(i)
    }
    return chain
  }
  const corners = [...half(order).slice(0, -1), ...half(order.toReversed()).slice(0, -1)]
  const hull = corners.length === 0 ? order.slice(0, 1) : corners
  return Float64Array.from(hull.flatMap((i) => [points[i], points[i + 1]]))
}

/** Area of a counter-clockwise outline, mm². */
export function footprintArea(outline: Footprint): number {
  let twice = 0
  for (let i = 0; i < outline.length; i += 2) {
    const j = (i + 2) % outline.length
    twice += outline[i] * outline[j + 1] - outline[j] * outline[i + 1]
  }
  return twice / 2
}

/** Of very many points, the boxes of 4096 columns: their hull covers all points and is at most a column's width wider than the true one. */
function extremePoints(points: Float64Array): Float64Array {
  const count = points.length / 2
  const columns = 4096
  if (count <= 4 * columns) return points
  let [x0, x1] = [Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 2) {
    if (points[i] < x0) x0 = points[i]
    if (points[i] > x1) x1 = points[i]
  }
  const scale = x1 > x0 ? (columns - 1) / (x1 - x0) : 0
  const low = new Float64Array(columns).fill(Infinity)
  const high = new Float64Array(columns).fill(-Infinity)
  for (let i = 0; i < points.length; i += 2) {
    const column = Math.floor((points[i] - x0) * scale)
    if (points[i + 1] < low[column]) low[column] = points[i + 1]
    if (points[i + 1] > high[column]) high[column] = points[i + 1]
  }
  const kept: number[] = []
  for (let column = 0; column < columns; column++) {
    if (high[column] < low[column]) continue
    const left = scale > 0 ? Math.max(x0, x0 + column / scale) : x0
    const right = scale > 0 ? Math.min(x1, x0 + (column + 1) / scale) : x1
    kept.push(left, low[column], left, high[column], right, low[column], right, high[column])
  }
  return Float64Array.from(kept)
}

/** Replaces a hull of very many corners by a wider one: tangents in evenly spread directions. */
function simplified(hull: Footprint): Footprint {
  if (hull.length / 2 <= MAX_CORNERS) return hull
  const support = Array.from({ length: MAX_CORNERS }, (_, k) => {
    const angle = (2 * Math.PI * k) / MAX_CORNERS
    const [nx, ny] = [Math.cos(angle), Math.sin(angle)]
    let reach = -Infinity
    for (let i = 0; i < hull.length; i += 2) reach = Math.max(reach, nx * hull[i] + ny * hull[i + 1])
    return { nx, ny, reach }
  })
  const corners = support.flatMap((one, k) => {
    const two = support[(k + 1) % MAX_CORNERS]
    const det = one.nx * two.ny - one.ny * two.nx
    return [(one.reach * two.ny - two.reach * one.ny) / det, (two.reach * one.nx - one.reach * two.nx) / det]
  })
  return convexHull(Float64Array.from(corners))
}

function turn(points: Float64Array, i: number, j: number, k: number): number {
  return (points[j] - points[i]) * (points[k + 1] - points[i + 1]) - (points[j + 1] - points[i + 1]) * (points[k] - points[i])
}
