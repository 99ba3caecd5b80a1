import { contourBox } from '../../geometry/measure-contour'
import { convexHull, type Footprint } from '../../mesh/footprint'
import { failure, type Result, success } from '../../units/problem'
import { crossSectionMm2, solidSpacing } from '../infill/solid-spacing'
import { convexOverlap, sweptByHead } from '../order/object-sequence'
import type { PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import type { SliceInput } from '../slice-input'

/** A layer of the tower. */
export interface TowerLayer {
  readonly zMm: number
  /** From the tower's own layer below, which a raft's gap leaves further down than the part's. */
  readonly heightMm: number
  /** Volume of each change in the layer, mm³, in their order. */
  readonly purgesMm3: readonly number[]
}

/** Where the tower stands, and its layers from the bed up to the last change. */
export interface PrimeTower {
  /** Its walls' outer edges, without the brim: machine coordinates, mm. */
  readonly minMm: readonly [number, number]
  readonly maxMm: readonly [number, number]
  readonly lineWidthMm: number
  readonly brimLines: number
  /** By plate, as many as reach up to the last change. */
  readonly layers: readonly TowerLayer[]
}

/** Room around the tower that no part, support or brim comes into, mm. */
const CLEAR_MM = 3
/** Places are tried so far apart, mm. */
const STEP_MM = 2
/** Thinner than this a tower doesn't stand, mm; and no thinner than a part of its height. */
const LEAST_DEPTH_MM = 8
const LEAST_SLENDERNESS = 0.1

/** What is asked of the tower: one entry a plate, from the bed up. */
export interface TowerRequest {
  readonly plates: readonly (readonly PlannedLayer[])[]
  /** mm³ of each change in each plate. */
  readonly purgesMm3: readonly (readonly number[])[]
  readonly settings: SlicingSettings
  readonly volume: SliceInput['volume']
}

/**
 * Plans a tower that takes what is purged: as wide as asked, as deep as the fullest layer needs, up to the last change, at
 * the free place on the bed that is nearest to the parts. Undefined when nothing is purged. Problem: `slicing/no-room-for-tower`.
 */
export function planTower(request: TowerRequest): Result<PrimeTower | undefined> {
  const { plates, purgesMm3, settings } = request
  const count = purgesMm3.findLastIndex((purges) => purges.length > 0) + 1
  if (count === 0) return success(undefined)
  const lineWidthMm = Math.max(settings.outerWallLineWidthMm, settings.nozzleDiameterMm)
  const layers = plates.slice(0, count).map((plate, i): TowerLayer => {
    const zMm = plate[0].zMm
    return { zMm, heightMm: zMm - (plates[i - 1]?.[0].zMm ?? 0), purgesMm3: purgesMm3[i] }
  })
  const widthMm = settings.primeTowerWidthMm
  const depthMm = towerDepth(layers, widthMm, lineWidthMm)
  const brimLines = Math.round(settings.primeTowerBrimMm / solidSpacing(lineWidthMm, layers[0].heightMm))
  const brimMm = brimLines * solidSpacing(lineWidthMm, layers[0].heightMm)
  const place = findPlace([widthMm + 2 * brimMm, depthMm + 2 * brimMm], request)
  if (place === undefined) {
    const values = { widthMm: Math.ceil(widthMm + 2 * brimMm), depthMm: Math.ceil(depthMm + 2 * brimMm) }
    return failure({ code: 'slicing/no-room-for-tower', severity: 'error', values, message: `There is no free place on the bed for the prime tower of ${values.widthMm} × ${values.depthMm} mm. Move the parts together, make the tower narrower, purge less, or switch it off.` })
  }
  const [x, y] = place
  return success({ minMm: [x + brimMm, y + brimMm], maxMm: [x + brimMm + widthMm, y + brimMm + depthMm], lineWidthMm, brimLines, layers })
}

/** Rows of lines from one wall to the other that take a volume, whole ones. */
export function rowsOf(volumeMm3: number, { heightMm }: Pick<TowerLayer, 'heightMm'>, widthMm: number, lineWidthMm: number): number {
  const spacingMm = solidSpacing(lineWidthMm, heightMm)
  return Math.ceil(volumeMm3 / crossSectionMm2(lineWidthMm, heightMm) / (widthMm - 2 * lineWidthMm + spacingMm) + 1)
}

function towerDepth(layers: readonly TowerLayer[], widthMm: number, lineWidthMm: number): number {
  const least = Math.max(LEAST_DEPTH_MM, LEAST_SLENDERNESS * layers[layers.length - 1].zMm)
  const needed = layers.map((layer) => layer.purgesMm3.reduce((sum, volumeMm3) => sum + rowsOf(volumeMm3, layer, widthMm, lineWidthMm), 1) * solidSpacing(lineWidthMm, layer.heightMm) + 2 * lineWidthMm)
  return needed.reduce((most, mm) => Math.max(most, mm), least)
}

/** The corner of least x and y of the free place nearest to the parts' middle. */
function findPlace([widthMm, depthMm]: readonly [number, number], { plates, settings, volume }: TowerRequest): readonly [number, number] | undefined {
  const aroundMm = CLEAR_MM + settings.brimWidthMm + (settings.brimWidthMm > 0 ? settings.brimGapMm : 0)
  const around = { leftMm: aroundMm, rightMm: aroundMm, frontMm: aroundMm, backMm: aroundMm, gantryHeightMm: 0 }
  const taken = hullsOfObjects(plates).map((hull) => sweptByHead(hull, around))
  const [cx, cy] = middleOf(taken)
  let best: readonly [number, number] | undefined
  let least = Infinity
  const [lastX, lastY] = [volume.max[0] - widthMm, volume.max[1] - depthMm]
  for (let x = volume.min[0]; x <= lastX; x += STEP_MM) {
    for (let y = volume.min[1]; y <= lastY; y += STEP_MM) {
      const distance = Math.hypot(x + widthMm / 2 - cx, y + depthMm / 2 - cy)
      if (distance >= least) continue
      const box = Float64Array.of(x, y, x + widthMm, y, x + widthMm, y + depthMm, x, y + depthMm)
      if (!isOnBed(box, volume) || taken.some((hull) => convexOverlap(box, hull))) continue
      least = distance
      best = [x, y]
    }
  }
  return best
}

/** What each object takes over all its layers, support included. */
function hullsOfObjects(plates: TowerRequest['plates']): Footprint[] {
  const hulls = new Map<string, Footprint>()
  for (const { objectId, islands, supports = [] } of plates.flat()) {
    const points = [...(hulls.get(objectId) ?? [])]
    for (const { outline } of [...islands, ...supports]) for (const contour of outline) for (const value of contour) points.push(value)
    hulls.set(objectId, convexHull(Float64Array.from(points)))
  }
  return [...hulls.values()]
}

function middleOf(hulls: readonly Footprint[]): readonly [number, number] {
  const boxes = hulls.map(contourBox)
  const reach = (axis: 0 | 1 | 2 | 3, most: (...values: number[]) => number) => most(...boxes.map((box) => box[axis]))
  return [(reach(0, Math.min) + reach(2, Math.max)) / 2, (reach(1, Math.min) + reach(3, Math.max)) / 2]
}

function isOnBed(box: Footprint, { min, max, shape }: SliceInput['volume']): boolean {
  if (shape === 'rectangle') return true
  const [rx, ry] = [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2]
  for (let i = 0; i < box.length; i += 2) if (((box[i] - min[0] - rx) / rx) ** 2 + ((box[i + 1] - min[1] - ry) / ry) ** 2 > 1) return false
  return true
}
