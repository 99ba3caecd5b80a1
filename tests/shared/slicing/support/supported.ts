import { loadClipper } from '../../../../shared/geometry/clipper'
import { regionArea } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import type { Mesh } from '../../../../shared/mesh/mesh'
import type { PlannedIsland, PlannedLayer } from '../../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { planPlate } from '../../../../shared/slicing/slice-plate'
import type { SliceObject } from '../../../../shared/slicing/slice-input'
import { placed, plate, settingsWith } from '../solids'

export const clipper = await loadClipper()

/** Plans objects with grid support unless told otherwise. */
export async function planObjects(objects: readonly SliceObject[], values: SettingValues): Promise<PlannedLayer[]> {
  const planned = await planPlate(plate(objects, { supportKind: 'grid', ...values }), createLocalSlicePool())
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join(' '))
  return planned.value
}

export function planMesh(mesh: Mesh, values: SettingValues = {}): Promise<PlannedLayer[]> {
  return planObjects([placed(mesh)], values)
}

/** The planned areas of support and of the parts, one of each a layer. */
export function areasOf(layers: readonly PlannedLayer[]): { support: Region[]; part: Region[] } {
  const count = Math.max(...layers.map(({ layerIndex }) => layerIndex)) + 1
  const support: Region[] = Array.from({ length: count }, () => [])
  const part: Region[] = Array.from({ length: count }, () => [])
  for (const { layerIndex, islands, supports = [] } of layers) {
    support[layerIndex] = [...support[layerIndex]!, ...supports.flatMap(({ outline }) => outline)]
    part[layerIndex] = [...part[layerIndex]!, ...islands.flatMap(({ outline }) => outline)]
  }
  return { support, part }
}

/** Where filament of support lies: its lines, as wide as they are. */
export function laidSupport({ supports = [] }: PlannedLayer): Region {
  return clipper.union(supports.flatMap((island) => linesOf(island).flatMap(({ lines, widthMm }) => clipper.thicken(lines, widthMm / 2))))
}

function linesOf({ walls, fills }: PlannedIsland): { lines: readonly Float64Array[]; widthMm: number }[] {
  const closed = walls.map(({ contour, widthMm }) => ({ lines: [Float64Array.of(...contour, contour[0]!, contour[1]!)], widthMm }))
  return [...closed, ...fills]
}

/** Area of filament of support within a gap of the part: beside it in the same layer, or over or under it within so many layers. */
export function inGapMm2(layers: readonly PlannedLayer[], values: SettingValues = {}): number {
  const settings = settingsWith(values)
  const { part } = areasOf(layers)
  return layers.reduce((sum, layer) => {
    const laid = laidSupport(layer)
    if (laid.length === 0) return sum
    const near: Region[] = [clipper.offset(part[layer.layerIndex]!, settings.supportGapMm - 0.02, { join: 'round' })]
    for (let k = 1; k <= settings.supportTopGapLayers; k++) near.push(part[layer.layerIndex + k] ?? [])
    for (let k = 1; k <= settings.supportBottomGapLayers; k++) near.push(part[layer.layerIndex - k] ?? [])
    return sum + near.reduce((area, region) => area + regionArea(clipper.offset(clipper.intersection(laid, region), -0.01)), 0)
  }, 0)
}

/** Overhang beyond the angle, how much of it support lies under, and how much of it neither support nor the gap explains, mm². */
export function coverage(layers: readonly PlannedLayer[], values: SettingValues = {}): { overhangMm2: number; carriedMm2: number; openMm2: number } {
  const settings = settingsWith(values)
  const { part, support } = areasOf(layers)
  const stepMm = settings.layerHeightMm * Math.tan((settings.supportAngleDeg * Math.PI) / 180)
  const result = { overhangMm2: 0, carriedMm2: 0, openMm2: 0 }
  for (let layer = 1; layer < part.length; layer++) {
    const overhang = clipper.difference(part[layer]!, clipper.offset(part[layer - 1]!, stepMm, { join: 'round' }))
    if (overhang.length === 0) continue
    const at = layer - 1 - settings.supportTopGapLayers
    const below = support[at] ?? []
    result.overhangMm2 += regionArea(overhang)
    result.carriedMm2 += regionArea(clipper.intersection(overhang, below))
    const near = [clipper.offset(part[at] ?? [], settings.supportGapMm + 0.05, { join: 'round' }), ...Array.from({ length: settings.supportBottomGapLayers }, (_, k) => part[at - 1 - k] ?? [])]
    const open = clipper.difference(clipper.difference(overhang, clipper.offset(below, 0.1)), clipper.union(near.flat()))
    result.openMm2 += at < 0 ? 0 : regionArea(open)
  }
  return result
}
