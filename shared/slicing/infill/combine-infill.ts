import type { Clipper } from '../../geometry/clipper'
import type { Region } from '../../geometry/region'
import { type HeightRange, RangedSettings } from '../height-ranges'
import type { PlannedFill, PlannedIsland, PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { fillRegion } from './fill-region'
import { sparseRequest } from './sparse-request'

/** What is narrower than this part of a line gets none, on either side of a border between what is filled together and what isn't. */
const SLIVER_WIDTHS = 0.8

/** Layers, by their places in the list, whose infill is laid in the topmost of them. */
interface Together {
  readonly from: number
  /** Up to and without. */
  readonly to: number
}

/**
 * Lays the infill of several layers at once, as thick as all of them, where each of them has infill; the rest layer by layer. Planning leaves the outline of
 * each infill area where its lines would be. Volume over area is what it is otherwise. Layers of one object, from the bed up; the first is never combined,
 * and no line gets thicker than the nozzle is wide.
 */
export function withCombinedInfill(layers: readonly PlannedLayer[], settings: SlicingSettings, ranges: readonly HeightRange[], clipper: Clipper): PlannedLayer[] {
  if (settings.infillEveryLayers <= 1 || settings.infillPattern === 'lightning') return [...layers]
  const ranged = new RangedSettings(settings, ranges)
  return groupsOf(layers, settings).flatMap((group, index) => {
    const members = layers.slice(group.from, group.to)
    const common = members.length === 1 ? [] : members.map(sparseArea).reduce((area, next) => (area.length === 0 ? [] : clipper.intersection(area, next)))
    const wide = common.length === 0 ? [] : withoutSlivers(common, settings, clipper)
    return members.map((layer, k) => {
      const own = ranged.at(layer)
      const isTop = k === members.length - 1
      const thickMm = members.reduce((sum, { heightMm }) => sum + heightMm, 0)
      const context: FillContext = { layer, settings: own, clipper, common: wide, thickMm: isTop ? thickMm : 0, index: { layer: group.from + k, group: index } }
      return { ...layer, islands: layer.islands.map((island) => fillIsland(island, context)) }
    })
  })
}

/** Divides layers into those that are filled together: never across a gap, never thicker than the nozzle. */
function groupsOf(layers: readonly PlannedLayer[], { infillEveryLayers, nozzleDiameterMm }: SlicingSettings): Together[] {
  const groups: Together[] = []
  for (let from = 0; from < layers.length; ) {
    let thickMm = layers[from]?.heightMm ?? 0
    let to = from + 1
    const isBed = layers[from]?.layerIndex === 0
    while (!isBed && to < layers.length && to - from < infillEveryLayers && layers[to]?.layerIndex === (layers[to - 1]?.layerIndex ?? 0) + 1 && thickMm + (layers[to]?.heightMm ?? 0) <= nozzleDiameterMm + 1e-9) thickMm += layers[to++]?.heightMm ?? 0
    groups.push({ from, to })
    from = to
  }
  return groups
}

function sparseArea({ islands }: PlannedLayer): Region {
  return islands.flatMap(({ fills }) => fills.flatMap((fill) => (isArea(fill) ? fill.lines : [])))
}

function isArea({ role }: PlannedFill): boolean {
  return role === 'infill'
}

interface FillContext {
  readonly layer: PlannedLayer
  readonly settings: SlicingSettings
  readonly clipper: Clipper
  /** Where all layers that are filled together have infill. */
  readonly common: Region
  /** Of the lines over `common`; 0 in the layers under the topmost one. */
  readonly thickMm: number
  readonly index: { readonly layer: number; readonly group: number }
}

function fillIsland(island: PlannedIsland, context: FillContext): PlannedIsland {
  return { ...island, fills: island.fills.flatMap((fill) => (isArea(fill) ? fillSparse(fill, context) : [fill])) }
}

function fillSparse(fill: PlannedFill, { layer, settings, clipper, common, thickMm, index }: FillContext): PlannedFill[] {
  const area: Region = fill.lines
  const rest = common.length === 0 ? area : withoutSlivers(clipper.difference(area, common), settings, clipper)
  const lines = fillRegion(rest, sparseRequest(layer, settings, index.layer), clipper)
  const together = thickMm === 0 || common.length === 0 ? [] : fillRegion(clipper.intersection(area, common), sparseRequest(layer, settings, index.group), clipper)
  return [...(lines.length === 0 ? [] : [{ ...fill, lines }]), ...(together.length === 0 ? [] : [{ ...fill, lines: together, flow: thickMm / layer.heightMm }])]
}

function withoutSlivers(area: Region, { infillLineWidthMm }: SlicingSettings, clipper: Clipper): Region {
  const halfMm = (SLIVER_WIDTHS * infillLineWidthMm) / 2
  return clipper.offset(clipper.offset(area, -halfMm), halfMm)
}
