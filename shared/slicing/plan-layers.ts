import type { Clipper } from '../geometry/clipper'
import type { Region } from '../geometry/region'
import { type HeightRange, RangedSettings } from './height-ranges'
import { type FillRequest, fillRegion } from './infill/fill-region'
import { isInfillLater, sparseRequest } from './infill/sparse-request'
import { widthAtSpacing } from './infill/solid-spacing'
import { findIsland, type Island, sortIntoIslands, splitIslands } from './islands'
import type { LayerPlace } from './layer-heights'
import type { PlannedFill, PlannedIsland, PlannedLayer } from './planned-layer'
import { layerParts, type OutlinedModifier } from './modifier-parts'
import { partWalls } from './walls/part-walls'
import type { SettingValues, SlicingSettings } from './settings'
import { exposedArea } from './skin/exposed-areas'
import { splitStrips } from './skin/split-strips'
import { type Exposure, type FillArea, planAreas } from './skin/plan-areas'
import type { LayerWalls } from './walls/plan-walls'

/** Some layers of an object, and around them as many as skin needs to look at. Plain data. */
export interface PlanRequest {
  readonly objectId: string
  readonly settings: SlicingSettings
  /** Settings of their own between two heights. */
  readonly heightRanges?: readonly HeightRange[]
  /** Parts of space with settings of their own; outlines like `outlines`. */
  readonly modifiers?: readonly OutlinedModifier[]
  /** Layer that `outlines[0]` and `places[0]` belong to. */
  readonly firstLayer: number
  readonly places: readonly LayerPlace[]
  readonly outlines: readonly Region[]
  /** Layers to plan: from, up to and without. */
  readonly from: number
  readonly to: number
}

/** The stages of planning, in their order; each goes over all the layers of a request. */
export type PlanStage = 'walls' | 'skin' | 'fill'

/** How many layers below and above a layer decide its skin, whatever modifiers it lies in. */
export function skinReach(settings: SlicingSettings, places: readonly LayerPlace[], modifiers: readonly SettingValues[] = []): { readonly below: number; readonly above: number } {
  const reaches = [settings, ...modifiers.map((values) => ({ ...settings, ...values }))].map((one) => reachOf(one, places))
  return { below: Math.max(...reaches.map(({ below }) => below)), above: Math.max(...reaches.map(({ above }) => above)) }
}

function reachOf(settings: SlicingSettings, places: readonly LayerPlace[]): { readonly below: number; readonly above: number } {
  const leastMm = places.reduce((least, { heightMm }) => Math.min(least, heightMm), Infinity)
  const reach = (layers: number, thicknessMm: number) => Math.max(1, layers, layers === 0 ? 0 : Math.ceil(thicknessMm / leastMm))
  // Internal bridges look one layer farther down: at what is solid there.
  const below = Math.max(settings.internalBridges ? 2 : 1, reach(settings.bottomLayers, settings.bottomThicknessMm) + (settings.internalBridges ? 1 : 0))
  return { below, above: reach(settings.topLayers, settings.topThicknessMm) }
}

/**
 * Plans walls, skin and fill of some layers. A layer's plan depends on the outlines within `skinReach` alone, so the result
 * is the same however an object's layers are divided into requests.
 */
export function planLayers(request: PlanRequest, clipper: Clipper, onLayer: (stage: PlanStage) => void): PlannedLayer[] {
  const indices = Array.from({ length: request.to - request.from }, (_, i) => request.from + i)
  const outlineOf = (layer: number): Region => request.outlines[layer - request.firstLayer] ?? []
  const placeOf = (layer: number) => request.places[layer - request.firstLayer]
  const ranged = new RangedSettings(request.settings, (request.heightRanges ?? []).map((range) => plannable(range, request.settings)))
  const modifiers = (request.modifiers ?? []).map((modifier) => ({ ...modifier, values: sameLightning(modifier.values, request.settings) }))
  const walls = indices.map((layer) => {
    const parts = layerParts(outlineOf(layer), modifiers, { at: layer - request.firstLayer, base: ranged.at(placeOf(layer)) }, clipper)
    const planned = partWalls(parts, { layer, place: placeOf(layer), above: () => outlineOf(layer + 1), outline: outlineOf(layer) }, clipper)
    onLayer('walls')
    return planned
  })
  const exposed = exposures(request, clipper, outlineOf)
  const areas = indices.map((layer, i) => {
    const planned = walls[i].parts.map(({ fillArea, settings, variant }) => ({ settings, variant, areas: planAreas(fillArea, exposed(layer, settings), { heightMm: placeOf(layer).heightMm, settings }, clipper) }))
    onLayer('skin')
    return planned
  })
  return indices.map((layer, i) => {
    const islands = fillIslands({ layer, place: placeOf(layer), clipper, isTopmost: outlineOf(layer + 1).length === 0 }, outlineOf(layer), walls[i], areas[i])
    onLayer('fill')
    const { zMm, heightMm } = placeOf(layer)
    return { layerIndex: layer, zMm, heightMm, objectId: request.objectId, islands }
  })
}

