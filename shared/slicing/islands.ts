import { contourArea, contourBox, isInContour } from '../geometry/measure-contour'
import type { Contour, Region } from '../geometry/region'

/** Distance of a test point from the edge it is taken beside, mm. */
const BESIDE_MM = 0.002

/** One outer contour with its holes. */
export interface Island {
  readonly outline: Region
  readonly box: readonly [number, number, number, number]
}

/** Takes a region apart into its connected pieces, in the order of their outer contours. */
export function splitIslands(region: Region): Island[] {
  const outers = region.filter((contour) => contourArea(contour) > 0)
  const holes = region.filter((contour) => contourArea(contour) <= 0)
  const pieces = outers.map((contour) => ({ outline: [contour], box: contourBox(contour), area: contourArea(contour) }))
  for (const hole of holes) {
    const [x, y] = pointBeside(hole)
    const around = pieces.filter(({ outline: [outer], box }) => isInBox(box, x, y) && outer !== undefined && isInContour(outer, x, y))
    around.sort((a, b) => a.area - b.area)
    around[0]?.outline.push(hole)
  }
  return pieces.map(({ outline, box }) => ({ outline, box }))
}

/** Sorts contours that lie inside islands by the island; what lies in none is left out. */
export function sortIntoIslands(islands: readonly Island[], contours: readonly Contour[]): Contour[][] {
  const sorted: Contour[][] = islands.map(() => [])
  for (const contour of contours) {
    const [x, y] = pointBeside(contour)
    sorted[findIsland(islands, x, y)]?.push(contour)
  }
  return sorted
}

/** The island that a point lies in, or -1. */
export function findIsland(islands: readonly Island[], x: number, y: number): number {
  if (islands.length === 1) return 0
  return islands.findIndex(({ box, outline }) => isInBox(box, x, y) && outline.reduce((isInside, contour) => isInside !== isInContour(contour, x, y), false))
}

function isInBox([minX, minY, maxX, maxY]: Island['box'], x: number, y: number): boolean {
  return x >= minX && x <= maxX && y >= minY && y <= maxY
}

/** A point just left of a contour's longest edge: inside the region that the contour bounds. */
function pointBeside(contour: Contour): [number, number] {
  const n = contour.length
  let best = -1
  let [x, y] = [0, 0]
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const ax = contour[j]
    const ay = contour[j + 1]
    const dx = contour[i] - ax
    const dy = contour[i + 1] - ay
    const length = Math.hypot(dx, dy)
    if (length <= best) continue
    best = length
    x = ax + dx / 2 - (BESIDE_MM * dy) / length
    y = ay + dy / 2 + (BESIDE_MM * dx) / length
  }
  return [x, y]
}
