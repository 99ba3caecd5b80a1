import type { LayerPlace } from '../layer-heights'
import type { SlicingSettings } from '../settings'
import type { FillRequest } from './fill-region'

/** How a sparse area of a layer is filled; lines of the plain pattern turn from one to the next. `index` is the layer's, or that of layers that are filled together. */
export function sparseRequest({ zMm, heightMm }: Pick<LayerPlace, 'zMm' | 'heightMm'>, settings: SlicingSettings, index: number): FillRequest {
  const { infillPattern, infillPercent, infillLineWidthMm, infillAngleDeg, infillJoined, infillAnchorMm } = settings
  // Lightning's lines come from elsewhere.
  const pattern = infillPattern === 'lightning' ? 'rectilinear' : infillPattern
  return {
    heightMm, zMm, pattern,
    density: infillPercent / 100,
    widthMm: infillLineWidthMm,
    angleDeg: infillAngleDeg + (pattern === 'rectilinear' && index % 2 === 1 ? 90 : 0),
    joining: { isJoined: infillJoined, anchorMm: infillAnchorMm },
  }
}

/** Whether infill is laid when all layers are there; until then its area stands for its lines. */
export function isInfillLater({ infillPattern, infillEveryLayers }: Pick<SlicingSettings, 'infillPattern' | 'infillEveryLayers'>): boolean {
  return infillPattern === 'lightning' || infillEveryLayers > 1
}