/** Skins reach over layers, lightning grows through all of them: of these only what the plate says counts. */
function plannable(range: HeightRange, { infillPattern }: SlicingSettings): HeightRange {
  const { topLayers: _top, bottomLayers: _bottom, topThicknessMm: _topMm, bottomThicknessMm: _bottomMm, internalBridges: _bridges, infillEveryLayers: _every, ...values } = range.values
  return { ...range, values: sameLightning(values, { infillPattern }) }
}

/** Values that neither bring lightning nor take it away. */
function sameLightning(values: SettingValues, { infillPattern }: Pick<SlicingSettings, 'infillPattern'>): SettingValues {
  return infillPattern === 'lightning' || values.infillPattern === 'lightning' ? { ...values, infillPattern } : values
}

/** What each layer shows above and below, worked out once for each. */
function exposures({ places, firstLayer }: PlanRequest, clipper: Clipper, outlineOf: (layer: number) => Region) {
  const up = new Map<number, readonly Island[]>()
  const down = new Map<number, readonly Island[]>()
  const once = (known: Map<number, readonly Island[]>, layer: number, make: () => Region) => {
    const found = known.get(layer) ?? splitStrips(make())
    known.set(layer, found)
    return found
  }
  const upOf = (layer: number) => once(up, layer, () => exposedArea(outlineOf(layer), outlineOf(layer + 1), clipper))
  const downOf = (layer: number) => once(down, layer, () => exposedArea(outlineOf(layer), layer === 0 ? undefined : outlineOf(layer - 1), clipper))
  const nearOf = (layer: number, settings: SlicingSettings) => {
    const near: (readonly Island[])[] = []
    const { up: above, down: beneath } = skinLayers(layer, settings, (index) => places[index - firstLayer])
    for (let k = 0; k < above; k++) near.push(upOf(layer + k))
    for (let k = 0; k < beneath; k++) near.push(downOf(layer - k))
    return near.flat()
  }
  return (layer: number, settings: SlicingSettings): Exposure => ({
    up: settings.topLayers > 0 ? upOf(layer) : [],
    down: settings.bottomLayers > 0 ? downOf(layer) : [],
    near: nearOf(layer, settings),
    below: layer === 0 ? undefined : outlineOf(layer - 1),
    ...(settings.internalBridges && layer > 0 && { nearBelow: nearOf(layer - 1, settings) }),
  })
}

/** In how many layers, this one included, an exposed surface above or below makes this one solid: by number, and by thickness where that is more. */
function skinLayers(layer: number, settings: SlicingSettings, placeOf: (layer: number) => LayerPlace | undefined): { readonly up: number; readonly down: number } {
  const { topLayers, bottomLayers, topThicknessMm, bottomThicknessMm } = settings
  const bottomMm = (at: LayerPlace | undefined) => (at === undefined ? Infinity : at.zMm - at.heightMm)
  const topMm = placeOf(layer)?.zMm ?? 0
  let up = topLayers
  while (topLayers > 0 && topThicknessMm > 0 && bottomMm(placeOf(layer + up)) - topMm < topThicknessMm - placeHeight(placeOf(layer + up)) - 1e-6) up++
  let down = Math.min(bottomLayers, layer + 1)
  while (bottomLayers > 0 && bottomThicknessMm > 0 && down <= layer && bottomMm(placeOf(layer)) - bottomMm(placeOf(layer - down)) < bottomThicknessMm - 1e-6) down++
  return { up, down }
}

function placeHeight(at: LayerPlace | undefined): number {
  return at?.heightMm ?? 0
}

interface FillContext {
  readonly layer: number
  readonly place: LayerPlace
  readonly clipper: Clipper
  /** Nothing of the object lies above. */
  readonly isTopmost: boolean
}

