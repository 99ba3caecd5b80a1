import { contourLength, regionArea } from '../../geometry/measure-contour'
import type { Polyline, Region } from '../../geometry/region'
import { splitIslands } from '../islands'
import { orderPoints } from '../order/order-points'
import type { BoundedLines } from './bounded-lines'
import { chainLines, chainOptions, JOINED, type ChainOptions, type Joining } from './chain-lines'
import { sweepLines } from './sweep-lines'

export interface ScanOptions {
  readonly spacingMm: number
  readonly angleDeg: number
  readonly widthMm: number
  readonly isMonotonic: boolean
  /** Spreads the lines so that the first and the last lie on the region's ends, instead of anchoring them to the machine's origin. */
  readonly isSolid: boolean
  /** How far the lines are moved across, mm; only where it isn't solid. */
  readonly shiftMm?: number
  /** Only where it isn't solid. */
  readonly joining?: Joining
}

/** Longest stretch of boundary that joins neighbouring lines, in spacings; where it is solid a long one also fills what the lines leave free. */
const MAX_LINK = 2.5
const MAX_SOLID_LINK = 5
/** Where no more rows than these fit, it matters where they lie. */
const FEW_GAPS = 4
/** Keeps the first and last row off the very end of the region, mm; well below the tolerance of a fill. */
const INSIDE_MM = 1e-3

/** Rows are at v = first + k · step, v being the direction across the lines. */
interface Rows {
  readonly cos: number
  readonly sin: number
  readonly firstV: number
  readonly stepMm: number
}

interface Crossings {
  readonly count: number
  readonly row: Int32Array
  readonly u: Float64Array
  readonly contour: Uint32Array
  readonly edge: Uint32Array
  readonly share: Float64Array
}

/** Straight parallel lines over a region, joined along its boundary; solid areas one after the other, each with rows of its own. */
export function scanLines(region: Region, options: ScanOptions): Polyline[] {
  if (!options.isSolid) {
    const chain = chainOptions(options.joining ?? JOINED, MAX_LINK * options.spacingMm, options.widthMm)
    return joinRows(cutRows(region, { ...axes(options), firstV: options.shiftMm ?? 0, stepMm: options.spacingMm }), options, chain)
  }
  const chain = chainOptions(JOINED, MAX_SOLID_LINK * options.spacingMm, options.widthMm)
  const areas = splitIslands(region)
  const middles = Float64Array.from(areas.flatMap(({ box }) => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]))
  return Array.from(orderPoints(middles, middles[0], middles[1])).flatMap((i) => joinRows(cutSolidRows(areas[i].outline, options), options, chain))
}

function joinRows({ lines, across }: CutRows, { isMonotonic }: ScanOptions, chain: ChainOptions): Polyline[] {
  return isMonotonic ? sweepLines(lines, across, chain) : chainLines(lines, chain)
}

interface CutRows {
  readonly lines: BoundedLines
  readonly across: { readonly from: Float64Array; readonly to: Float64Array }
}

function cutRows(region: Region, rows: Rows): CutRows {
  return pairCrossings(region, rows, crossRows(region, rows))
}

/**
 * Rows that begin and end on the region's ends. In a narrow region, whose ends may be tips that a row only touches, also
 * rows in the middle of as many strips; those whose lines come nearer to what has to be filled are taken.
 */
function cutSolidRows(region: Region, options: ScanOptions): CutRows {
  const { spacingMm } = options
  const axis = axes(options)
  const [minV, maxV] = extent(region, axis)
  const heightMm = maxV - minV
  const gaps = Math.floor(heightMm / spacingMm + 0.4)
  const centred = (strips: number) => cutRows(region, { ...axis, firstV: minV + heightMm / strips / 2, stepMm: heightMm / strips })
  if (gaps === 0) return centred(1)
  const spread = cutRows(region, { ...axis, firstV: minV + INSIDE_MM, stepMm: (heightMm - 2 * INSIDE_MM) / gaps })
  if (gaps > FEW_GAPS) return spread
  const neededMm = (regionArea(region) + (region.reduce((sum, contour) => sum + contourLength(contour), 0) * spacingMm) / 2) / spacingMm
  const error = ({ across }: CutRows) => Math.abs(across.to.reduce((sum, to, i) => sum + to - across.from[i], 0) - neededMm)
  return [centred(gaps), centred(gaps + 1)].reduce((best, other) => (error(other) < error(best) ? other : best), spread)
}

type Axis = Pick<Rows, 'cos' | 'sin'>

function axes({ angleDeg }: ScanOptions): Axis {
  const [cos, sin] = direction(angleDeg)
  return { cos, sin }
}

/** Least and greatest v of a region. */
function extent(region: Region, { cos, sin }: Axis): [number, number] {
  let minV = Infinity
  let maxV = -Infinity
  for (const contour of region) {
    for (let i = 0; i < contour.length; i += 2) {
      const v = cos * contour[i + 1] - sin * contour[i]
      if (v < minV) minV = v
      if (v > maxV) maxV = v
    }
  }
  return [minV, maxV]
}

