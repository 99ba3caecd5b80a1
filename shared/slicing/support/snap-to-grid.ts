import { regionCrossings } from '../../geometry/region-crossings'
import type { Clipper } from '../../geometry/clipper'
import { contourBox } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'

/** All cells of a square grid, anchored to the machine's origin, that a region touches, as one region. */
export function snapToGrid(region: Region, cellMm: number, clipper: Clipper): Region {
  const cells = new CellRows(cellMm)
  for (const contour of region) cells.touchEdges(contour)
  cells.fillInside(region)
  return clipper.union(cells.rectangles())
}

/** Columns that are taken, by row. */
class CellRows {
  private readonly rows = new Map<number, Set<number>>()

  constructor(private readonly cellMm: number) {}

  /** Takes every cell that a contour's edges go through. */
  touchEdges(contour: Float64Array): void {
    const n = contour.length
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) this.touchEdge(contour[j], contour[j + 1], contour[i], contour[i + 1])
  }

  private touchEdge(ax: number, ay: number, bx: number, by: number): void {
    const { cellMm } = this
    const first = Math.floor(Math.min(ay, by) / cellMm)
    const last = Math.floor(Math.max(ay, by) / cellMm)
    for (let row = first; row <= last; row++) {
      const at = (yMm: number) => (ay === by ? 0 : Math.min(1, Math.max(0, (yMm - ay) / (by - ay))))
      const [t, u] = ay === by ? [0, 1] : [at(row * cellMm), at((row + 1) * cellMm)]
      const [x, end] = [ax + t * (bx - ax), ax + u * (bx - ax)]
      this.take(row, Math.floor(Math.min(x, end) / cellMm), Math.floor(Math.max(x, end) / cellMm))
    }
  }

  /** Takes every cell whose middle is inside. */
  fillInside(region: Region): void {
    const { cellMm } = this
    const boxes = region.map(contourBox)
    const first = Math.floor(Math.min(...boxes.map((box) => box[1])) / cellMm)
    const last = Math.floor(Math.max(...boxes.map((box) => box[3])) / cellMm)
    for (let row = first; row <= last; row++) {
      const xs = regionCrossings(region, (row + 0.5) * cellMm)
      for (let k = 0; k + 1 < xs.length; k += 2) this.take(row, Math.ceil(xs[k] / cellMm - 0.5), Math.floor(xs[k + 1] / cellMm - 0.5))
    }
  }

  private take(row: number, from: number, to: number): void {
    const columns = this.rows.get(row) ?? new Set<number>()
    this.rows.set(row, columns)
    for (let column = from; column <= to; column++) columns.add(column)
  }

  /** Runs of cells beside each other, each as a rectangle. */
  rectangles(): Region {
    const { cellMm } = this
    return [...this.rows].flatMap(([row, columns]) => {
      const sorted = [...columns].sort((a, b) => a - b)
      const starts = sorted.filter((column) => !columns.has(column - 1))
      const ends = sorted.filter((column) => !columns.has(column + 1))
      const [bottom, top] = [row * cellMm, (row + 1) * cellMm]
      return starts.map((start, i) => Float64Array.of(start * cellMm, bottom, (ends[i] + 1) * cellMm, bottom, (ends[i] + 1) * cellMm, top, start * cellMm, top))
    })
  }
}
