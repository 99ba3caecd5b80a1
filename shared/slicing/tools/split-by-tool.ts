import type { Polyline } from '../../geometry/region'
import { crossSectionMm2 } from '../infill/solid-spacing'
import type { PlannedIsland, PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { toolOfRole } from './tool-set'

/** The tools that an object's layer is printed with, ascending. */
export function toolsOfLayer({ islands, supports = [] }: PlannedLayer, settings: SlicingSettings): number[] {
  const tools = new Set<number>()
  for (const { walls, thinLines, fills } of [...islands, ...supports]) {
    for (const { role } of [...walls, ...thinLines]) tools.add(toolOfRole(role, settings))
    for (const { role, lines } of fills) if (lines.length > 0) tools.add(toolOfRole(role, settings))
  }
  return [...tools].toSorted((a, b) => a - b)
}

/** What one tool prints of an object's layer: islands without what other tools print. */
export function partOfTool(layer: PlannedLayer, tool: number, settings: SlicingSettings): PlannedLayer {
  const { supports, ...rest } = layer
  return { ...rest, islands: islandsOfTool(layer.islands, tool, settings), ...(supports && { supports: islandsOfTool(supports, tool, settings) }) }
}

/** What of an object's layer is infill, and what isn't: infill that is laid first takes what is left of another material. */
export function infillApart(layer: PlannedLayer): readonly [infill: PlannedLayer, rest: PlannedLayer] {
  const { supports, ...plain } = layer
  const infill = layer.islands.flatMap((island) => {
    const fills = island.fills.filter(({ role }) => role === 'infill')
    return fills.length === 0 ? [] : [{ ...island, walls: [], thinLines: [], fills }]
  })
  const rest = layer.islands.map((island) => ({ ...island, fills: island.fills.filter(({ role }) => role !== 'infill') }))
  return [{ ...plain, islands: infill }, { ...plain, islands: rest, ...(supports && { supports }) }]
}

/** Volume of the infill that a tool lays in an object's layer, mm³, before any flow of its material. */
export function infillVolume({ islands, heightMm }: PlannedLayer, tool: number, settings: SlicingSettings): number {
  if (toolOfRole('infill', settings) !== tool) return 0
  let volumeMm3 = 0
  for (const { fills } of islands) {
    for (const { role, lines, widthMm, flow = 1 } of fills) if (role === 'infill') volumeMm3 += lines.reduce((sum, line) => sum + lengthOf(line), 0) * crossSectionMm2(widthMm, heightMm) * flow
  }
  return volumeMm3
}

function lengthOf(line: Polyline): number {
  let mm = 0
  for (let i = 2; i < line.length; i += 2) mm += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1])
  return mm
}

function islandsOfTool(islands: readonly PlannedIsland[], tool: number, settings: SlicingSettings): PlannedIsland[] {
  const isOwn = ({ role }: { readonly role: Parameters<typeof toolOfRole>[0] }) => toolOfRole(role, settings) === tool
  return islands.flatMap((island) => {
    const [walls, thinLines, fills] = [island.walls.filter(isOwn), island.thinLines.filter(isOwn), island.fills.filter((fill) => isOwn(fill) && fill.lines.length > 0)]
    return walls.length + thinLines.length + fills.length === 0 ? [] : [{ ...island, walls, thinLines, fills }]
  })
}
