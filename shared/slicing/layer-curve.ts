import type { SlicingSettings } from './settings'

/** A layer height that is wanted at a height above the bed, mm; between two of them it goes evenly from one to the other. */
export interface CurvePoint {
  readonly zMm: number
  readonly heightMm: number
}

/** From the bed up; empty: none drawn. */
export type LayerCurve = readonly CurvePoint[]

/** A layer thinner than this share of the nozzle isn't laid down evenly; thicker than the other it doesn't hold. */
const LEAST_SHARE = 0.1
const MOST_SHARE = 0.8
const LEAST_MM = 0.04
const GRID_MM = 0.01

/** Between which heights a nozzle lays layers that hold, mm, on the grid of layer heights. */
export function curveLimits({ nozzleDiameterMm }: Pick<SlicingSettings, 'nozzleDiameterMm'>): { readonly minMm: number; readonly maxMm: number } {
  return { minMm: Math.max(LEAST_MM, onGrid(LEAST_SHARE * nozzleDiameterMm, Math.ceil)), maxMm: onGrid(MOST_SHARE * nozzleDiameterMm, Math.floor) }
}

/** Height that the curve asks for at a place; beyond its ends that of the end. The curve has a point. */
export function curveHeightAt(curve: LayerCurve, zMm: number): number {
  const after = curve.findIndex((point) => point.zMm >= zMm)
  const to = curve[after === -1 ? curve.length - 1 : after]
  const from = curve[Math.max(0, (after === -1 ? curve.length : after) - 1)]
  if (to === undefined || from === undefined) return 0
  const way = to.zMm - from.zMm
  return way <= 0 ? to.heightMm : from.heightMm + ((to.heightMm - from.heightMm) * Math.min(1, Math.max(0, (zMm - from.zMm) / way)))
}

/** Height of the layer that begins at a place, by what the curve says at the layer's own middle; within the limits, on the grid of layer heights. */
export function curveLayerFrom(curve: LayerCurve, bottomMm: number, limits: ReturnType<typeof curveLimits>): number {
  const bounded = (heightMm: number) => Math.min(limits.maxMm, Math.max(limits.minMm, heightMm))
  let heightMm = bounded(curveHeightAt(curve, bottomMm))
  // Steps towards the height whose own middle asks for it: the curve is flat enough for three.
  for (let step = 0; step < 3; step++) heightMm = bounded(curveHeightAt(curve, bottomMm + heightMm / 2))
  return bounded(onGrid(heightMm, Math.round))
}

/** Points at even distances from the bed to the top, all of one height: what drawing begins with. */
export function evenCurve(topMm: number, heightMm: number, count: number): LayerCurve {
  return Array.from({ length: count }, (_, i) => ({ zMm: Math.round((topMm * 1000 * i) / (count - 1)) / 1000, heightMm }))
}

/** The same points with each height drawn towards those of its neighbours: steps become slopes. */
export function smoothCurve(curve: LayerCurve): LayerCurve {
  return curve.map(({ zMm, heightMm }, i) => {
    const before = curve[i - 1]?.heightMm ?? heightMm
    const after = curve[i + 1]?.heightMm ?? heightMm
    return { zMm, heightMm: Math.round(((before + 2 * heightMm + after) / 4) * 1000) / 1000 }
  })
}

function onGrid(mm: number, round: (value: number) => number): number {
  return Math.round(round(mm / GRID_MM + (round === Math.round ? 0 : round === Math.floor ? 1e-6 : -1e-6)) * GRID_MM * 1e6) / 1e6
}
