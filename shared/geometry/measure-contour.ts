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
