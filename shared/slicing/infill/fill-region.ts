import type { Clipper } from '../../geometry/clipper'
import type { Polyline, Region } from '../../geometry/region'
import { concentricLines } from './concentric-lines'
import { fillSpacing, type FillPattern } from './fill-spacing'
import { JOINED, type Joining } from './chain-lines'
import { gyroidLines } from './gyroid-lines'
import { honeycombLines } from './honeycomb-lines'
import { scanLines } from './scan-lines'
import { solidSpacing } from './solid-spacing'

/** How an area is filled. Plain data. */
export interface FillRequest {
  readonly pattern: FillPattern
  /** 0..1; 1 is solid. */
  readonly density: number
  /** Of the line that will be extruded, mm; with the height it decides how near solid lines lie to each other. */
  readonly widthMm: number
  /** Layer height, mm. */
  readonly heightMm: number
  /** Of the lines to the x axis; the caller turns it from layer to layer. Gyroid, honeycomb and concentric take no notice. */
  readonly angleDeg: number
  /** Nozzle height; the gyroid's wave follows it. */
  readonly zMm: number
  /** Lines in sweep order, so that none is laid between two that are there: for skins. The lines must stay in this order. */
  readonly isMonotonic?: boolean
  /** How sparse lines hold to the boundary; joined unless given. */
  readonly joining?: Joining
}

/**
 * Fills a region with lines; open ones, or closed ones that end where they begin (concentric).
 *
 * The region is where the middle of a line may run (the caller has inset it), and no line leaves it by more than 5 µm.
 * Extruded volume over region × height is `density`. Sparse patterns are anchored to the machine's coordinates, so that
 * they meet from layer to layer; solid lines are spread to reach both ends. Lines shorter than their width are left out.
 */
export function fillRegion(region: Region, request: FillRequest, clipper: Clipper): Polyline[] {
  if (region.length === 0 || request.density <= 0) return []
  const spacingMm = fillSpacing(request.pattern, Math.min(1, request.density), solidSpacing(request.widthMm, request.heightMm))
  const { pattern, angleDeg, widthMm } = request
  const joining = request.joining ?? JOINED
  const isMonotonic = request.isMonotonic === true
  switch (pattern) {
    case 'rectilinear':
      return scanLines(region, { spacingMm, angleDeg, widthMm, isMonotonic, isSolid: request.density > 0.99, joining })
    case 'grid':
      return [0, 90].flatMap((turnDeg) => scanLines(region, { spacingMm, angleDeg: angleDeg + turnDeg, widthMm, isMonotonic, isSolid: false, joining }))
    case 'triangles':
      return [0, 60, 120].flatMap((turnDeg) => scanLines(region, { spacingMm, angleDeg: angleDeg + turnDeg, widthMm, isMonotonic, isSolid: false, joining }))
    case 'cubic':
      // Planes of cubes that stand on a corner: their cuts wander with the height, all three to the same side.
      return [0, 120, 240].flatMap((turnDeg) => scanLines(region, { spacingMm, angleDeg: angleDeg + turnDeg, widthMm, isMonotonic, isSolid: false, joining, shiftMm: request.zMm * Math.SQRT1_2 }))
    case 'honeycomb':
      return honeycombLines(region, { sideMm: spacingMm, lineMm: solidSpacing(request.widthMm, request.heightMm), widthMm, joining })
    case 'gyroid':
      return gyroidLines(region, { spacingMm, zMm: request.zMm, widthMm, joining })
    case 'concentric':
      return concentricLines(region, { spacingMm, widthMm }, clipper)
    default:
      return pattern satisfies never
  }
}
