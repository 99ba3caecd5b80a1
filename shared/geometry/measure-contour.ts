import type { Contour, Region } from './region'

/** Area inside a contour, mm²: positive when counter-clockwise, negative when clockwise. */
export function contourArea(contour: Contour): number {
  const n = contour.length
  if (n < 6) return 0
  const originX = contour[0]
  const originY = contour[1]
  let twice = 0
  let px = contour[n - 2] - originX
  let py = contour[n - 1] - originY
  for (let i = 0; i < n; i += 2) {
    const x = contour[i] - originX
    const y = contour[i + 1] - originY
    twice += px * y - x * py
    px = x
    py = y
  }
  return twice / 2
}

/** Area of a region, mm², its holes subtracted. */
export function regionArea(region: Region): number {
  let area = 0
  for (const contour of region) area += contourArea(contour)
  return area
}

/**
 * Area that a region has after it is grown with sharp corners, mm², as long as nothing of it meets: area, plus length times
 * distance, plus what the corners add (Steiner's formula). NaN where a corner is sharper than the miter limit.
 */
export function grownArea(region: Region, distanceMm: number, miterLimit: number): number {
  /** Cosine of the sharpest turn that keeps its corner. */
  const leastCos = 2 / (miterLimit * miterLimit) - 1
  let area = 0
  for (const contour of region) {
    const n = contour.length
    let dx = contour[0] - contour[n - 2]
    let dy = contour[1] - contour[n - 1]
    let length = Math.sqrt(dx * dx + dy * dy)
    let around = 0
    let corners = 0
    for (let i = 0; i < n; i += 2) {
      const j = i + 2 === n ? 0 : i + 2
      const ex = contour[j] - contour[i]
      const ey = contour[j + 1] - contour[i + 1]
      const next = Math.sqrt(ex * ex + ey * ey)
      const both = length * next
      const cross = dx * ey - dy * ex
      const dot = dx * ex + dy * ey
      if (both > 0) {
        if (cross > 0 && dot < leastCos * both) return NaN
        // The tangent of half the turn; a corner that turns right takes away.
        corners += cross / (both + dot)
      }
      around += next
      dx = ex
      dy = ey
      length = next
    }
    area += contourArea(contour) + distanceMm * around + distanceMm * distanceMm * corners
  }
  return area
}

/** Length of a closed contour, mm. */
export function contourLength(contour: Contour): number {
  const n = contour.length
  let length = 0
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) length += Math.hypot(contour[i] - contour[j], contour[i + 1] - contour[j + 1])
  return length
}

/** Least and greatest x and y of a contour: `[minX, minY, maxX, maxY]`, mm. */
export function contourBox(contour: Contour): [number, number, number, number] {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (let i = 0; i < contour.length; i += 2) {
    const x = contour[i]
    const y = contour[i + 1]
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return [minX, minY, maxX, maxY]
}

/** Whether a point lies inside a contour, whatever its orientation; on the line either answer may come. */
export function isInContour(contour: Contour, x: number, y: number): boolean {
  const n = contour.length
  let isInside = false
  let py = contour[n - 1]
  let px = contour[n - 2]
  for (let i = 0; i < n; i += 2) {
    const cx = contour[i]
    const cy = contour[i + 1]
    if (cy > y !== py > y && x < ((px - cx) * (y - cy)) / (py - cy) + cx) isInside = !isInside
    px = cx
    py = cy
  }
  return isInside
}

/** Whether a point lies in a region and not in its holes. */
export function isInRegion(region: Region, x: number, y: number): boolean {
  let isInside = false
  for (const contour of region) if (isInContour(contour, x, y)) isInside = !isInside
  return isInside
}
