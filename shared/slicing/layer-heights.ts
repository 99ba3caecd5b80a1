import type { SlicingSettings } from './settings'

/** A layer's place: the plane it is cut at (its middle), its top and its thickness, mm. */
export interface LayerPlace {
  readonly planeMm: number
  readonly zMm: number
  readonly heightMm: number
}

/**
 * The layers that an object up to `topMm` needs: every layer whose middle is below its top. All objects of a plate share
 * these heights.
 */
export function layerPlaces(topMm: number, { firstLayerHeightMm, layerHeightMm }: Pick<SlicingSettings, 'firstLayerHeightMm' | 'layerHeightMm'>): LayerPlace[] {
  const places: LayerPlace[] = []
  for (let index = 0; ; index++) {
    const heightMm = index === 0 ? firstLayerHeightMm : layerHeightMm
    const zMm = round(firstLayerHeightMm + index * layerHeightMm)
    const planeMm = zMm - heightMm / 2
    if (planeMm >= topMm) return places
    places.push({ planeMm, zMm, heightMm })
  }
}

function round(mm: number): number {
  return Math.round(mm * 1e6) / 1e6
}
