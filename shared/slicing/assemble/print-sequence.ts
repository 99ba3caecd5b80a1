import { convexHull } from '../../mesh/footprint'
import { type Result, success } from '../../units/problem'
import { planAdhesion, type Adhesion } from '../adhesion/skirt-brim'
import { orderObjects } from '../order/object-sequence'
import type { PlannedLayer } from '../planned-layer'
import type { PrimeTower } from '../tools/plan-tower'
import type { AssembleContext } from './assemble-toolpath'
import type { SettingsByUse } from './settings-by-use'
import { planTools, type ToolSchedule } from './tool-schedule'
import { joinArrays } from '../../units/join-arrays'

/** Layers whose heights differ by less are one, mm. */
const SAME_HEIGHT_MM = 1e-4

/** What is printed as a whole: layers by height, each of one object or of several beside each other, and what goes around the first. */
export interface PrintPart {
  /** The one object that it is of, when objects are printed one after the other. */
  readonly objectId?: string
  readonly plates: readonly (readonly PlannedLayer[])[]
  readonly adhesion: Adhesion
}

/** All that is printed, in its order. */
export interface PrintPlan {
  readonly parts: readonly PrintPart[]
  /** Absent where the first extruder prints all. */
  readonly tools?: ToolSchedule
}

/**
 * Divides planned layers (sorted by `zMm`) into what is printed one after the other: everything layer by layer, or object by
 * object in an order in which the print head touches nothing. The skirt goes around everything and is laid first; each
 * object has its own brim. Problems: those of `orderObjects` and `planTools`; warnings of `planAdhesion`.
 */
export function printSequence(layers: readonly PlannedLayer[], uses: SettingsByUse, context: AssembleContext): Result<PrintPlan> {
  const objects = groupByObject(layers)
  return context.settings.printOrder === 'by-object' && objects.size > 1 ? byObject(objects, uses, context) : byLayer(groupByHeight(layers), uses, context)
}

function byLayer(plates: readonly PlannedLayer[][], uses: SettingsByUse, context: AssembleContext): Result<PrintPlan> {
  const tools = planTools([{ plates }], uses, context)
  if (!tools.ok) return tools
  const adhesion = planAdhesion(plates[0] ?? [], { ...context, beside: outlineOf(tools.value?.tower) })
  return success({ parts: [{ plates, adhesion }], ...(tools.value && { tools: tools.value }) }, adhesion.problems)
}

function outlineOf(tower: PrimeTower | undefined): Float64Array[] {
  if (tower === undefined) return []
  const [[x0, y0], [x1, y1]] = [tower.minMm, tower.maxMm]
  const mm = tower.brimLines * tower.lineWidthMm
  return [Float64Array.of(x0 - mm, y0 - mm, x1 + mm, y0 - mm, x1 + mm, y1 + mm, x0 - mm, y1 + mm)]
}

function byObject(objects: ReadonlyMap<string, PlannedLayer[]>, uses: SettingsByUse, context: AssembleContext): Result<PrintPlan> {
  const around = planAdhesion([...objects.values()].flatMap((own) => groupByHeight(own)[0] ?? []), context)
  const parts = [...objects].map(([objectId, own]) => {
    const plates = groupByHeight(own)
    const adhesion = { ...planAdhesion(plates[0] ?? [], context), skirt: [] }
    const topMm = own.reduce((most, { zMm }) => Math.max(most, zMm), 0)
    const hull = hullOf(own, adhesion)
    return { plates, adhesion, seen: { id: objectId, name: context.objectNames?.get(objectId) ?? objectId, hull, topMm } }
  })
  const ordered = context.head === undefined ? success(parts.map((_, i) => i)) : orderObjects(parts.map(({ seen }) => seen), context.head)
  if (!ordered.ok) return ordered
  const sequence = ordered.value.map((i, place) => ({ objectId: parts[i].seen.id, plates: parts[i].plates, adhesion: place === 0 ? { ...parts[i].adhesion, skirt: around.skirt } : parts[i].adhesion }))
  const tools = planTools(sequence, uses, context)
  return tools.ok ? success({ parts: sequence, ...(tools.value && { tools: tools.value }) }, around.problems) : tools
}

function groupByObject(layers: readonly PlannedLayer[]): ReadonlyMap<string, PlannedLayer[]> {
  const objects = new Map<string, PlannedLayer[]>()
  for (const layer of layers) {
    const own = objects.get(layer.objectId)
    if (own === undefined) objects.set(layer.objectId, [layer])
    else own.push(layer)
  }
  return objects
}

function groupByHeight(layers: readonly PlannedLayer[]): PlannedLayer[][] {
  const plates: PlannedLayer[][] = []
  let zMm = -Infinity
  for (const layer of layers) {
    if (layer.zMm - zMm > SAME_HEIGHT_MM) plates.push([])
    zMm = layer.zMm
    plates[plates.length - 1].push(layer)
  }
  return plates
}

/** Around everything that is laid of an object. */
function hullOf(layers: readonly PlannedLayer[], { brim }: Adhesion) {
  const hulls = layers.map(({ islands, supports = [] }) => convexHull(joined([...islands, ...supports].flatMap(({ outline }) => outline))))
  return convexHull(joined([...hulls, ...brim]))
}

function joined(contours: readonly Float64Array[]): Float64Array {
  return joinArrays(contours, (length) => new Float64Array(length))
}
