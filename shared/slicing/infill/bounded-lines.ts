import type { Region } from '../../geometry/region'

/** Lines inside a region that begin and end on its boundary. End 2i is the first point of line i, end 2i + 1 its last. */
export interface BoundedLines {
  readonly region: Region
  readonly count: number
  /** xy pairs of all lines, mm. */
  readonly points: Float64Array
  /** Index of the first point of each line, length count + 1. */
  readonly firstPoint: Uint32Array
  /** Contour and edge of the region that each end lies on, and its place on that edge, 0..1. */
  readonly endContour: Uint32Array
  readonly endEdge: Uint32Array
  readonly endShare: Float64Array
  /** Which scan line or wave each line is part of; neighbours differ by 1. */
  readonly row: Int32Array
}

/** For each end, its neighbours along the boundary and how far they are. */
export interface BoundaryRing {
  /** The end that follows in the direction of the contour, and the one before. */
  readonly next: Int32Array
  readonly previous: Int32Array
  /** Length of boundary to `next`, mm. */
  readonly toNextMm: Float64Array
}

/** Finds the neighbours of every line end along the region's boundary. */
export function boundaryRing(lines: BoundedLines): BoundaryRing {
  const ends = 2 * lines.count
  const along = placesAlong(lines)
  const order = Uint32Array.from({ length: ends }, (_, end) => end)
  order.sort((a, b) => lines.endContour[a] - lines.endContour[b] || along.placeMm[a] - along.placeMm[b] || a - b)
  const next = new Int32Array(ends)
  const previous = new Int32Array(ends)
  const toNextMm = new Float64Array(ends)
  for (let from = 0; from < ends; ) {
    const contour = lines.endContour[order[from]]
    let to = from
    while (to < ends && lines.endContour[order[to]] === contour) to++
    for (let i = from; i < to; i++) {
      const end = order[i]
      const following = order[i + 1 < to ? i + 1 : from]
      next[end] = following
      previous[following] = end
      toNextMm[end] = along.placeMm[following] - along.placeMm[end] + (i + 1 < to ? 0 : along.perimeterMm[contour])
    }
    from = to
  }
  return { next, previous, toNextMm }
}

/** Distance of each end from its contour's first point along the contour. */
function placesAlong(lines: BoundedLines): { placeMm: Float64Array; perimeterMm: Float64Array } {
  const cumulative = lines.region.map(cumulativeLength)
  const placeMm = new Float64Array(2 * lines.count)
  for (let end = 0; end < placeMm.length; end++) {
    const lengths = cumulative[lines.endContour[end]]
    const edge = lines.endEdge[end]
    placeMm[end] = lengths[edge] + lines.endShare[end] * (lengths[edge + 1] - lengths[edge])
  }
  return { placeMm, perimeterMm: Float64Array.from(cumulative, (lengths) => lengths[lengths.length - 1]) }
}

function cumulativeLength(contour: Float64Array): Float64Array {
  const n = contour.length / 2
  const lengths = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) {
    const j = i + 1 < n ? i + 1 : 0
    const dx = contour[2 * j] - contour[2 * i]
    const dy = contour[2 * j + 1] - contour[2 * i + 1]
    lengths[i + 1] = lengths[i] + Math.sqrt(dx * dx + dy * dy)
  }
  return lengths
}

/** Collects the points of one polyline out of lines and the stretches of boundary between them. */
export class ChainPoints {
  private values: number[] = []
  private readonly lines: BoundedLines

  constructor(lines: BoundedLines) {
    this.lines = lines
  }

  get isEmpty(): boolean {
    return this.values.length === 0
  }

  /** Appends a whole line, entered at an end. */
  addLine(enterEnd: number): void {
    const { points, firstPoint } = this.lines
    const line = enterEnd >> 1
    const from = firstPoint[line]
    const to = firstPoint[line + 1]
    if ((enterEnd & 1) === 0) for (let p = from; p < to; p++) this.add(points[2 * p], points[2 * p + 1])
    else for (let p = to - 1; p >= from; p--) this.add(points[2 * p], points[2 * p + 1])
  }

  /** Appends the boundary's corners between two neighbouring ends, walking with or against the contour. */
  addBoundary(from: number, to: number, isForward: boolean): void {
    const { region, endContour, endEdge, endShare } = this.lines
    const contour = region[endContour[from]]
    const n = contour.length / 2
    const [a, b] = isForward ? [from, to] : [to, from]
    const isSameEdge = endEdge[a] === endEdge[b] && endShare[a] <= endShare[b]
    const corners = isSameEdge ? 0 : (endEdge[b] - endEdge[a] + n) % n || n
    for (let i = 0; i < corners; i++) {
      const corner = (endEdge[a] + 1 + (isForward ? i : corners - 1 - i)) % n
      this.add(contour[2 * corner], contour[2 * corner + 1])
    }
  }

  /** Goes along the boundary from an end, so far with the contour (negative: against it); `isBefore` puts it in front, ending at the end. */
  addAnchor(end: number, alongMm: number, isBefore: boolean): void {
    const { region, endContour, endEdge, endShare } = this.lines
    const contour = region[endContour[end]]
    const n = contour.length / 2
    const isForward = alongMm > 0
    const edge = endEdge[end]
    const share = endShare[end]
    const cornerOf = (i: number) => [contour[2 * i], contour[2 * i + 1]] as const
    const [ax, ay] = cornerOf(edge)
    const [bx, by] = cornerOf((edge + 1) % n)
    let [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)]
    const way: number[] = [x, y]
    let left = Math.abs(alongMm)
    for (let k = 0; left > 0 && k <= n; k++) {
      const [cx, cy] = cornerOf(isForward ? (edge + 1 + k) % n : (edge - k + n) % n)
      const length = Math.hypot(cx - x, cy - y)
      const part = length > left ? left / length : 1
      x += part * (cx - x)
      y += part * (cy - y)
      way.push(x, y)
      left -= length
    }
    if (isBefore) for (let i = way.length - 2; i >= 0; i -= 2) this.add(way[i], way[i + 1])
    else for (let i = 0; i < way.length; i += 2) this.add(way[i], way[i + 1])
  }

  /** The polyline so far, or nothing when it is shorter than asked; begins anew. */
  take(minLengthMm: number): Float64Array | undefined {
    const line = Float64Array.from(this.values)
    this.values = []
    return lengthMm(line) >= minLengthMm ? line : undefined
  }

  private add(xMm: number, yMm: number): void {
    const { values } = this
    const n = values.length
    if (n >= 2 && Math.abs(values[n - 2] - xMm) < 1e-6 && Math.abs(values[n - 1] - yMm) < 1e-6) return
    values.push(xMm, yMm)
  }
}

function lengthMm(line: Float64Array): number {
  let sum = 0
  for (let i = 2; i < line.length; i += 2) {
    const dx = line[i] - line[i - 2]
    const dy = line[i + 1] - line[i - 1]
    sum += Math.sqrt(dx * dx + dy * dy)
  }
  return sum
}
