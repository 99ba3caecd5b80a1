import type { Region } from '../../geometry/region'

/** Edges in one box. */
const CHUNK = 16

/** A place on a region's boundary. */
export interface BoundaryPlace {
  readonly contour: number
  readonly edge: number
  readonly x: number
  readonly y: number
}

export interface BoundaryCrossing extends BoundaryPlace {
  /** Share of the way from the first point to the second. */
  readonly share: number
}

/** The edges of a region in boxes of sixteen, so that what is far from a line is passed over in one step. */
export class EdgeIndex {
  /** minX, minY, maxX, maxY of each box. */
  private readonly boxes: Float64Array
  private readonly boxContour: Uint32Array
  private readonly boxFirstEdge: Uint32Array

  constructor(readonly region: Region) {
    const count = region.reduce((sum, contour) => sum + Math.ceil(contour.length / 2 / CHUNK), 0)
    this.boxes = new Float64Array(4 * count)
    this.boxContour = new Uint32Array(count)
    this.boxFirstEdge = new Uint32Array(count)
    let b = 0
    region.forEach((contour, c) => {
      for (let edge = 0; edge < contour.length / 2; edge += CHUNK) {
        this.boxContour[b] = c
        this.boxFirstEdge[b] = edge
        this.measureBox(b++)
      }
    })
  }

  /** Whether a line crosses the boundary. */
  isCrossed(ax: number, ay: number, bx: number, by: number): boolean {
    return this.visit([ax, ay, bx, by], () => true)
  }

  /** All crossings of a line with the boundary, from its first point on. */
  crossings(ax: number, ay: number, bx: number, by: number): BoundaryCrossing[] {
    const found: BoundaryCrossing[] = []
    this.visit([ax, ay, bx, by], (contour, edge, share) => {
      found.push({ contour, edge, share, x: ax + share * (bx - ax), y: ay + share * (by - ay) })
      return false
    })
    return found.sort((a, b) => a.share - b.share)
  }

  /** The place on the boundary that is nearest to a point; undefined when there is no boundary. */
  nearestPlace(x: number, y: number): BoundaryPlace | undefined {
    let best: BoundaryPlace | undefined
    let least = Infinity
    for (let b = 0; b < this.boxContour.length; b++) {
      const outX = Math.max(this.boxes[4 * b] - x, x - this.boxes[4 * b + 2], 0)
      const outY = Math.max(this.boxes[4 * b + 1] - y, y - this.boxes[4 * b + 3], 0)
      if (outX * outX + outY * outY >= least) continue
      const contour = this.region[this.boxContour[b]]
      for (let edge = this.boxFirstEdge[b], end = this.endOf(b); edge < end; edge++) {
        const i = 2 * edge
        const j = i + 2 < contour.length ? i + 2 : 0
        const dx = contour[j] - contour[i]
        const dy = contour[j + 1] - contour[i + 1]
        const length2 = dx * dx + dy * dy
        const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - contour[i]) * dx + (y - contour[i + 1]) * dy) / length2))
        const px = contour[i] + share * dx
        const py = contour[i + 1] + share * dy
        const distance2 = (px - x) ** 2 + (py - y) ** 2
        if (distance2 >= least) continue
        least = distance2
        best = { contour: this.boxContour[b], edge, x: px, y: py }
      }
    }
    return best
  }

  private visit([ax, ay, bx, by]: readonly [number, number, number, number], found: (contour: number, edge: number, share: number) => boolean): boolean {
    const [minX, maxX] = ax < bx ? [ax, bx] : [bx, ax]
    const [minY, maxY] = ay < by ? [ay, by] : [by, ay]
    const { boxes, region } = this
    for (let b = 0; b < this.boxContour.length; b++) {
      if (boxes[4 * b] > maxX || boxes[4 * b + 2] < minX || boxes[4 * b + 1] > maxY || boxes[4 * b + 3] < minY) continue
      const contour = region[this.boxContour[b]]
      const n = contour.length / 2
      const first = this.boxFirstEdge[b]
      let fromSide = (bx - ax) * (contour[2 * first + 1] - ay) - (by - ay) * (contour[2 * first] - ax)
      for (let edge = first, end = this.endOf(b); edge < end; edge++) {
        const i = 2 * edge
        const j = edge + 1 < n ? i + 2 : 0
        const toSide = (bx - ax) * (contour[j + 1] - ay) - (by - ay) * (contour[j] - ax)
        const isApart = fromSide > 0 !== toSide > 0
        fromSide = toSide
        if (!isApart) continue
        const ex = contour[j] - contour[i]
        const ey = contour[j + 1] - contour[i + 1]
        const sideA = ex * (ay - contour[i + 1]) - ey * (ax - contour[i])
        const sideB = ex * (by - contour[i + 1]) - ey * (bx - contour[i])
        if (sideA > 0 !== sideB > 0 && found(this.boxContour[b], edge, sideA / (sideA - sideB))) return true
      }
    }
    return false
  }

  private endOf(box: number): number {
    return Math.min(this.boxFirstEdge[box] + CHUNK, this.region[this.boxContour[box]].length / 2)
  }

  private measureBox(box: number): void {
    const contour = this.region[this.boxContour[box]]
    const n = contour.length / 2
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let k = this.boxFirstEdge[box], end = this.endOf(box); k <= end; k++) {
      const i = 2 * (k < n ? k : 0)
      minX = Math.min(minX, contour[i])
      maxX = Math.max(maxX, contour[i])
      minY = Math.min(minY, contour[i + 1])
      maxY = Math.max(maxY, contour[i + 1])
    }
    this.boxes.set([minX, minY, maxX, maxY], 4 * box)
  }
}
