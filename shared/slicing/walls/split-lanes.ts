import { contourArea } from '../../geometry/measure-contour'
import type { CentreLine } from './simplify-with-width'

/**
 * Two lines beside each other in place of one that is too wide for the nozzle, each half as wide. An open line becomes one
 * that goes out on one side and comes back on the other; a ring becomes two rings.
 */
export function splitLanes({ line, widthsMm }: CentreLine): CentreLine[] {
  const n = widthsMm.length
  const isRing = line[0] === line[2 * n - 2] && line[1] === line[2 * n - 1]
  const halves = widthsMm.map((mm) => mm / 2)
  const left = shifted({ line, widthsMm }, isRing, 1)
  const right = shifted({ line, widthsMm }, isRing, -1)
  if (isRing) return contourArea(left) < contourArea(right) ? [{ line: right, widthsMm: halves }, { line: left, widthsMm: halves }] : [{ line: left, widthsMm: halves }, { line: right, widthsMm: halves }]
  const back = Float64Array.from(right, (_, i) => right[2 * n - 2 - (i & ~1) + (i & 1)])
  return [{ line: Float64Array.from([...left, ...back]), widthsMm: Float64Array.from([...halves, ...halves.toReversed()]) }]
}

/** The line moved aside by a quarter of its width; at an open line's ends it stays back, so that the turn lies inside. */
function shifted({ line, widthsMm }: CentreLine, isRing: boolean, side: 1 | -1): Float64Array {
  const n = widthsMm.length
  const moved = new Float64Array(line.length)
  for (let i = 0; i < n; i++) {
    const before = i > 0 ? i - 1 : isRing ? n - 2 : 0
    const after = i + 1 < n ? i + 1 : isRing ? 1 : n - 1
    const a = direction(line, before, i)
    const b = direction(line, i, after)
    const [ax, ay] = a ?? b ?? [1, 0]
    const [bx, by] = b ?? a ?? [1, 0]
    // The corner's bisector, longer where the line turns, at most twice.
    const reach = widthsMm[i] / 4 / Math.max(0.5, 1 + ax * bx + ay * by)
    const back = isRing ? 0 : (widthsMm[i] / 4) * (i === 0 ? 1 : i === n - 1 ? -1 : 0)
    moved[2 * i] = line[2 * i] - side * (ay + by) * reach + back * bx
    moved[2 * i + 1] = line[2 * i + 1] + side * (ax + bx) * reach + back * by
  }
  return moved
}

function direction(line: Float64Array, from: number, to: number): readonly [number, number] | undefined {
  const dx = line[2 * to] - line[2 * from]
  const dy = line[2 * to + 1] - line[2 * from + 1]
  const length = Math.hypot(dx, dy)
  return length < 1e-9 ? undefined : [dx / length, dy / length]
}
