import type { Region } from '../../geometry/region'

/** Where a point lies to a region. */
export interface Nearest {
  /** Distance to the nearest edge, mm: negative inside. Infinity when there is no edge. */
  readonly distanceMm: number
  /** The nearest point on the edge. */
  readonly x: number
  readonly y: number
}

/** Finds the nearest edge of a region to points, one after the other. */
export class BoundaryDistance {
  /** x and y of the start and of the end of each edge. */
  private readonly edges: Float64Array

  constructor(region: Region) {
    this.edges = new Float64Array(region.reduce((sum, contour) => sum + 2 * contour.length, 0))
    let at = 0
    for (const contour of region) {
      const n = contour.length
      for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
        this.edges[at++] = contour[j]
        this.edges[at++] = contour[j + 1]
        this.edges[at++] = contour[i]
        this.edges[at++] = contour[i + 1]
      }
    }
  }

  nearest(x: number, y: number): Nearest {
    const { edges } = this
    let [least, nearX, nearY] = [Infinity, x, y]
    let isInside = false
    for (let i = 0; i < edges.length; i += 4) {
      const ax = edges[i] - x
      const ay = edges[i + 1] - y
      const dx = edges[i + 2] - edges[i]
      const dy = edges[i + 3] - edges[i + 1]
      if (ay > 0 !== ay + dy > 0 && ax - (ay / dy) * dx > 0) isInside = !isInside
      const lengths = dx * dx + dy * dy
      const t = lengths === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / lengths))
      const px = ax + t * dx
      const py = ay + t * dy
      const distance2 = px * px + py * py
      if (distance2 >= least) continue
      least = distance2
      nearX = x + px
      nearY = y + py
    }
    const distanceMm = Math.sqrt(least)
    return { distanceMm: isInside ? -distanceMm : distanceMm, x: nearX, y: nearY }
  }
}
