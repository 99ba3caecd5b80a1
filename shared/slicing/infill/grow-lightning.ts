import { contourBox, isInRegion } from '../../geometry/measure-contour'
import type { Polyline, Region } from '../../geometry/region'
import { firstCrossing, LightningForest, nearestOnBoundary } from './lightning-forest'

/** The infill area of a layer and its thickness. */
export interface LightningLayer {
  readonly area: Region
  readonly heightMm: number
}

/** Something solid is held within this part of the spacing of a wall or a branch. */
const HELD = 0.7
/** A root follows a wall that moves by so many layer heights; farther it grows a new piece. */
const FOLLOW_HEIGHTS = 2

/**
 * Infill that grows like lightning from what it has to hold: under every solid area points at a spacing are joined to the
 * nearest wall or branch, and layer by layer downwards each tip draws back by the layer's height (45°), until the branch
 * has gone into its wall. Layers from the bed up, lines likewise; the lines stay inside their layer's area.
 */
export function growLightning(layers: readonly LightningLayer[], spacingMm: number): Polyline[][] {
  const lines: Polyline[][] = layers.map(() => [])
  let forest = new LightningForest()
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { area, heightMm } = layers[layer]
    forest = descend(forest, area, heightMm)
    for (const tip of tipsUnder(layers[layer + 1]?.area ?? [], area, spacingMm)) hold(forest, tip, spacingMm)
    lines[layer] = forest.branches()
  }
  return lines
}

interface Tip {
  readonly x: number
  readonly y: number
  readonly wall: { readonly x: number; readonly y: number; readonly distanceMm: number }
}

/** Points of a grid that have infill here and something solid above, away from walls; those nearest to a wall first. */
function tipsUnder(above: Region, area: Region, spacingMm: number): Tip[] {
  const tips: Tip[] = []
  if (area.length === 0) return tips
  const boxes = area.map(contourBox)
  const [x0, y0] = [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1]))]
  const [x1, y1] = [Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))]
  for (let row = Math.ceil(y0 / spacingMm); row * spacingMm <= y1; row++) {
    for (let column = Math.ceil(x0 / spacingMm); column * spacingMm <= x1; column++) {
      const [x, y] = [column * spacingMm, row * spacingMm]
      if (!isInRegion(area, x, y) || isInRegion(above, x, y)) continue
      const wall = nearestOnBoundary(area, x, y)
      if (wall !== undefined && wall.distanceMm > HELD * spacingMm) tips.push({ x, y, wall })
    }
  }
  return tips.toSorted((a, b) => a.wall.distanceMm - b.wall.distanceMm || a.y - b.y || a.x - b.x)
}

/** Joins a tip to the nearest of wall and branches, unless a branch holds it already. What is nearer than the wall can be reached without leaving the area. */
function hold(forest: LightningForest, tip: Tip, spacingMm: number): void {
  const branch = forest.nearest(tip.x, tip.y)
  if (branch !== undefined && branch.distanceMm <= HELD * spacingMm) return
  if (branch !== undefined && branch.distanceMm < tip.wall.distanceMm) forest.graft(tip, branch)
  else forest.add(tip.x, tip.y, forest.add(tip.wall.x, tip.wall.y, -1))
}

/** The forest one layer farther down: tips drawn back, roots at the walls that are there, nothing outside the area. */
function descend(above: LightningForest, area: Region, heightMm: number): LightningForest {
  const isKept = drawBack(above, heightMm)
  if (area.length === 0) return new LightningForest()
  const below = new LightningForest()
  const moved = new Int32Array(above.size).fill(-1)
  for (let node = 0; node < above.size; node++) {
    if (!isKept[node]) continue
    if (above.parent[node] < 0) moved[node] = moveRoot(below, area, { x: above.x[node], y: above.y[node], followMm: FOLLOW_HEIGHTS * heightMm })
    else if (isInRegion(area, above.x[node], above.y[node])) moved[node] = below.add(above.x[node], above.y[node], -1)
  }
  for (let node = 0; node < above.size; node++) {
    if (moved[node] < 0 || above.parent[node] < 0) continue
    link(below, area, moved[node], { parent: moved[above.parent[node]], towards: [above.x[above.parent[node]], above.y[above.parent[node]]] })
  }
  return below
}

/** Shortens every tip of a forest by a length, over forks that it leaves without another branch; says which nodes are left. */
function drawBack(forest: LightningForest, lengthMm: number): boolean[] {
  const counts = forest.childCounts()
  const isKept = Array.from({ length: forest.size }, () => true)
  const tips = Array.from({ length: forest.size }, (_, node) => node).filter((node) => counts[node] === 0)
  for (const tip of tips) {
    let left = lengthMm
    for (let node = tip; counts[node] === 0; node = forest.parent[node]) {
      const parent = forest.parent[node]
      if (parent < 0) {
        isKept[node] = false
        break
      }
      const length = Math.hypot(forest.x[parent] - forest.x[node], forest.y[parent] - forest.y[node])
      if (length > left) {
        forest.x[node] += ((forest.x[parent] - forest.x[node]) * left) / length
        forest.y[node] += ((forest.y[parent] - forest.y[node]) * left) / length
        break
      }
      left -= length
      isKept[node] = false
      counts[parent]--
    }
  }
  return isKept
}

/** Puts a root to the wall that is nearest now; one that stands far inside grows a piece to it, one far outside is gone (-1). */
function moveRoot(below: LightningForest, area: Region, { x, y, followMm }: { readonly x: number; readonly y: number; readonly followMm: number }): number {
  const wall = nearestOnBoundary(area, x, y)
  if (wall === undefined) return -1
  if (wall.distanceMm <= followMm) return below.add(wall.x, wall.y, -1)
  return isInRegion(area, x, y) ? below.add(x, y, below.add(wall.x, wall.y, -1)) : -1
}

/** Leads a node to its parent, or where the area ends on the way to a root there. */
function link(below: LightningForest, area: Region, node: number, { parent, towards }: { readonly parent: number; readonly towards: readonly [number, number] }): void {
  const [x, y] = [below.x[node], below.y[node]]
  const [px, py] = parent < 0 ? towards : [below.x[parent], below.y[parent]]
  const crossing = firstCrossing(area, [x, y, px, py])
  if (crossing === undefined && parent >= 0) below.parent[node] = parent
  else {
    const wall = crossing === undefined ? nearestOnBoundary(area, x, y) : { x: x + crossing * (px - x), y: y + crossing * (py - y) }
    if (wall !== undefined) below.parent[node] = below.add(wall.x, wall.y, -1)
  }
}
