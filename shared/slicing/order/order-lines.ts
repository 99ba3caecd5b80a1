import type { Polyline } from '../../geometry/region'
import { NearestPoints } from './nearest-points'

/** A line in its turn, begun at its last point when `isReversed`. */
export interface OrderedLine {
  readonly index: number
  readonly isReversed: boolean
}

/** Puts open lines in order, each time the one with the nearest end, entered there. */
export function orderLines(lines: readonly Polyline[], startX: number, startY: number): OrderedLine[] {
  const ends = new Float64Array(4 * lines.length)
  lines.forEach((line, i) => {
    ends[4 * i] = line[0]
    ends[4 * i + 1] = line[1]
    ends[4 * i + 2] = line[line.length - 2]
    ends[4 * i + 3] = line[line.length - 1]
  })
  const left = new NearestPoints(ends)
  const ordered: OrderedLine[] = []
  let [x, y] = [startX, startY]
  for (let end = left.nearest(x, y); end >= 0; end = left.nearest(x, y)) {
    left.remove(end)
    left.remove(end ^ 1)
    ordered.push({ index: end >> 1, isReversed: (end & 1) === 1 })
    x = ends[2 * (end ^ 1)]
    y = ends[2 * (end ^ 1) + 1]
  }
  return ordered
}
