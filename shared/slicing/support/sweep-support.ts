import type { Clipper } from '../../geometry/clipper'
import { contourArea } from '../../geometry/measure-contour'
import { simplifyContour } from '../../geometry/simplify-contour'
import type { Region } from '../../geometry/region'
import { splitIslands } from '../islands'
import { fillSpacing } from '../infill/fill-spacing'
import type { SlicingSettings } from '../settings'
import { snapToGrid } from './snap-to-grid'
import type { SupportAreas, SupportRequest } from './support-areas'

/** Support follows no finer detail of what it carries, mm. */
const SIMPLIFY_MM = 0.05
/** Smaller pieces of support can't stand, mm². */
const LEAST_AREA_MM2 = 0.2
/** Cells of the grid, mm. */
const CELL_MM = [1.5, 5] as const

/**
 * Support that goes straight down from each overhang to the bed or to the part below. `snug` keeps to the shape of the
 * overhang, `grid` fills whole cells of a grid that all layers share. Nothing of it lies in what is to keep clear.
 */
export function sweepSupport({ overhangs, clear, outlines }: SupportRequest, settings: SlicingSettings, clipper: Clipper, onLayer: () => void): SupportAreas[] {
  const count = overhangs.length
  const tops = overhangs.map((overhang) => contactOf(overhang, settings, clipper))
  const whole: Region[] = Array.from({ length: count }, () => [])
  let column: Region = []
  for (let layer = count - 1; layer >= 0; layer--) {
    const top = tops[layer + 1 + settings.supportTopGapLayers] ?? []
    const wanted = top.length === 0 ? column : clipper.union([...column.map(coarse), ...top].filter((contour) => contour !== undefined))
    column = wanted.length === 0 ? wanted : withoutSpecks(clipper.difference(wanted, clear[layer]))
    whole[layer] = column
    onLayer()
  }
  if (settings.supportOnBedOnly) keepStanding(whole, clipper)
  if (whole[0] !== undefined) whole[0] = widenFoot(whole[0], clear[0], settings, clipper)
  return whole.map((area, layer) => splitInterface({ area, layer, tops, outlines }, settings, clipper))
}

/** Where support meets an overhang: a line wider than it, so that its edge is carried too. */
export function contactOf(overhang: Region, settings: SlicingSettings, clipper: Clipper): Region {
  if (overhang.length === 0) return overhang
  const wide = clipper.offset(overhang, settings.infillLineWidthMm, { join: 'round', arcToleranceMm: 0.05 })
  if (settings.supportKind !== 'grid') return wide.map(coarse).filter((contour) => contour !== undefined)
  const [least, most] = CELL_MM
  const spacingMm = fillSpacing('rectilinear', settings.supportPercent / 100, settings.infillLineWidthMm)
  return snapToGrid(wide, Math.min(most, Math.max(least, spacingMm)), clipper)
}

/** The first layer of support, wider so that it stands; where the part has a brim it goes around the support too. */
export function widenFoot(area: Region, clear: Region, { supportBrimMm, brimWidthMm }: SlicingSettings, clipper: Clipper): Region {
  if (area.length === 0 || brimWidthMm > 0 || supportBrimMm === 0) return area
  return clipper.difference(clipper.offset(area, supportBrimMm, { join: 'round', arcToleranceMm: 0.05 }), clear)
}

/** Takes away what doesn't reach the bed. */
function keepStanding(whole: Region[], clipper: Clipper): void {
  for (let layer = 1; layer < whole.length; layer++) whole[layer] = withoutSpecks(clipper.intersection(whole[layer], whole[layer - 1]))
}

interface InterfaceRequest {
  readonly area: Region
  readonly layer: number
  readonly tops: readonly Region[]
  readonly outlines: readonly Region[]
}

/** Divides a layer's support: dense within some layers under what it carries and over what it stands on. */
function splitInterface({ area, layer, tops, outlines }: InterfaceRequest, settings: SlicingSettings, clipper: Clipper): SupportAreas {
  const { supportInterfaceLayers, supportTopGapLayers, supportBottomGapLayers } = settings
  if (area.length === 0 || supportInterfaceLayers === 0) return { base: area, interface: [] }
  const near: Region[] = []
  for (let k = 1; k <= supportInterfaceLayers; k++) {
    near.push(tops[layer + supportTopGapLayers + k] ?? [], outlines[layer - supportBottomGapLayers - k] ?? [])
  }
  const dense = withoutSpecks(clipper.intersection(area, clipper.union(near.flat())))
  return dense.length === 0 ? { base: area, interface: [] } : { base: withoutSpecks(clipper.difference(area, dense)), interface: dense }
}

/** Without pieces too small to stand; holes stay whatever their size, since a part may be in them. */
export function withoutSpecks(region: Region): Region {
  const isSpeck = (contour: Float64Array) => Math.abs(contourArea(contour)) < LEAST_AREA_MM2
  if (!region.some(isSpeck)) return region
  return splitIslands(region).flatMap(({ outline }) => (outline[0] !== undefined && isSpeck(outline[0]) ? [] : outline))
}

function coarse(contour: Float64Array): Float64Array | undefined {
  return simplifyContour(contour, SIMPLIFY_MM)
}