/** Cosine and sine, exact at quarter turns. */
function direction(angleDeg: number): [number, number] {
  const turn = ((angleDeg % 360) + 360) % 360
  if (turn % 90 === 0) return [[1, 0], [0, 1], [-1, 0], [0, -1]][turn / 90] as [number, number]
  const rad = (turn * Math.PI) / 180
  return [Math.cos(rad), Math.sin(rad)]
}

/** Every crossing of an edge with a row; a corner on a row belongs to the side below it. */
function crossRows(region: Region, rows: Rows): Crossings {
  const capacity = countCrossings(region, rows)
  const crossings = { count: capacity, row: new Int32Array(capacity), u: new Float64Array(capacity), contour: new Uint32Array(capacity), edge: new Uint32Array(capacity), share: new Float64Array(capacity) }
  const { cos, sin, firstV, stepMm } = rows
  let count = 0
  region.forEach((contour, c) => {
    const n = contour.length / 2
    for (let e = 0; e < n; e++) {
      const a = 2 * e
      const b = e + 1 < n ? a + 2 : 0
      const v0 = cos * contour[a + 1] - sin * contour[a]
      const v1 = cos * contour[b + 1] - sin * contour[b]
      const k0 = Math.ceil((v0 - firstV) / stepMm)
      const k1 = Math.ceil((v1 - firstV) / stepMm)
      if (k0 === k1) continue
      const u0 = cos * contour[a] + sin * contour[a + 1]
      const u1 = cos * contour[b] + sin * contour[b + 1]
      const up = k1 > k0
      for (let k = up ? k0 : k1; k < (up ? k1 : k0); k++) {
        const share = Math.min(1, Math.max(0, (firstV + k * stepMm - v0) / (v1 - v0)))
        crossings.row[count] = k
        crossings.u[count] = u0 + share * (u1 - u0)
        crossings.contour[count] = c
        crossings.edge[count] = e
        crossings.share[count] = share
        count++
      }
    }
  })
  return crossings
}

function countCrossings(region: Region, { cos, sin, firstV, stepMm }: Rows): number {
  let count = 0
  for (const contour of region) {
    const last = contour.length - 2
    let before = last < 0 ? 0 : Math.ceil((cos * contour[last + 1] - sin * contour[last] - firstV) / stepMm)
    for (let i = 0; i < contour.length; i += 2) {
      const k = Math.ceil((cos * contour[i + 1] - sin * contour[i] - firstV) / stepMm)
      count += Math.abs(k - before)
      before = k
    }
  }
  return count
}

/** Sorts the crossings of each row across; the lines inside the region are between the first and second, third and fourth ... */
function pairCrossings(region: Region, rows: Rows, crossings: Crossings): CutRows {
  const order = sortCrossings(crossings)
  const count = order.length >> 1
  const points = new Float64Array(4 * count)
  const ends = 2 * count
  const across = { from: new Float64Array(count), to: new Float64Array(count) }
  const lines: BoundedLines = {
    region, count, points,
    firstPoint: Uint32Array.from({ length: count + 1 }, (_, i) => 2 * i),
    endContour: new Uint32Array(ends),
    endEdge: new Uint32Array(ends),
    endShare: new Float64Array(ends),
    row: new Int32Array(count),
  }
  for (let end = 0; end < ends; end++) {
    const c = order[end]
    const v = rows.firstV + crossings.row[c] * rows.stepMm
    points[2 * end] = rows.cos * crossings.u[c] - rows.sin * v
    points[2 * end + 1] = rows.sin * crossings.u[c] + rows.cos * v
    lines.endContour[end] = crossings.contour[c]
    lines.endEdge[end] = crossings.edge[c]
    lines.endShare[end] = crossings.share[c]
    if ((end & 1) === 0) across.from[end >> 1] = crossings.u[c]
    else across.to[end >> 1] = crossings.u[c]
    lines.row[end >> 1] = crossings.row[c]
  }
  return { lines, across }
}

/** Indices by row (counted into place), then by u (inserted, since a row has few). */
function sortCrossings({ count, row, u }: Crossings): Uint32Array {
  if (count === 0) return new Uint32Array(0)
  let minRow = Infinity
  let maxRow = -Infinity
  for (let i = 0; i < count; i++) {
    if (row[i] < minRow) minRow = row[i]
    if (row[i] > maxRow) maxRow = row[i]
  }
  const start = new Uint32Array(maxRow - minRow + 2)
  for (let i = 0; i < count; i++) start[row[i] - minRow + 1]++
  for (let r = 1; r < start.length; r++) start[r] += start[r - 1]
  const order = new Uint32Array(count)
  const filled = start.slice()
  for (let i = 0; i < count; i++) order[filled[row[i] - minRow]++] = i
  for (let r = 0; r + 1 < start.length; r++) {
    const part = order.subarray(start[r], start[r + 1])
    if (part.length > 64) part.sort((a, b) => u[a] - u[b] || a - b)
    else insertionSort(part, u)
  }
  return order
}

function insertionSort(part: Uint32Array, u: Float64Array): void {
  for (let i = 1; i < part.length; i++) {
    const moved = part[i]
    let j = i - 1
    for (; j >= 0 && u[part[j]] > u[moved]; j--) part[j + 1] = part[j]
    part[j + 1] = moved
  }
}
