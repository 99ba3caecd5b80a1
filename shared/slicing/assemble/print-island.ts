import type { Polyline } from '../../geometry/region'
import type { PlannedFill, PlannedIsland, PlannedThinLine, PlannedWall } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import type { LineStyle } from '../../toolpath/toolpath-builder'
import type { CombIsland } from '../travel/comb-island'
import { groupWalls, type WallGroup } from '../order/group-walls'
import { NearestPoints } from '../order/nearest-points'
import { orderLines } from '../order/order-lines'
import { lineStyle, type LineKind } from './line-styles'
import { nearestCorner, nearestOnContour, type Seam, type SeamPlacer } from './place-seam'
import type { PrintHead } from './print-head'
import { layScarf } from './scarf-seam'

/** What an island is printed with. */
export interface IslandContext {
  readonly head: PrintHead
  readonly settings: SlicingSettings
  readonly seams: SeamPlacer
  readonly comb: CombIsland
  readonly zMm: number
  readonly heightMm: number
  readonly isFirstLayer: boolean
}

/** Prints one island: walls group by group, thin lines, skins in the order their lines are in, infill. */
export function printIsland(island: PlannedIsland, context: IslandContext): void {
  printWalls(island.walls, context)
  printThinLines(island.thinLines, context)
  const left = island.fills.filter(({ lines }) => lines.length > 0)
  while (left.length > 0) {
    const [next] = left.splice(nearestFill(left, context.head), 1)
    printFill(next, context)
  }
}

function printWalls(walls: readonly PlannedWall[], context: IslandContext): void {
  const groups = groupWalls(walls)
  const { head } = context
  const seams = groups.map(([outer]) => (outer === undefined ? undefined : seamOf(outer, context)))
  const left = new NearestPoints(seams.flatMap((seam) => [seam?.x ?? 0, seam?.y ?? 0]))
  for (let i = left.nearest(head.x, head.y); i >= 0; i = left.nearest(head.x, head.y)) {
    left.remove(i)
    const seam = seams[i]
    if (seam !== undefined) printWallGroup(groups[i], seam, context)
  }
}

function seamOf(outer: PlannedWall, { head, seams }: IslandContext): Seam {
  return seams.place(outer.contour, head)
}

function printWallGroup(group: WallGroup, planned: Seam, context: IslandContext): void {
  const { head, settings } = context
  const [outer] = group
  // The nearest place is another one by the time the group's turn comes.
  const seam = settings.seam === 'nearest' ? context.seams.nearest(outer.contour, head) : planned
  const ordered = inOrder(group, settings.wallOrder)
  for (const wall of ordered) {
    const start = wall === outer ? seam : nearestOnContour(wall.contour, seam.x, seam.y)
    head.travelTo(start.x, start.y, context.comb)
    const style = styleOf({ role: wall.role, widthMm: wall.widthMm }, context)
    const isScarf = wall === outer && settings.scarfSeamMm > 0 && !context.isFirstLayer
    if (!isScarf || !layScarf(head, wall.contour, start, { style, scarf: { lengthMm: settings.scarfSeamMm, steps: settings.scarfSeamSteps, zMm: context.zMm, heightMm: context.heightMm } })) head.layContour(wall.contour, start, style)
  }
}

/** A group's walls in the order they are printed: with inner-outer-inner the second wall comes after the outer one, if there is a third to lean on. */
function inOrder(group: WallGroup, order: SlicingSettings['wallOrder']): readonly PlannedWall[] {
  if (order === 'outer-first') return group
  const [outer, second, ...inner] = group
  return order === 'inner-outer-inner' && outer !== undefined && second !== undefined && inner.length > 0 ? [...inner.toReversed(), outer, second] : group.toReversed()
}

function printThinLines(thinLines: readonly PlannedThinLine[], context: IslandContext): void {
  const { head } = context
  for (const { index, isReversed } of orderLines(thinLines.map(({ line }) => line), head.x, head.y)) {
    const { role, line, widthsMm } = begunNear(thinLines[index], head)
    const start = isReversed ? line.length - 2 : 0
    head.travelTo(line[start], line[start + 1], context.comb)
    head.layVaryingLine(line, (piece) => styleOf({ role, widthMm: (widthsMm[piece] + widthsMm[piece + 1]) / 2 }, context), isReversed)
  }
}

/** A thin line that ends where it begins, begun at its corner nearest to the nozzle; any other as it is. */
function begunNear(thin: PlannedThinLine, head: PrintHead): PlannedThinLine {
  const { line, widthsMm } = thin
  if (!isClosed(line)) return thin
  const { edge } = nearestCorner(line.subarray(0, -2), head.x, head.y)
  const corners = widthsMm.length - 1
  return { ...thin, line: turned(line, edge), widthsMm: widthsMm.map((_, i) => widthsMm[(i + edge) % corners]) }
}

function printFill(fill: PlannedFill, context: IslandContext): void {
  const { head } = context
  const style = styleOf({ role: fill.role, widthMm: fill.widthMm, flow: fill.flow ?? 1 }, context)
  if (fill.role === 'bridge') head.fan.atLeast(context.settings.bridgeFanPercent)
  const ordered = keepsOrder(fill) ? fill.lines.map((_, index) => ({ index, isReversed: false })) : orderLines(fill.lines, head.x, head.y)
  for (const { index, isReversed } of ordered) {
    const planned = fill.lines[index]
    const line = isClosed(planned) ? turned(planned, nearestCorner(planned.subarray(0, -2), head.x, head.y).edge) : planned
    const start = isReversed ? line.length - 2 : 0
    head.travelTo(line[start], line[start + 1], context.comb)
    head.layLine(line, style, isReversed)
  }
  if (fill.role === 'bridge') head.fan.atLeast(0)
}

function isClosed(line: Polyline): boolean {
  const n = line.length
  return n > 6 && Math.abs(line[0] - line[n - 2]) < 1e-6 && Math.abs(line[1] - line[n - 1]) < 1e-6
}

/** A closed line from another of its corners on. */
function turned(line: Polyline, corner: number): Polyline {
  const around = line.length - 2
  return line.map((_, i) => line[(i + 2 * corner) % around])
}

/** Skins that are seen come in sweep order and must stay so. */
function keepsOrder({ role }: PlannedFill): boolean {
  return role === 'top-skin' || role === 'bottom-skin' || role === 'bridge' || role === 'ironing'
}

/** Farther than any skin, so that infill comes after them. */
const INFILL_LAST_MM = 1e9

/** Index of the fill to print next: skins before infill, among skins the one that begins nearest; ironing at the end. */
function nearestFill(fills: readonly PlannedFill[], head: PrintHead): number {
  let nearest = 0
  let least = Infinity
  fills.forEach((fill, i) => {
    const [first] = fill.lines
    const distanceMm = fill.role === 'ironing' ? Number.MAX_VALUE : fill.role === 'infill' ? INFILL_LAST_MM : Math.hypot(first[0] - head.x, first[1] - head.y)
    if (distanceMm >= least) return
    least = distanceMm
    nearest = i
  })
  return nearest
}

function styleOf(kind: Omit<LineKind, 'heightMm'>, { settings, heightMm, isFirstLayer }: IslandContext): LineStyle {
  return lineStyle({ ...kind, heightMm }, settings, isFirstLayer)
}
