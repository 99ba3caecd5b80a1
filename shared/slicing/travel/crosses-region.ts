import type { Region } from '../../geometry/region'

/** Whether a straight way meets the boundary of a region: all edges are looked at, for ways that are few. */
export function crossesRegion(region: Region, [fromX, fromY]: readonly [number, number], [toX, toY]: readonly [number, number]): boolean {
  const [minX, maxX, minY, maxY] = [Math.min(fromX, toX), Math.max(fromX, toX), Math.min(fromY, toY), Math.max(fromY, toY)]
  /** On which side of the way a point lies. */
  const side = (x: number, y: number) => (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX)
  return region.some((contour) => {
    let ax = contour.at(-2) ?? 0
    let ay = contour.at(-1) ?? 0
    for (let i = 0; i < contour.length; i += 2) {
      const [bx, by] = [contour[i], contour[i + 1]]
      const isNear = Math.max(ax, bx) >= minX && Math.min(ax, bx) <= maxX && Math.max(ay, by) >= minY && Math.min(ay, by) <= maxY
      if (isNear && side(ax, ay) * side(bx, by) <= 0) {
        const edgeSide = (x: number, y: number) => (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if (edgeSide(fromX, fromY) * edgeSide(toX, toY) <= 0) return true
      }
      ;[ax, ay] = [bx, by]
    }
    return false
  })
}
