import type { Clipper } from '../../geometry/clipper'
import { isInRegion } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { EdgeIndex, type BoundaryPlace } from './edge-index'

/** A way inside an island, from one point to another. */
export interface CombedWay {
  /** Corners between the two points, xy pairs, mm. */
  readonly corners: readonly number[]
  readonly lengthMm: number
}

/** Share of the inset that a straightened way may come nearer to the outline than the way along it. */
const STRAIGHTEN_INSET = 0.7
/** Longer ways along the outline are not looked for, mm. */
const MAX_WAY_MM = 150

/**
 * Finds ways for travels inside an island that don't cross its outline: straight where nothing is between, else along the
 * boundary of the island's inset, on the shorter side of each hole or bay. What it needs is made when it is first needed.
 */
export class CombIsland {
  private readonly outline: EdgeIndex
  private insets: { readonly walk: EdgeIndex; readonly clear: EdgeIndex; readonly lengths: readonly Float64Array[] } | undefined

  constructor(region: Region, private readonly options: { readonly insetMm: number; readonly clipper: Clipper }) {
    this.outline = new EdgeIndex(region)
  }

  get region(): Region {
    return this.outline.region
  }

  /** The way from a to b; undefined when there is none inside, or only a very long one. */
  way(ax: number, ay: number, bx: number, by: number): CombedWay | undefined {
    if (!this.outline.isCrossed(ax, ay, bx, by)) return { corners: [], lengthMm: Math.hypot(bx - ax, by - ay) }
    const { walk, clear, lengths } = this.makeInsets()
    const from = placeInside(walk, ax, ay)
    const to = placeInside(walk, bx, by)
    if (from === undefined || to === undefined) return undefined
    const walked = walkAround({ walk, lengths }, from, to)
    if (walked === undefined) return undefined
    const corners = this.straighten([ax, ay, ...walked, bx, by], clear)
    return corners && { corners: corners.slice(2, -2), lengthMm: lengthOf(corners) }
  }

  private makeInsets() {
    const { insetMm, clipper } = this.options
    if (this.insets !== undefined) return this.insets
    const walk = new EdgeIndex(clipper.offset(this.region, -insetMm))
    const clear = new EdgeIndex(clipper.offset(this.region, -insetMm * STRAIGHTEN_INSET))
    this.insets = { walk, clear, lengths: walk.region.map(cumulativeLength) }
    return this.insets
  }

  /** Leaves corners out as long as the line stays clear of the outline; undefined when a line left crosses it after all. */
  private straighten(way: readonly number[], clear: EdgeIndex): number[] | undefined {
    const kept = [way[0], way[1]]
    const count = way.length / 2
    for (let anchor = 0; anchor < count - 1; ) {
      let next = anchor + 1
      while (next + 1 < count && !clear.isCrossed(way[2 * anchor], way[2 * anchor + 1], way[2 * next + 2], way[2 * next + 3])) next++
      if (this.outline.isCrossed(way[2 * anchor], way[2 * anchor + 1], way[2 * next], way[2 * next + 1])) return undefined
      kept.push(way[2 * next], way[2 * next + 1])
      anchor = next
    }
    return kept
  }
}

interface InsidePlace {
  readonly x: number
  readonly y: number
  /** Set when the point itself lies outside the inset, and this is the place on its boundary nearest to it. */
  readonly onBoundary?: BoundaryPlace
}

function placeInside(walk: EdgeIndex, x: number, y: number): InsidePlace | undefined {
  if (isInRegion(walk.region, x, y)) return { x, y }
  const place = walk.nearestPlace(x, y)
  return place && { x: place.x, y: place.y, onBoundary: place }
}

/** The straight line from one place to the other, but around along the boundary wherever it leaves the inset. */
function walkAround({ walk, lengths }: { walk: EdgeIndex; lengths: readonly Float64Array[] }, from: InsidePlace, to: InsidePlace): number[] | undefined {
  const stops: BoundaryPlace[] = walk.crossings(from.x, from.y, to.x, to.y)
  if (from.onBoundary) stops.unshift(from.onBoundary)
  if (to.onBoundary) stops.push(to.onBoundary)
  const way = [from.x, from.y]
  let leftMm = MAX_WAY_MM
  for (let i = 0; i < stops.length; ) {
    let last = i
    for (let k = stops.length - 1; k > i; k--) {
      if (stops[k].contour !== stops[i].contour) continue
      last = k
      break
    }
    if (last > i) {
      leftMm -= walkContour(stops[i], stops[last], { contour: walk.region[stops[i].contour], lengths: lengths[stops[i].contour], leftMm, way })
      if (leftMm < 0) return undefined
    }
    i = last + 1
  }
  way.push(to.x, to.y)
  return way
}

/** Appends the shorter way along a contour; returns its length, Infinity when it is too long to be of use. */
function walkContour(a: BoundaryPlace, b: BoundaryPlace, { contour, lengths, leftMm, way }: { contour: Float64Array; lengths: Float64Array; leftMm: number; way: number[] }): number {
  const n = contour.length / 2
  const along = (place: BoundaryPlace) => lengths[place.edge] + Math.hypot(place.x - contour[2 * place.edge], place.y - contour[2 * place.edge + 1])
  const perimeter = lengths[n]
  const forwardMm = (along(b) - along(a) + perimeter) % perimeter
  const isForward = forwardMm <= perimeter - forwardMm
  const lengthMm = Math.min(forwardMm, perimeter - forwardMm)
  if (lengthMm > leftMm) return Infinity
  way.push(a.x, a.y)
  const isAhead = isForward ? along(b) >= along(a) : along(a) >= along(b)
  const [low, high] = isForward ? [a.edge, b.edge] : [b.edge, a.edge]
  const corners = low === high && isAhead ? 0 : (high - low + n) % n || n
  for (let k = 0; k < corners; k++) {
    const corner = (low + 1 + (isForward ? k : corners - 1 - k)) % n
    way.push(contour[2 * corner], contour[2 * corner + 1])
  }
  way.push(b.x, b.y)
  return lengthMm
}

function cumulativeLength(contour: Float64Array): Float64Array {
  const n = contour.length / 2
  const lengths = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) {
    const j = i + 1 < n ? 2 * i + 2 : 0
    lengths[i + 1] = lengths[i] + Math.hypot(contour[j] - contour[2 * i], contour[j + 1] - contour[2 * i + 1])
  }
  return lengths
}

function lengthOf(way: readonly number[]): number {
  let sum = 0
  for (let i = 2; i < way.length; i += 2) sum += Math.hypot(way[i] - way[i - 2], way[i + 1] - way[i - 1])
  return sum
}