/** A part's areas, and which modifiers it lies in. */
interface PartAreas {
  readonly settings: SlicingSettings
  readonly variant: number
  readonly areas: readonly FillArea[]
}

function fillIslands(context: FillContext, outline: Region, walls: Pick<LayerWalls, 'walls' | 'thinLines'>, parts: readonly PartAreas[]): PlannedIsland[] {
  const islands = splitIslands(outline)
  const wallsOf = islands.map(() => [] as LayerWalls['walls'])
  const thinOf = islands.map(() => [] as LayerWalls['thinLines'])
  const fillsOf = islands.map(() => [] as PlannedFill[])
  const contourOwner = new Map(sortIntoIslands(islands, walls.walls.map(({ contour }) => contour)).flatMap((contours, i) => contours.map((contour) => [contour, i] as const)))
  for (const wall of walls.walls) wallsOf[contourOwner.get(wall.contour) ?? -1]?.push(wall)
  for (const thin of walls.thinLines) {
    const middle = 2 * (thin.widthsMm.length >> 1)
    thinOf[findIsland(islands, thin.line[middle], thin.line[middle + 1])]?.push(thin)
  }
  for (const { settings, variant, areas } of parts) {
    for (const { role, area, angleDeg } of areas) {
      sortIntoIslands(islands, area).forEach((region, i) => {
        if (region.length === 0) return
        const own = { ...context, settings }
        const fill = fillArea(own, { role, area: region, ...(angleDeg !== undefined && { angleDeg }) })
        const ironed = role === 'top-skin' && isIroned(own) ? ironLines(region, own) : undefined
        for (const one of [fill, ironed]) if (one !== undefined) fillsOf[i]?.push(variant === 0 ? one : { ...one, variant })
      })
    }
  }
  return islands.map((island, i) => ({
    outline: island.outline,
    walls: wallsOf[i] ?? [],
    thinLines: thinOf[i] ?? [],
    fills: fillsOf[i] ?? [],
  }))
}

/** With the settings of the part that is filled. */
type PartContext = FillContext & { readonly settings: SlicingSettings }

function fillArea({ layer, place, settings, clipper }: PartContext, { role, area, angleDeg }: FillArea): PlannedFill | undefined {
  const isSparse = role === 'infill'
  if (isSparse && settings.infillPercent <= 0) return undefined
  // Until all layers are there, the area stands for its lines.
  if (isSparse && isInfillLater(settings)) return { role, lines: area, widthMm: settings.infillLineWidthMm }
  const turnDeg = layer % 2 === 0 ? 0 : 90
  const common = { heightMm: place.heightMm, zMm: place.zMm }
  const request: FillRequest = isSparse
    ? sparseRequest(place, settings, layer)
    : { ...common, pattern: role === 'bridge' ? 'rectilinear' : settings.skinPattern, density: 1, widthMm: settings.skinLineWidthMm, angleDeg: angleDeg ?? (role === 'bridge' ? acrossInfill(layer, settings) : 45 + turnDeg), isMonotonic: role !== 'internal-skin' }
  const lines = fillRegion(area, request, clipper)
  if (lines.length === 0) return undefined
  const flow = role === 'bridge' ? settings.bridgeFlowPercent / 100 : 1
  return { role, lines, widthMm: request.widthMm, ...(flow !== 1 && { flow }) }
}

/** The direction across the infill lines of the layer below. */
function acrossInfill(layer: number, { infillAngleDeg, infillPattern }: SlicingSettings): number {
  const turnDeg = infillPattern !== 'rectilinear' ? 45 : layer % 2 === 0 ? 0 : 90
  return infillAngleDeg + turnDeg
}

function isIroned({ settings, isTopmost }: PartContext): boolean {
  return settings.ironing === 'top' || (settings.ironing === 'topmost' && isTopmost)
}

/** Close lines over a finished surface, across its own, with hardly any filament. */
function ironLines(area: Region, { layer, place, settings, clipper }: PartContext): PlannedFill | undefined {
  const widthMm = widthAtSpacing(settings.ironingSpacingMm, place.heightMm)
  const lines = fillRegion(area, { pattern: 'rectilinear', density: 1, widthMm, heightMm: place.heightMm, zMm: place.zMm, angleDeg: layer % 2 === 0 ? 135 : 45, isMonotonic: true }, clipper)
  return lines.length === 0 ? undefined : { role: 'ironing', lines, widthMm, flow: settings.ironingFlowPercent / 100 }
}
