import { contourBox, isInRegion } from '../../geometry/measure-contour'
import type { Contour, Region } from '../../geometry/region'
import { splitIslands } from '../islands'

/** Tips nearer to each other than this part of their spacing carry the same. */
const NEAR_SHARE = 0.75

/** Remembers where tips are, so that each area gets as many as it needs and no more. */
export class TipPlaces {
  private recent: { readonly x: number; readonly y: number; readonly zMm: number }[] = []

  constructor(private readonly spacingMm: number) {}

  /** Points of an area at a height that no tip placed before carries, heights falling from call to call: xy pairs, mm. */
  place(area: Region, zMm: number): number[] {
    this.recent = this.recent.filter((tip) => tip.zMm - zMm < this.spacingMm)
    return splitIslands(area).flatMap(({ outline }) => this.placeIn(outline, zMm))
  }

  private placeIn(outline: Region, zMm: number): number[] {
    const points: number[] = []
    const consider = (x: number, y: number) => {
      if (this.isCarried(x, y, zMm)) return
      this.recent.push({ x, y, zMm })
      points.push(x, y)
    }
    const { spacingMm } = this
    for (const contour of outline) walk(contour, spacingMm, consider)
    const [minX, minY, maxX, maxY] = contourBox(outline[0])
    for (let row = Math.ceil(minY / spacingMm); row * spacingMm <= maxY; row++) {
      for (let column = Math.ceil(minX / spacingMm); column * spacingMm <= maxX; column++) {
        const x = column * spacingMm
        const y = row * spacingMm
        if (isInRegion(outline, x, y)) consider(x, y)
      }
    }
    return points
  }

  private isCarried(x: number, y: number, zMm: number): boolean {
    const nearMm = NEAR_SHARE * this.spacingMm
    return this.recent.some((tip) => (tip.x - x) ** 2 + (tip.y - y) ** 2 + (tip.zMm - zMm) ** 2 < nearMm * nearMm)
  }
}

/** Points along a contour, its first corner first. */
function walk(contour: Contour, stepMm: number, visit: (x: number, y: number) => void): void {
  const n = contour.length
  let leftMm = 0
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n
    const [dx, dy] = [contour[j] - contour[i], contour[j + 1] - contour[i + 1]]
    const lengthMm = Math.hypot(dx, dy)
    let at = leftMm
    for (; at < lengthMm; at += stepMm) visit(contour[i] + (dx * at) / lengthMm, contour[i + 1] + (dy * at) / lengthMm)
    leftMm = at - lengthMm
  }
}
