import type { Clipper } from '../../geometry/clipper'
import { contourArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { splitIslands } from '../islands'
import type { LayerPlace } from '../layer-heights'
import type { SlicingSettings } from '../settings'
import { bridgeSpan } from '../skin/bridge-angle'

/** Smaller areas come from rounding and simplifying, mm². */
const LEAST_AREA_MM2 = 0.01
/** An overhang near the angle is no wall of the bed's; near 90° the tangent has no end, mm. */
const LONGEST_STEP_MM = 50
/** What stands out by less hangs on nothing but rounding, mm. */
const LEAST_STEP_MM = 0.03
/** Of a bridge's lines, by length, so many must be held at both ends to need no support. */
const LEAST_HELD = 0.95
/** What may hold a bridge lies within this of it, mm. */
const AROUND_MM = 0.5

/** Some layers of an object and the one below them. Plain data. */
export interface OverhangRequest {
  readonly settings: SlicingSettings
  /** Layer that `outlines[0]` and `places[0]` belong to. */
  readonly firstLayer: number
  readonly places: readonly LayerPlace[]
  readonly outlines: readonly Region[]
  /** Where all that overhangs is supported, and where nothing is; in the same layers, or none. Contours may overlap. */
  readonly enforced?: readonly Region[]
  readonly blocked?: readonly Region[]
  /** Layers to look at: from, up to and without. */
  readonly from: number
  readonly to: number
}

/** How far a layer may stand out over the one below without support, mm: its height × tan(angle from the vertical). */
function carriedStepMm(heightMm: number, { supportAngleDeg }: Pick<SlicingSettings, 'supportAngleDeg'>): number {
  return Math.min(LONGEST_STEP_MM, heightMm * Math.tan((supportAngleDeg * Math.PI) / 180))
}

/**
 * What of each layer needs support: where it stands out over the layer below by more than the angle allows, back to the
 * edge of the layer below. What is short enough to be bridged needs none, unless it is asked for. What is blocked needs
 * none, and of what is enforced all that stands out over the layer below, whatever the angle and the kind.
 */
export function findOverhangs({ settings, firstLayer, places, outlines, enforced = [], blocked = [], from, to }: OverhangRequest, clipper: Clipper, onLayer: () => void): Region[] {
  return Array.from({ length: to - from }, (_, k) => {
    const layer = from + k
    onLayer()
    if (layer === 0) return []
    const at = layer - firstLayer
    const [outline, below] = [outlines[at], outlines[at - 1]]
    const [wanted, unwanted] = [enforced[at] ?? [], blocked[at] ?? []]
    const found = settings.supportKind === 'none' ? [] : overhangOf(outline, below, carriedStepMm(places[at].heightMm, settings), clipper)
    const long = settings.supportBridges ? found : withoutBridges(found, below, settings.supportBridgeMaxMm, clipper)
    const free = unwanted.length === 0 || long.length === 0 ? long : clipper.difference(long, clipper.union(unwanted))
    if (wanted.length === 0) return free
    const asked = clipper.intersection(overhangOf(outline, below, LEAST_STEP_MM, clipper), clipper.union(wanted)).filter((contour) => Math.abs(contourArea(contour)) > LEAST_AREA_MM2)
    return asked.length === 0 ? free : clipper.union([...free, ...asked])
  })
}

function overhangOf(outline: Region, below: Region, stepMm: number, clipper: Clipper): Region {
  if (outline.length === 0 || below.length === 0) return outline
  const carried = clipper.offset(below, stepMm, { join: 'round', arcToleranceMm: 0.02 })
  const beyond = clipper.difference(outline, carried).filter((contour) => Math.abs(contourArea(contour)) > LEAST_AREA_MM2)
  if (beyond.length === 0) return beyond
  const whole = clipper.intersection(clipper.offset(beyond, stepMm + 0.01, { join: 'round', arcToleranceMm: 0.02 }), outline)
  return clipper.difference(whole, below).filter((contour) => Math.abs(contourArea(contour)) > LEAST_AREA_MM2)
}

function withoutBridges(overhang: Region, below: Region, longestMm: number, clipper: Clipper): Region {
  if (overhang.length === 0 || below.length === 0) return overhang
  return splitIslands(overhang).flatMap(({ outline, box: [minX, minY, maxX, maxY] }) => {
    // Only what lies around the piece can hold it; the rest of the layer would be looked through for every line.
    const around = [Float64Array.of(minX - AROUND_MM, minY - AROUND_MM, maxX + AROUND_MM, minY - AROUND_MM, maxX + AROUND_MM, maxY + AROUND_MM, minX - AROUND_MM, maxY + AROUND_MM)]
    const span = bridgeSpan(outline, clipper.intersection(below, around))
    return span !== undefined && span.heldShare >= LEAST_HELD && span.longestMm <= longestMm ? [] : outline
  })
}
