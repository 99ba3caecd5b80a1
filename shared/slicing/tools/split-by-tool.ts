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

function islandsOfTool(islands: readonly PlannedIsland[], tool: number, settings: SlicingSettings): PlannedIsland[] {
  const isOwn = ({ role }: { readonly role: Parameters<typeof toolOfRole>[0] }) => toolOfRole(role, settings) === tool
  return islands.flatMap((island) => {
    const [walls, thinLines, fills] = [island.walls.filter(isOwn), island.thinLines.filter(isOwn), island.fills.filter((fill) => isOwn(fill) && fill.lines.length > 0)]
    return walls.length + thinLines.length + fills.length === 0 ? [] : [{ ...island, walls, thinLines, fills }]
  })
}
