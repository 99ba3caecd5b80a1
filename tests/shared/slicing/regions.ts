import type { Contour, Polyline, Region } from '../../../shared/geometry/region'

/** A rectangle, counter-clockwise. */
export function rectangle(x0: number, y0: number, x1: number, y1: number): Contour {
  return Float64Array.of(x0, y0, x1, y0, x1, y1, x0, y1)
}

/** A regular polygon, counter-clockwise, or clockwise as a hole. */
export function polygon({ x = 0, y = 0, radius, corners = 64, turnRad = 0, isHole = false }: { x?: number; y?: number; radius: number; corners?: number; turnRad?: number; isHole?: boolean }): Contour {
  const contour = new Float64Array(2 * corners)
  for (let i = 0; i < corners; i++) {
    const a = turnRad + ((isHole ? -1 : 1) * 2 * Math.PI * i) / corners
    contour[2 * i] = x + radius * Math.cos(a)
    contour[2 * i + 1] = y + radius * Math.sin(a)
  }
  return contour
}

/** A star with many concave corners around a point. */
export function star(x: number, y: number, radii: readonly number[]): Contour {
  const contour = new Float64Array(2 * radii.length)
  radii.forEach((radius, i) => {
    const a = (2 * Math.PI * i) / radii.length
    contour[2 * i] = x + radius * Math.cos(a)
    contour[2 * i + 1] = y + radius * Math.sin(a)
  })
  return contour
}

/** Length of a polyline, mm. */
export function lengthOf(line: Polyline): number {
  let sum = 0
  for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!)
  return sum
}

/** Distance of a point to the boundary of a region. */
export function distanceToBoundary(region: Region, x: number, y: number): number {
  let least = Infinity
  for (const contour of region) {
    for (let i = 0; i < contour.length; i += 2) {
      const j = (i + 2) % contour.length
      const [ax, ay, bx, by] = [contour[i]!, contour[i + 1]!, contour[j]!, contour[j + 1]!]
      const [dx, dy] = [bx - ax, by - ay]
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
      least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy))
    }
  }
  return least
}
