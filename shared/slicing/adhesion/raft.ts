import type { Clipper } from '../../geometry/clipper'
import { contourArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { failure, type Result, success } from '../../units/problem'
import { fillRegion } from '../infill/fill-region'
import { splitIslands } from '../islands'
import type { PlannedIsland, PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import type { SliceInput } from '../slice-input'
import { bedRegion } from './bed-region'

/** Lines of the base are so much wider than the nozzle that they hold to any bed. */
const BASE_WIDTH = 2
const BASE_DENSITY = 0.5
/** Between the base and the layer that the part lies on. */
const INTERFACE_DENSITY = 0.75
/** Parts nearer to each other share one raft, in multiples of its margin. */
const CLOSE_GAPS = 1

/** How much higher everything prints on its raft, mm; 0 without one. */
export function raftRaiseMm({ raftLayers, raftGapMm, raftBaseHeightMm, layerHeightMm }: SlicingSettings): number {
  return raftLayers === 0 ? 0 : raftBaseHeightMm + (raftLayers - 1) * layerHeightMm + raftGapMm
}

/**
 * Puts a raft under everything: wide lines on the bed, denser layers across each other, a solid one on top, a gap, and then
 * the layers as they were, higher. Without raft they come back as they are. Problem: `slicing/raft-too-high`.
 */
export function addRaft(layers: readonly PlannedLayer[], { settings, volume }: Pick<SliceInput, 'settings' | 'volume'>, clipper: Clipper): Result<readonly PlannedLayer[]> {
  const { raftLayers, raftBaseHeightMm, layerHeightMm } = settings
  if (raftLayers === 0 || layers.length === 0) return success(layers)
  const raiseMm = raftRaiseMm(settings)
  const topMm = layers.reduce((most, { zMm }) => Math.max(most, zMm), 0) + raiseMm
  if (topMm > volume.max[2] + 1e-6) {
    const overMm = Math.round((topMm - volume.max[2]) * 100) / 100
    return failure({ code: 'slicing/raft-too-high', severity: 'error', values: { overMm }, message: `With its raft the print rises ${overMm} mm above the build volume. Leave the raft out or make the part lower.` })
  }
  const area = raftArea(layers, { settings, volume }, clipper)
  const [first] = layers
  const raft = Array.from({ length: raftLayers }, (_, layer): PlannedLayer => {
    const heightMm = layer === 0 ? raftBaseHeightMm : layerHeightMm
    const zMm = round(raftBaseHeightMm + layer * layerHeightMm)
    return { layerIndex: layer, zMm, heightMm, objectId: first.objectId, islands: [], supports: raftIslands(area, { layer, zMm, heightMm }, settings, clipper) }
  })
  return success([...raft, ...layers.map((layer) => ({ ...layer, layerIndex: layer.layerIndex + raftLayers, zMm: round(layer.zMm + raiseMm) }))])
}

function raftArea(layers: readonly PlannedLayer[], { settings, volume }: Pick<SliceInput, 'settings' | 'volume'>, clipper: Clipper): Region {
  const onBed = layers.filter(({ layerIndex }) => layerIndex === 0).flatMap(({ islands, supports = [] }) => [...islands, ...supports].flatMap(({ outline }) => outline))
  const outer = clipper.union(onBed.filter((contour) => contourArea(contour) > 0))
  const gapMm = CLOSE_GAPS * settings.raftMarginMm
  const closed = clipper.offset(clipper.offset(outer, settings.raftMarginMm + gapMm, { join: 'round' }), -gapMm)
  return clipper.intersection(clipper.union(closed.filter((contour) => contourArea(contour) > 0)), bedRegion(volume))
}

function raftIslands(area: Region, { layer, zMm, heightMm }: { readonly layer: number; readonly zMm: number; readonly heightMm: number }, settings: SlicingSettings, clipper: Clipper): PlannedIsland[] {
  const isBase = layer === 0
  const widthMm = isBase ? Math.max(BASE_WIDTH * settings.nozzleDiameterMm, heightMm) : settings.infillLineWidthMm
  const density = isBase ? BASE_DENSITY : layer === settings.raftLayers - 1 ? 1 : INTERFACE_DENSITY
  const role = isBase ? 'support' : 'support-interface'
  return splitIslands(area).map(({ outline }) => {
    const walls = clipper.offset(outline, -widthMm / 2).map((contour) => ({ role: 'support' as const, depth: 0, contour, widthMm }))
    const inner = clipper.offset(outline, -1.4 * widthMm)
    const lines = fillRegion(inner, { pattern: 'rectilinear', density, widthMm, heightMm, zMm, angleDeg: layer % 2 === 0 ? 0 : 90 }, clipper)
    return { outline, walls, thinLines: [], fills: lines.length === 0 ? [] : [{ role, lines, widthMm }] }
  })
}

function round(mm: number): number {
  return Math.round(mm * 1e6) / 1e6
}
