import type { Clipper } from '../../geometry/clipper'
import { regionArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { type FillRequest, fillRegion } from '../infill/fill-region'
import { fillSpacing } from '../infill/fill-spacing'
import { solidSpacing } from '../infill/solid-spacing'
import { sortIntoIslands, splitIslands } from '../islands'
import type { LayerPlace } from '../layer-heights'
import type { PlannedFill, PlannedIsland, PlannedWall } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import type { SupportAreas } from './support-areas'

/** An island of fewer cells than this between sparse lines would hardly meet any; it gets a wall. */
const FEW_CELLS = 6

/** Where and how a layer's support is filled. */
export interface SupportFillContext {
  readonly layer: number
  readonly place: LayerPlace
  readonly settings: SlicingSettings
  readonly clipper: Clipper
}

/**
 * The lines of a layer's support: sparse ones (with walls around them where asked for, and around small pieces), dense ones
 * next to the part, across the sparse ones. On the bed all of it is dense. No line's side leaves the areas.
 */
export function fillSupport({ base, interface: dense }: SupportAreas, context: SupportFillContext): PlannedIsland[] {
  const { clipper, layer } = context
  const islands = splitIslands(clipper.union([...base, ...dense]))
  const bases = sortIntoIslands(islands, layer === 0 ? [] : base)
  const denses = sortIntoIslands(islands, layer === 0 ? [...base, ...dense] : dense)
  return islands
    .map(({ outline }, i) => {
      const walled = splitIslands(bases[i] ?? []).map((piece) => wallsAround(piece.outline, context))
      const interfaceFill = fillOf(denses[i] ?? [], layer === 0 ? 'support' : 'support-interface', context)
      const fills = [...walled.flatMap(({ inner }) => fillOf(inner, 'support', context)), ...interfaceFill]
      return { outline, walls: walled.flatMap(({ walls }) => walls), thinLines: [], fills }
    })
    .filter(({ walls, fills }) => walls.length > 0 || fills.length > 0)
}

/** Walls of support and the area that they leave. */
function wallsAround(piece: Region, { settings, place, clipper }: SupportFillContext): { readonly walls: PlannedWall[]; readonly inner: Region } {
  const widthMm = settings.infillLineWidthMm
  const spacingMm = solidSpacing(widthMm, place.heightMm)
  const gapMm = fillSpacing(settings.supportPattern, settings.supportPercent / 100, spacingMm)
  const isSmall = settings.supportPercent === 0 || regionArea(piece) < FEW_CELLS * gapMm * gapMm
  const count = Math.max(settings.supportKind === 'tree' ? settings.treeWallCount : settings.supportWallCount, isSmall ? 1 : 0)
  const walls: PlannedWall[] = []
  let inner = piece
  for (let depth = 0; depth < count && inner.length > 0; depth++) {
    const contours = clipper.offset(inner, -(depth === 0 ? widthMm : spacingMm) / 2)
    for (const contour of contours) walls.push({ role: 'support', depth, contour, widthMm })
    inner = clipper.offset(contours, -spacingMm / 2)
  }
  return { walls, inner }
}

function fillOf(area: Region, role: 'support' | 'support-interface', { layer, place, settings, clipper }: SupportFillContext): PlannedFill[] {
  const isBed = layer === 0
  if (role === 'support' && !isBed && settings.supportKind === 'tree') return []
  const isDense = isBed || role === 'support-interface'
  const widthMm = settings.infillLineWidthMm
  const request: FillRequest = {
    pattern: isDense ? settings.supportInterfacePattern : settings.supportPattern,
    density: (isDense ? settings.supportInterfacePercent : settings.supportPercent) / 100,
    widthMm,
    heightMm: place.heightMm,
    zMm: place.zMm,
    angleDeg: role === 'support-interface' ? 90 : 0,
  }
  const lines = fillRegion(clipper.offset(area, -widthMm / 2), request, clipper)
  return lines.length === 0 ? [] : [{ role, lines, widthMm }]
}
