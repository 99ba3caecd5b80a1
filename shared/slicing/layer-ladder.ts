import type { HeightRange } from './height-ranges'
import { curveLayerFrom, curveLimits, type LayerCurve } from './layer-curve'
import { type LayerPlace, layerPlaces } from './layer-heights'
import type { PlacedObject } from './place-object'
import type { SlicingSettings } from './settings'

/** Slopes are remembered by slices of this height, mm. */
const BIN_MM = 0.04
/** A face is flat above this cosine: no layer is too thick for it, but it is good when one ends there. */
const FLAT = 0.9999
/** Layer heights end at whole numbers of this, mm, but where they end at a flat face. */
const GRID_MM = 0.01

/** Settings by which layers that differ in height keep the strength of even ones: skins as thick as so many layers were. */
export function adaptiveSettings(settings: SlicingSettings, curve: LayerCurve = []): SlicingSettings {
  if (!settings.adaptiveLayers && curve.length === 0) return settings
  const { topLayers, bottomLayers, topThicknessMm, bottomThicknessMm, layerHeightMm } = settings
  return { ...settings, topThicknessMm: Math.max(topThicknessMm, topLayers * layerHeightMm), bottomThicknessMm: Math.max(bottomThicknessMm, bottomLayers * layerHeightMm) }
}

/**
 * The layers of a plate up to its highest object: even ones; with adaptive layers as thick as slopes allow, so that no
 * stair is wider than asked but where the thinnest layer makes it so; as a drawn curve says, in place of both; between two
 * heights as a height range says. All objects share them, an object ends at its own top.
 */
export function layerLadder(objects: readonly PlacedObject[], settings: SlicingSettings, ranges: readonly HeightRange[] = [], curve: LayerCurve = []): LayerPlace[] {
  const topMm = objects.reduce((most, { box }) => Math.max(most, box.max[2]), 0)
  const hasRanges = ranges.some(({ values }) => values.layerHeightMm !== undefined)
  if (!settings.adaptiveLayers && !hasRanges && curve.length === 0) return layerPlaces(topMm, settings)
  const slopes = settings.adaptiveLayers || curve.length > 0 ? new Slopes(objects, topMm, settings) : undefined
  const limits = curveLimits(settings)
  const wanted = (bottomMm: number) => (curve.length > 0 ? slopes?.endingAtFlat(bottomMm, curveLayerFrom(curve, bottomMm, limits), limits) : slopes?.heightFrom(bottomMm))
  const places: LayerPlace[] = []
  let bottomMm = 0
  for (let heightMm = settings.firstLayerHeightMm; bottomMm + heightMm / 2 < topMm; heightMm = nextHeight(bottomMm, wanted, settings, ranges)) {
    const zMm = round(bottomMm + heightMm)
    places.push({ planeMm: zMm - heightMm / 2, zMm, heightMm })
    bottomMm = zMm
  }
  return places
}

/** The layers of one object: those whose middle is below its top. */
export function layersUpTo(ladder: readonly LayerPlace[], topMm: number): LayerPlace[] {
  return ladder.filter(({ planeMm }) => planeMm < topMm)
}

function nextHeight(bottomMm: number, wanted: (bottomMm: number) => number | undefined, { layerHeightMm }: SlicingSettings, ranges: readonly HeightRange[]): number {
  const ranged = ranges.findLast(({ fromMm, toMm, values }) => values.layerHeightMm !== undefined && bottomMm >= fromMm - 1e-6 && bottomMm < toMm - 1e-6)
  return ranged?.values.layerHeightMm ?? wanted(bottomMm) ?? layerHeightMm
}

/** How thick a layer may be at a height. */
class Slopes {
  /** By slice of height: the thickest layer that its slopes allow, mm. */
  private readonly allowed: Float32Array
  private readonly flats: readonly number[]

  constructor(
    objects: readonly PlacedObject[],
    topMm: number,
    private readonly settings: SlicingSettings,
  ) {
    this.allowed = new Float32Array(Math.ceil(topMm / BIN_MM) + 2).fill(Infinity)
    const flats = new Set<number>()
    for (const object of objects) this.addObject(object, flats)
    this.flats = [...flats].toSorted((a, b) => a - b)
  }

  private addObject({ object: { mesh: { indices } }, positions }: PlacedObject, flats: Set<number>): void {
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]]
      const [ux, uy, uz] = [positions[b] - positions[a], positions[b + 1] - positions[a + 1], positions[b + 2] - positions[a + 2]]
      const [vx, vy, vz] = [positions[c] - positions[a], positions[c + 1] - positions[a + 1], positions[c + 2] - positions[a + 2]]
      const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
      const size = Math.hypot(nx, ny, nz)
      if (size === 0) continue
      if (Math.abs(nz) > FLAT * size) flats.add(round(positions[a + 2]))
      else this.limit(positions[a + 2], positions[b + 2], positions[c + 2], (this.settings.adaptiveStepMm * Math.hypot(nx, ny)) / Math.abs(nz))
    }
  }

  private limit(a: number, b: number, c: number, heightMm: number): void {
    if (heightMm >= this.settings.adaptiveMaxMm) return
    const { allowed } = this
    const from = Math.max(0, Math.floor(Math.min(a, b, c) / BIN_MM))
    const to = Math.min(allowed.length - 1, Math.floor(Math.max(a, b, c) / BIN_MM))
    for (let bin = from; bin <= to; bin++) if (heightMm < allowed[bin]) allowed[bin] = heightMm
  }

  /** Height of the layer that begins at a height, mm. */
  heightFrom(bottomMm: number): number {
    const { adaptiveMinMm, adaptiveMaxMm } = this.settings
    const leastMm = Math.min(adaptiveMinMm, adaptiveMaxMm)
    let heightMm = adaptiveMaxMm
    for (let bin = Math.floor(bottomMm / BIN_MM); bin < this.allowed.length && bin * BIN_MM < bottomMm + heightMm; bin++) heightMm = Math.max(leastMm, Math.min(heightMm, this.allowed[bin]))
    const onGrid = Math.max(leastMm, Math.floor(heightMm / GRID_MM + 1e-6) * GRID_MM)
    return this.endingAtFlat(bottomMm, onGrid, { minMm: leastMm, maxMm: adaptiveMaxMm })
  }

  /** A layer's height, changed a little where a flat face is near its end, so that a layer ends there. */
  endingAtFlat(bottomMm: number, heightMm: number, { minMm, maxMm }: { readonly minMm: number; readonly maxMm: number }): number {
    const flat = this.flats.find((z) => z >= bottomMm + minMm - 1e-6 && z < bottomMm + heightMm + minMm - 1e-6)
    if (flat === undefined) return round(heightMm)
    const toFlat = flat - bottomMm
    if (toFlat <= heightMm + 1e-6) return round(toFlat)
    // What one layer leaves of the way would be too thin for another: two halves, or all of it.
    return round(toFlat / 2 >= minMm ? toFlat / 2 : Math.min(toFlat, maxMm))
  }
}

function round(mm: number): number {
  return Math.round(mm * 1e6) / 1e6
}
