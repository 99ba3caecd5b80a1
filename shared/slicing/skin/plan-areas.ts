import type { Clipper } from '../../geometry/clipper'
import { grownArea, regionArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { solidSpacing } from '../infill/solid-spacing'
import { type Island, splitIslands } from '../islands'
import type { PlannedFill } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { bridgeSpan } from './bridge-angle'
import { touchingIslands } from './touching-islands'
import { splitInternalBridge } from './split-internal-bridge'

/** Skin reaches this many line widths over the edge of what it covers, so that its ends lie on material. */
const ANCHOR_WIDTHS = 6
/** Skin narrower than this part of a line is dropped before it is grown. */
const SLIVER_WIDTHS = 0.8
/** Overlaps that differ by less are the same, mm. */
const SAME_OVERLAP_MM = 0.015
/** Corners of what is shrunk and grown back stay sharp down to 60°. */
const MITER_LIMIT = 2
/** Areas that differ by less are the same, mm²: rounding of offsets. */
const ALIKE_MM2 = 0.01
/** What is narrower comes from rounding of offsets, mm. */
const SLIVER_MM = 0.15
/** Infill between skins smaller than this is filled solid, mm². */
const LEAST_SPARSE_MM2 = 10

/** An area with its role; `angleDeg` where its lines have a direction of their own. */
export interface FillArea {
  readonly role: PlannedFill['role']
  readonly area: Region
  readonly angleDeg?: number
}

/** What is exposed around a layer. */
export interface Exposure {
  /** Of this layer: not covered by the layer above; not resting on the layer below (the whole outline on the bed). */
  readonly up: readonly Island[]
  readonly down: readonly Island[]
  /** Of the layers above and below that are so near that this one must be solid under or over them; may overlap. */
  readonly near: readonly Island[]
  /** What `near` is in the layer below; given when skin over sparse infill is to be laid as a bridge. */
  readonly nearBelow?: readonly Island[]
  /** Outline of the layer below; undefined on the bed. */
  readonly below: Region | undefined
}

/**
 * Divides the fill area of a layer into skin and sparse infill. Skin is grown a little to be held by the infill around it;
 * slivers and specks are given to their neighbours. A bottom skin over air that is held on two sides is a bridge.
 */
export function planAreas(fillArea: Region, exposure: Exposure, layer: { readonly heightMm: number; readonly settings: SlicingSettings }, clipper: Clipper): FillArea[] {
  if (fillArea.length === 0) return []
  const { settings, heightMm } = layer
  const widthMm = settings.skinLineWidthMm
  const sliverMm = (SLIVER_WIDTHS * widthMm) / 2
  /** What is exposed of the fill area, without slivers and grown by what holds it. */
  const anchored = (exposed: readonly Island[]) => {
    const area = clipper.intersection(fillArea, outlinesOf(touchingIslands(exposed, fillArea)))
    return clipper.offset(clipper.offset(area, -sliverMm), sliverMm + ANCHOR_WIDTHS * widthMm, { join: 'round', arcToleranceMm: 0.05 })
  }
  const grown = settings.infillPercent >= 100 ? [] : anchored(exposure.near)
  const sparse = settings.infillPercent >= 100 ? [] : keepWide(grown.length === 0 ? fillArea : clipper.difference(fillArea, grown), widthMm, clipper)
  const solid = sparse.length === 0 ? fillArea : grown.length === 0 ? [] : withoutSlivers(clipper.difference(fillArea, sparse), clipper)
  const areas: FillArea[] = sparse.length === 0 ? [] : [{ role: 'infill', area: overlapping(sparse, layer, clipper) }]
  if (solid.length === 0) return areas

  const covered: Region[] = []
  const take = (exposed: readonly Island[], name: (piece: Region) => FillArea[]) => {
    const held = anchored(exposed)
    if (held.length === 0) return
    const free = covered.length === 0 ? solid : clipper.difference(solid, clipper.offset(covered.flat(), solidSpacing(widthMm, heightMm)))
    const area = clipper.intersection(free, held)
    if (area.length === 0) return
    covered.push(area)
    areas.push(...name(area))
  }
  take(settings.bottomLayers > 0 ? exposure.down : [], (area) => nameBottom(area, exposure, clipper))
  take(settings.topLayers > 0 ? exposure.up : [], (area) => [{ role: 'top-skin', area }])
  const rest = covered.length === 0 ? solid : withoutSlivers(clipper.difference(solid, clipper.offset(covered.flat(), solidSpacing(widthMm, heightMm))), clipper)
  if (rest.length === 0) return areas
  if (exposure.nearBelow === undefined || settings.infillPercent >= 100) areas.push({ role: 'internal-skin', area: rest })
  else areas.push(...nameInternal(rest, anchored(exposure.nearBelow), solidSpacing(widthMm, heightMm), clipper))
  return areas
}

/** Internal skin, with what hangs between lines of infill as a bridge. */
function nameInternal(area: Region, solidBelow: Region, spacingMm: number, clipper: Clipper): FillArea[] {
  const { bridge, rest } = splitInternalBridge(area, solidBelow, spacingMm, clipper)
  const areas: FillArea[] = bridge.length === 0 ? [] : [{ role: 'bridge', area: bridge }]
  return rest.length === 0 ? areas : [...areas, { role: 'internal-skin', area: rest }]
}

function outlinesOf(islands: readonly Island[]): Region {
  return islands.flatMap(({ outline }) => outline)
}

/** An area without what is narrower; as it is when areas tell that nothing of it is, which saves growing it back. */
function withoutNarrow(area: Region, widthMm: number, clipper: Clipper): Region {
  const core = clipper.offset(area, -widthMm / 2, { miterLimit: MITER_LIMIT })
  if (core.length === area.length && Math.abs(regionArea(area) - grownArea(core, widthMm / 2, MITER_LIMIT)) < ALIKE_MM2) return area
  return clipper.offset(core, widthMm / 2, { miterLimit: MITER_LIMIT })
}

/** An area without what no line fits into. */
function withoutSlivers(area: Region, clipper: Clipper): Region {
  return withoutNarrow(area, SLIVER_MM, clipper)
}

/** The area of infill lines, where they overlap the walls by another part of a line than skin does. */
function overlapping(sparse: Region, { settings, heightMm }: { readonly heightMm: number; readonly settings: SlicingSettings }, clipper: Clipper): Region {
  const insetMm = (widthMm: number, overlapPercent: number) => solidSpacing(widthMm, heightMm) / 2 - (overlapPercent / 100) * widthMm
  const outMm = insetMm(settings.skinLineWidthMm, settings.skinOverlapPercent) - insetMm(settings.infillLineWidthMm, settings.infillOverlapPercent)
  return Math.abs(outMm) < SAME_OVERLAP_MM || settings.wallCount === 0 ? sparse : clipper.offset(sparse, outMm)
}

/** Infill without the slivers and specks that skin left of it. */
function keepWide(area: Region, widthMm: number, clipper: Clipper): Region {
  const wide = withoutNarrow(area, widthMm, clipper)
  return splitIslands(wide).flatMap(({ outline }) => (regionArea(outline) < LEAST_SPARSE_MM2 ? [] : outline))
}

function nameBottom(area: Region, { down, below }: Exposure, clipper: Clipper): FillArea[] {
  if (below === undefined) return [{ role: 'bottom-skin', area }]
  const skin: Region[] = []
  const bridges: FillArea[] = []
  for (const { outline } of splitIslands(area)) {
    const angleDeg = bridgeSpan(clipper.intersection(outline, outlinesOf(down)), below)?.angleDeg
    if (angleDeg === undefined) skin.push(outline)
    else bridges.push({ role: 'bridge', area: outline, angleDeg })
  }
  return skin.length === 0 ? bridges : [...bridges, { role: 'bottom-skin', area: skin.flat() }]
}
