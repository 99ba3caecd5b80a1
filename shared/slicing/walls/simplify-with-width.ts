import type { Polyline } from '../../geometry/region'

/** An open or closed (first point repeated) line along the middle of a narrow area, with its width at each point, mm. */
export interface CentreLine {
  readonly line: Polyline
  readonly widthsMm: Float64Array
}

const TOLERANCE_MM = 0.012
const WIDTH_TOLERANCE_MM = 0.02

/** Leaves points out of a line of varying width while neither its course nor its width moves by more than a hair. */
export function simplifyWithWidth(line: Float64Array, widthsMm: Float64Array): CentreLine {
  const n = widthsMm.length
  const keep = new Uint8Array(n)
  keep[0] = 1
  keep[n - 1] = 1
  const stack = line[0] === line[2 * n - 2] && line[1] === line[2 * n - 1] ? [0, n >> 1, n >> 1, n - 1] : [0, n - 1]
  if (stack.length === 4) keep[n >> 1] = 1
  while (stack.length > 0) {
    const end = stack.pop() as number
    const start = stack.pop() as number
    const worst = worstBetween(line, widthsMm, start, end)
    if (worst < 0) continue
    keep[worst] = 1
    stack.push(start, worst, worst, end)
  }
  const kept = Array.from(keep.keys()).filter((i) => keep[i] === 1)
  return {
    line: Float64Array.from(kept.flatMap((i) => [line[2 * i], line[2 * i + 1]])),
    widthsMm: Float64Array.from(kept, (i) => widthsMm[i]),
  }
}

function worstBetween(line: Float64Array, widthsMm: Float64Array, start: number, end: number): number {
  const ax = line[2 * start]
  const ay = line[2 * start + 1]
  const bx = line[2 * end] - ax
  const by = line[2 * end + 1] - ay
  const aw = widthsMm[start]
  const bw = widthsMm[end] - aw
  const length2 = bx * bx + by * by
  let worst = -1
  let most = 1
  for (let i = start + 1; i < end; i++) {
    const px = line[2 * i] - ax
    const py = line[2 * i + 1] - ay
    const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / length2))
    const off = Math.hypot(px - along * bx, py - along * by) / TOLERANCE_MM
    const error = Math.max(off, Math.abs(widthsMm[i] - aw - along * bw) / WIDTH_TOLERANCE_MM)
    if (error > most) {
      most = error
      worst = i
    }
  }
  return worst
}
