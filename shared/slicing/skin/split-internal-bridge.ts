import type { Clipper } from '../../geometry/clipper'
import { regionArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'

/** Smaller pieces aren't worth lines of their own, mm². */
const LEAST_AREA_MM2 = 4

/**
 * Divides internal skin into what lies over sparse infill, where its lines hang between the infill's, and the rest. The two
 * lie as far apart as neighbouring lines.
 *
 * @param solidBelow what is solid in the layer below, grown as skin is
 */
export function splitInternalBridge(skin: Region, solidBelow: Region, spacingMm: number, clipper: Clipper): { readonly bridge: Region; readonly rest: Region } {
  const open = clipper.offset(clipper.offset(clipper.difference(skin, solidBelow), -spacingMm), spacingMm)
  const bridge = clipper.intersection(skin, open)
  if (regionArea(bridge) < LEAST_AREA_MM2) return { bridge: [], rest: skin }
  const rest = clipper.difference(skin, clipper.offset(bridge, spacingMm))
  return { bridge, rest: clipper.offset(clipper.offset(rest, -spacingMm / 4), spacingMm / 4) }
}
