import type { Clipper } from '../../geometry/clipper'
import type { Region } from '../../geometry/region'
import { simplifyContour } from '../../geometry/simplify-contour'
import type { SlicingSettings } from '../settings'

/** Gaps are known this well, mm. */
const SIMPLIFY_MM = 0.01

/** Outlines of everything on the plate in some layers, and of as many around them as the gaps reach. Plain data. */
export interface ClearRequest {
  readonly settings: SlicingSettings
  /** Layer that `outlines[0]` belongs to. */
  readonly firstLayer: number
  readonly outlines: readonly Region[]
  /** Layers to work out: from, up to and without. */
  readonly from: number
  readonly to: number
}

/**
 * The areas that support keeps out of: within the gap beside a part in the same layer, and under or over a part within the
 * layers of the gap above and below.
 */
export function keepClear({ settings, firstLayer, outlines, from, to }: ClearRequest, clipper: Clipper, onLayer: () => void): Region[] {
  return Array.from({ length: to - from }, (_, k) => {
    const at = from + k - firstLayer
    const regions: Region[] = [clipper.offset(outlines[at], settings.supportGapMm, { join: 'round', arcToleranceMm: 0.02 })]
    for (let i = 1; i <= settings.supportTopGapLayers; i++) regions.push(outlines[at + i] ?? [])
    for (let i = 1; i <= settings.supportBottomGapLayers; i++) regions.push(outlines[at - i] ?? [])
    onLayer()
    return clipper.union(regions.flat()).map((contour) => simplifyContour(contour, SIMPLIFY_MM)).filter((contour) => contour !== undefined)
  })
}
