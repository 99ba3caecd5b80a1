import { contourArea, contourBox } from '../../geometry/measure-contour'
import type { PlannedWall } from '../planned-layer'
import { NearestPoints } from './nearest-points'

/** Walls that lie beside each other along one contour of the outline, by depth, the outermost first. */
export type WallGroup = readonly PlannedWall[]

interface MeasuredWall {
  readonly wall: PlannedWall
  readonly isHole: boolean
  readonly box: readonly [number, number, number, number]
}

/** Up to so many walls of one side are compared one by one, more are found by the middles of their boxes. */
const FEW = 48

/** Sorts an island's walls into groups: each inner wall goes with the wall of the next lower depth, around or inside the same contour, whose box is most like its own. */
export function groupWalls(walls: readonly PlannedWall[]): WallGroup[] {
  if (walls.length <= 1) return walls.length === 0 ? [] : [walls]
  const measured = walls.map((wall): MeasuredWall => ({ wall, isHole: contourArea(wall.contour) < 0, box: contourBox(wall.contour) }))
  const byDepth = [...new Set(walls.map(({ depth }) => depth))].sort((a, b) => a - b)
  const groups: PlannedWall[][] = []
  let above: { readonly measured: MeasuredWall; readonly group: PlannedWall[] }[] = []
  for (const depth of byDepth) {
    const level = measured.filter(({ wall }) => wall.depth === depth)
    const findHole = finder(above.filter((one) => one.measured.isHole))
    const findOuter = finder(above.filter((one) => !one.measured.isHole))
    above = level.map((one) => {
      const parent = (one.isHole ? findHole : findOuter)(one)
      const group = parent?.group ?? []
      if (parent === undefined) groups.push(group)
      group.push(one.wall)
      return { measured: one, group }
    })
  }
  return groups
}

type Candidate = { readonly measured: MeasuredWall; readonly group: PlannedWall[] }

function finder(candidates: readonly Candidate[]): (wall: MeasuredWall) => Candidate | undefined {
  if (candidates.length <= FEW) return (wall) => mostAlike(wall, candidates)
  const middles = new NearestPoints(Float64Array.from(candidates.flatMap(({ measured: { box } }) => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])))
  return ({ box }) => candidates[middles.nearest((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)]
}

function mostAlike(wall: MeasuredWall, candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined
  let least = Infinity
  for (const candidate of candidates) {
    const difference = candidate.measured.box.reduce((sum, side, i) => sum + Math.abs(side - wall.box[i]), 0)
    if (difference >= least) continue
    least = difference
    best = candidate
  }
  return best
}
