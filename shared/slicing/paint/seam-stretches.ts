import type { Contour } from '../../geometry/region'
import type { PlannedLayer } from '../planned-layer'

/** Places on a contour this far apart are looked at, mm. */
const STEP_MM = 0.25
/** Lines of the painted surface are looked up by squares of this size, mm. */
const CELL_MM = 2

/** A place where a wall may begin; a corner of the contour, or between two. */
export interface SeamPlace {
  readonly edge: number
  readonly x: number
  readonly y: number
  readonly isCorner: boolean
}

/** Says where on a wall the paint lets its seam be. */
export class PaintedSeam {
  private readonly enforced: LineGrid
  private readonly blocked: LineGrid

  /** @param reachMm how far a wall's line runs inside the surface, with room */
  constructor(marks: NonNullable<PlannedLayer['seam']>, reachMm: number) {
    this.enforced = new LineGrid(marks.enforced, reachMm)
    this.blocked = new LineGrid(marks.blocked, reachMm)
  }

  /** The places that are enforced, else those that aren't blocked, in their order along the contour; undefined where paint says nothing, or blocks all. */
  places(contour: Contour): { readonly places: readonly SeamPlace[]; readonly isEnforced: boolean } | undefined {
    const all = placesOn(contour)
    const free = all.filter(({ x, y }) => !this.blocked.isNear(x, y))
    const enforced = free.filter(({ x, y }) => this.enforced.isNear(x, y))
    if (enforced.length > 0) return { places: enforced, isEnforced: true }
    return free.length === all.length || free.length === 0 ? undefined : { places: free, isEnforced: false }
  }
}

function placesOn(contour: Contour): SeamPlace[] {
  const places: SeamPlace[] = []
  for (let i = 0; i < contour.length; i += 2) {
    const j = i + 2 < contour.length ? i + 2 : 0
    const [x, y, dx, dy] = [contour[i] as number, contour[i + 1] as number, (contour[j] as number) - (contour[i] as number), (contour[j + 1] as number) - (contour[i + 1] as number)]
    const count = Math.max(1, Math.ceil(Math.hypot(dx, dy) / STEP_MM))
    for (let k = 0; k < count; k++) places.push({ edge: i / 2, x: x + (dx * k) / count, y: y + (dy * k) / count, isCorner: k === 0 })
  }
  return places
}

/** Lines (x, y, x, y each) that are found by where they are. */
class LineGrid {
  private readonly cells = new Map<string, number[]>()

  constructor(
    private readonly lines: Float64Array,
    private readonly reachMm: number,
  ) {
    for (let at = 0; at < lines.length; at += 4) {
      const cell = (mm: number) => Math.floor(mm / CELL_MM)
      const [x0, y0, x1, y1] = [lines[at] as number, lines[at + 1] as number, lines[at + 2] as number, lines[at + 3] as number]
      for (let i = cell(Math.min(x0, x1) - reachMm); i <= cell(Math.max(x0, x1) + reachMm); i++) {
        for (let j = cell(Math.min(y0, y1) - reachMm); j <= cell(Math.max(y0, y1) + reachMm); j++) {
          const key = `${i} ${j}`
          const list = this.cells.get(key)
          if (list === undefined) this.cells.set(key, [at])
          else list.push(at)
        }
      }
    }
  }

  isNear(x: number, y: number): boolean {
    const list = this.cells.size === 0 ? undefined : this.cells.get(`${Math.floor(x / CELL_MM)} ${Math.floor(y / CELL_MM)}`)
    return list?.some((at) => this.distance(at, x, y) <= this.reachMm) === true
  }

  private distance(at: number, x: number, y: number): number {
    const { lines } = this
    const [x0, y0] = [lines[at] as number, lines[at + 1] as number]
    const [dx, dy] = [(lines[at + 2] as number) - x0, (lines[at + 3] as number) - y0]
    const length2 = dx * dx + dy * dy
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length2))
    return Math.hypot(x - x0 - share * dx, y - y0 - share * dy)
  }
}
