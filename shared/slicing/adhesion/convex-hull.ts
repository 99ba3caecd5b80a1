import type { Contour, Region } from '../../geometry/region'

/** The convex hull of all points of some contours, counter-clockwise. @see Andrew's monotone chain, 1979 */
export function convexHull(region: Region): Contour {
  const points = region.flatMap((contour) => Array.from({ length: contour.length / 2 }, (_, i) => [contour[2 * i], contour[2 * i + 1]] as const))
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const lower = halfHull(points)
  const upper = halfHull(points.toReversed())
  return Float64Array.from([...lower.slice(0, -1), ...upper.slice(0, -1)].flat())
}

type Point = readonly [number, number]

function halfHull(points: readonly Point[]): Point[] {
  const hull: Point[] = []
  for (const point of points) {
    while (hull.length >= 2 && !turnsLeft(hull[hull.length - 2], hull[hull.length - 1], point)) hull.pop()
    hull.push(point)
  }
  return hull
}

function turnsLeft(a: Point, b: Point, c: Point): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}
