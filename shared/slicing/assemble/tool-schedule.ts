import { failure, type Problem, type Result, success } from '../../units/problem'
import { orderTools } from '../tools/order-tools'
import { planTower, type PrimeTower } from '../tools/plan-tower'
import type { PlannedLayer } from '../planned-layer'
import { infillVolume, toolsOfLayer } from '../tools/split-by-tool'
import { purgeVolume } from '../tools/tool-set'
import type { AssembleContext } from './assemble-toolpath'
import type { PrintPart } from './print-sequence'
import type { SettingsByUse } from './settings-by-use'

/** Which tools print each plate, in their order, through all parts. */
export interface ToolSchedule {
  readonly plates: readonly (readonly number[])[]
  readonly tower?: PrimeTower
}

/**
 * Plans the tools of a print, and the tower for what is purged between them. Undefined where the first extruder prints all.
 *
 * Problems: `slicing/no-such-extruder`, `slicing/tower-by-object`, `slicing/no-room-for-tower`.
 */
export function planTools(parts: readonly Pick<PrintPart, 'plates'>[], uses: SettingsByUse, context: AssembleContext): Result<ToolSchedule | undefined> {
  const { settings, tools } = context
  const plates = parts.flatMap((part) => part.plates)
  const used = plates.map((plate) => [...new Set(plate.flatMap((layer) => toolsOfLayer(layer, uses.ofObject(layer.objectId))))].toSorted((a, b) => a - b))
  const all = new Set(used.flat())
  const count = tools?.settings.length ?? 1
  const missing = [...all].find((tool) => tool >= count)
  if (missing !== undefined) return failure(noExtruder(missing + 1, count))
  if (tools === undefined || all.size === 0 || (all.size === 1 && all.has(0))) return success(undefined)
  const ordered = orderTools(used)
  const purgesMm3 = purges(ordered, plates, uses, context)
  if (!settings.primeTower || all.size === 1) return success({ plates: ordered })
  if (parts.length > 1) return failure(TOWER_BY_OBJECT)
  const tower = planTower({ plates, purgesMm3, settings, volume: context.volume })
  if (!tower.ok) return tower
  return success({ plates: ordered, ...(tower.value && { tower: tower.value }) })
}

/** What each change purges into the tower, by plate: without what the infill after it takes, where that is asked. */
function purges(ordered: readonly (readonly number[])[], plates: readonly (readonly PlannedLayer[])[], uses: SettingsByUse, { tools, settings }: AssembleContext): number[][] {
  let last = ordered.flat()[0]
  const taken = (plate: number, tool: number) => (settings.purgeIntoInfill ? (plates[plate] ?? []).reduce((sum, layer) => sum + infillVolume(layer, tool, uses.ofObject(layer.objectId)), 0) : 0)
  return ordered.map((order, plate) =>
    order.flatMap((tool) => {
      const from = last
      last = tool
      if (from === undefined || from === tool || tools === undefined) return []
      const volumeMm3 = purgeVolume(from, tool, tools, settings)
      return [Math.max(Math.min(volumeMm3, LEAST_PURGE_MM3), volumeMm3 - taken(plate, tool))]
    }),
  )
}

/** However much the infill takes: the nozzle must be full before it goes to a part. */
const LEAST_PURGE_MM3 = 10

const TOWER_BY_OBJECT: Problem = { code: 'slicing/tower-by-object', severity: 'error', message: 'A prime tower grows with every layer, so it can’t stand beside objects that are printed one after the other. Print layer by layer, or switch the tower off.' }

function noExtruder(number: number, count: number): Problem {
  return { code: 'slicing/no-such-extruder', severity: 'error', values: { number, count }, message: `Something is to be printed with extruder ${number}, but the machine has ${count}. Choose another extruder or another machine.` }
}
