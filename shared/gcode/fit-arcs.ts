import { ROLE, type Toolpath } from '../toolpath/toolpath'

/** Lines along an arc, or along one straight line: moves `firstMove` to before `endMove`. mm. */
export interface FittedArc {
  readonly firstMove: number
  readonly endMove: number
  readonly centreX: number
  readonly centreY: number
  readonly isClockwise: boolean
  /** One line takes their place; the centre says nothing. */
  readonly isStraight: boolean
}

/** A line alone is no shorter as an arc; two are, by a quarter. */
const LEAST_MOVES = 2
/** Where a run can't be longer, one that is by so many moves still may: corners of a zigzag lie on both sides of its arc. */
const LOOK_AHEAD = 3
const RADII_MM = [0.2, 1000] as const
/** A whole turn can't be told from none by its ends; a wide arc's centre hangs on rounding. */
const MOST_RAD = 5
/** Volume per length of lines that make one arc may differ by this part. */
const SAME_FLOW = 0.01
/** Ends and centre are rounded to a micrometre, mm. */
const ROUNDING_MM = 0.002

/**
 * Finds runs of lines that lie along an arc or a straight line within a tolerance (both ways: corners from the arc and the arc from the
 * lines), of one role, width, feed, height and flow, and not across a layer or an event. The arcs pass through the ends of the first and last line.
 */
export function fitArcs(toolpath: Toolpath, toleranceMm: number): FittedArc[] {
  const arcs: FittedArc[] = []
  const fit = new ArcFit(toolpath.points, Math.max(0.001, toleranceMm - ROUNDING_MM))
  const breaks = breaksOf(toolpath)
  for (let from = 0; from < toolpath.moveCount; ) {
    const end = runEnd(toolpath, from, breaks)
    for (let i = from; i + LEAST_MOVES <= end; ) {
      const last = longest(i, end, fit)
      if (last > i) {
        fit.try(i, last)
        arcs.push({ firstMove: i, endMove: last, centreX: fit.x, centreY: fit.y, isClockwise: fit.isClockwise, isStraight: fit.isStraight })
        i = last
      } else i++
    }
    from = Math.max(end, from + 1)
  }
  return arcs
}

function breaksOf({ layers, events, moveCount }: Toolpath): Uint8Array {
  const breaks = new Uint8Array(moveCount + 1)
  for (const { firstMove } of layers) breaks[firstMove] = 1
  for (const { atMove } of events) breaks[atMove] = 1
  return breaks
}

/** End of the lines from a move on that are alike. */
function runEnd(toolpath: Toolpath, from: number, breaks: Uint8Array): number {
  const { role, feedMmPerS, widthMm, moveCount } = toolpath
  if ((role[from] as number) <= ROLE.unretract) return from
  const flow = flowOf(toolpath, from)
  let i = from
  for (; i < moveCount; i++) {
    if (i > from && (breaks[i] === 1 || role[i] !== role[from] || feedMmPerS[i] !== feedMmPerS[from] || widthMm[i] !== widthMm[from])) break
    if (!(Math.abs(flowOf(toolpath, i) - flow) <= SAME_FLOW * flow)) break
  }
  return i
}

/** Volume per length; NaN for a move that isn't level or has no length. */
function flowOf({ points, volumeMm3 }: Toolpath, i: number): number {
  const p = 3 * i
  const length = Math.hypot((points[p + 3] as number) - (points[p] as number), (points[p + 4] as number) - (points[p + 1] as number))
  return points[p + 2] !== points[p + 5] || length === 0 ? NaN : (volumeMm3[i] as number) / length
}

/** The farthest end of an arc from a move on, or the move itself: steps that double while it fits, then halves between. */
function longest(first: number, end: number, fit: ArcFit): number {
  if (!fit.try(first, first + LEAST_MOVES)) return first
  let good = first + LEAST_MOVES
  let bad = end + 1
  for (let step = 2; good < end; step *= 2) {
    const next = Math.min(end, good + step)
    if (fit.try(first, next)) good = next
    else {
      bad = next
      break
    }
  }
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (middle <= end && fit.try(first, middle)) good = middle
    else bad = middle
  }
  for (let next = good + 2; next <= Math.min(end, good + 1 + LOOK_AHEAD); next++) if (fit.try(first, next)) good = next
  return good
}

/** The arc through two points that lies nearest to those between them. */
class ArcFit {
  x = 0
  y = 0
  isClockwise = false
  isStraight = false

  constructor(
    private readonly points: Float32Array,
    private readonly toleranceMm: number,
  ) {}

  /** Fits the moves `first` to before `end`; says whether the tolerance is kept. */
  try(first: number, end: number): boolean {
    const { points } = this
    const [ax, ay] = [points[3 * first] as number, points[3 * first + 1] as number]
    const [bx, by] = [points[3 * end] as number, points[3 * end + 1] as number]
    const chord = Math.hypot(bx - ax, by - ay)
    this.isStraight = false
    if (chord < 1e-3) return false
    if (this.isAlongChord(first, end)) return (this.isStraight = true)
    const [mx, my] = [(ax + bx) / 2, (ay + by) / 2]
    const [nx, ny] = [-(by - ay) / chord, (bx - ax) / chord]
    // |p - m|² - chord²/4 = 2 t (p - m)·n for each point on a circle with its centre at m + t n: least squares for t.
    let [above, below] = [0, 0]
    for (let i = first + 1; i < end; i++) {
      const [dx, dy] = [(points[3 * i] as number) - mx, (points[3 * i + 1] as number) - my]
      const across = dx * nx + dy * ny
      above += ((dx * dx + dy * dy - (chord * chord) / 4) / 2) * across
      below += across * across
    }
    if (below === 0) return false
    const t = above / below
    this.x = mx + t * nx
    this.y = my + t * ny
    return this.isNear(first, end)
  }

  /** Whether all points lie along the straight line between the first and the last, each farther on. */
  private isAlongChord(first: number, end: number): boolean {
    const { points, toleranceMm } = this
    const [ax, ay] = [points[3 * first] as number, points[3 * first + 1] as number]
    const [dx, dy] = [(points[3 * end] as number) - ax, (points[3 * end + 1] as number) - ay]
    const chord = Math.hypot(dx, dy)
    let before = 0
    for (let i = first + 1; i < end; i++) {
      const [x, y] = [(points[3 * i] as number) - ax, (points[3 * i + 1] as number) - ay]
      const along = x * dx + y * dy
      if (along < before || Math.abs(x * dy - y * dx) > toleranceMm * chord) return false
      before = along
    }
    return before <= chord * chord
  }

  private isNear(first: number, end: number): boolean {
    const { points, toleranceMm, x, y } = this
    let [px, py] = [(points[3 * first] as number) - x, (points[3 * first + 1] as number) - y]
    const radius = Math.hypot(px, py)
    if (radius < RADII_MM[0] || radius > RADII_MM[1]) return false
    let turn = 0
    let length = 0
    for (let i = first + 1; i <= end; i++) {
      const [qx, qy] = [(points[3 * i] as number) - x, (points[3 * i + 1] as number) - y]
      const cross = px * qy - py * qx
      if (turn === 0) turn = Math.sign(cross)
      if (cross * turn <= 0 || px * qx + py * qy <= 0) return false
      if (Math.abs(Math.hypot(qx, qy) - radius) > toleranceMm || Math.abs(radius - Math.hypot(px + qx, py + qy) / 2) > toleranceMm) return false
      length += Math.hypot(qx - px, qy - py)
      ;[px, py] = [qx, qy]
    }
    this.isClockwise = turn < 0
    return length <= MOST_RAD * radius
  }
}
