import type { Polyline } from '../../geometry/region'
import { boundaryRing, ChainPoints, type BoundaryRing, type BoundedLines } from './bounded-lines'
import { isForwardLink, type ChainOptions } from './chain-lines'

/** Interval of a line across the sweep, and the lines of the next row that overlap it. */
interface Sweep {
  /** First and last-but-one line of the next row that touch line i. */
  readonly aboveFrom: Uint32Array
  readonly aboveTo: Uint32Array
  /** How many lines of the row below must still be laid before line i. */
  readonly waitsFor: Uint32Array
}

/**
 * Orders scan lines in sweep direction: a line comes after all the lines of the row before that lie beside it, so that no
 * line is ever laid into a gap. Lines are sorted by row, then across (`acrossFrom` to `acrossTo`). Neighbours are joined along the boundary where that keeps the order.
 */
export function sweepLines(lines: BoundedLines, across: { readonly from: Float64Array; readonly to: Float64Array }, options: ChainOptions): Polyline[] {
  const ring = boundaryRing(lines)
  const sweep = findNeighbours(lines, across)
  const points = new ChainPoints(lines)
  const chains: Polyline[] = []
  const ready = new ReadyLines(lines)
  for (let line = 0; line < lines.count; line++) if (sweep.waitsFor[line] === 0) ready.add(line)
  for (let enter = ready.takeFirst(); enter >= 0; enter = ready.takeNearest(enter)) {
    for (;;) {
      points.addLine(enter)
      lay(enter >> 1, sweep, ready)
      const leave = enter ^ 1
      const linked = nextLink(leave, { lines, ring, ready, maxLinkMm: options.maxLinkMm })
      if (linked < 0) {
        enter = leave
        break
      }
      points.addBoundary(leave, linked, isForwardLink(leave, linked, ring))
      ready.remove(linked >> 1)
      enter = linked
    }
    const chain = points.take(options.minLengthMm)
    if (chain !== undefined) chains.push(chain)
  }
  return chains
}

function lay(line: number, sweep: Sweep, ready: ReadyLines): void {
  for (let above = sweep.aboveFrom[line]; above < sweep.aboveTo[line]; above++) {
    sweep.waitsFor[above]--
    if (sweep.waitsFor[above] === 0) ready.add(above)
  }
}

function findNeighbours(lines: BoundedLines, { from, to }: { readonly from: Float64Array; readonly to: Float64Array }): Sweep {
  const { count, row } = lines
  const aboveFrom = new Uint32Array(count)
  const aboveTo = new Uint32Array(count)
  const waitsFor = new Uint32Array(count)
  for (let line = 0, above = 0; line < count; line++) {
    while (above < count && (row[above] <= row[line] || (row[above] === row[line] + 1 && to[above] < from[line]))) above++
    let end = above
    for (; end < count && row[end] === row[line] + 1 && from[end] <= to[line]; end++) waitsFor[end]++
    aboveFrom[line] = above
    aboveTo[line] = end
  }
  return { aboveFrom, aboveTo, waitsFor }
}

/** The end of the next row's line that is joined along the boundary, if that line may be laid now; else -1. */
function nextLink(end: number, context: { lines: BoundedLines; ring: BoundaryRing; ready: ReadyLines; maxLinkMm: number }): number {
  const { lines, ring, ready, maxLinkMm } = context
  const row = lines.row[end >> 1] + 1
  const next = ring.next[end]
  if (ring.toNextMm[end] <= maxLinkMm && lines.row[next >> 1] === row && ready.has(next >> 1)) return next
  const previous = ring.previous[end]
  return ring.toNextMm[previous] <= maxLinkMm && lines.row[previous >> 1] === row && ready.has(previous >> 1) ? previous : -1
}

/** The lines that may be laid now. */
class ReadyLines {
  private readonly list: number[] = []
  private readonly place: Int32Array
  private readonly lines: BoundedLines

  constructor(lines: BoundedLines) {
    this.lines = lines
    this.place = new Int32Array(lines.count).fill(-1)
  }

  has(line: number): boolean {
    return this.place[line] >= 0
  }

  add(line: number): void {
    this.place[line] = this.list.length
    this.list.push(line)
  }

  remove(line: number): void {
    const at = this.place[line]
    const last = this.list.pop()
    this.place[line] = -1
    if (last === undefined || last === line) return
    this.list[at] = last
    this.place[last] = at
  }

  /** The first end of the line that was added first; -1 when there is none. */
  takeFirst(): number {
    const line = this.list[0]
    if (line === undefined) return -1
    this.remove(line)
    return 2 * line
  }

  /** The free line end nearest to an end; -1 when there is none. */
  takeNearest(from: number): number {
    const { points, firstPoint } = this.lines
    const pointOf = (end: number) => ((end & 1) === 0 ? firstPoint[end >> 1] : firstPoint[(end >> 1) + 1] - 1)
    const at = pointOf(from)
    let nearest = -1
    let least = Infinity
    for (const line of this.list) {
      for (let end = 2 * line; end <= 2 * line + 1; end++) {
        const p = pointOf(end)
        const dx = points[2 * p] - points[2 * at]
        const dy = points[2 * p + 1] - points[2 * at + 1]
        const distance = dx * dx + dy * dy
        if (distance > least || (distance === least && end > nearest)) continue
        least = distance
        nearest = end
      }
    }
    if (nearest >= 0) this.remove(nearest >> 1)
    return nearest
  }
}
