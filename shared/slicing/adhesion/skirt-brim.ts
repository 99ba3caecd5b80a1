import type { Clipper } from '../../geometry/clipper'
import { contourArea, regionArea } from '../../geometry/measure-contour'
import type { Contour, Region } from '../../geometry/region'
import { convexHull } from '../../mesh/footprint'
import type { Problem } from '../../units/problem'
import { solidSpacing } from '../infill/solid-spacing'
import type { PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import type { SliceInput } from '../slice-input'
import { bedRegion } from './bed-region'
import { brimEars } from './brim-ears'

/** Closed lines around the first layer, in the order they are laid: from outside inwards. */
export interface Adhesion {
  readonly skirt: readonly Contour[]
  readonly brim: readonly Contour[]
  readonly widthMm: number
  /** `slicing/skirt-left-out`, `slicing/skirt-clipped`, `slicing/brim-clipped`: warnings. */
  readonly problems: readonly Problem[]
}

export interface AdhesionContext {
  readonly settings: SlicingSettings
  readonly volume: SliceInput['volume']
  readonly clipper: Clipper
  /** What the skirt goes around besides. */
  readonly beside?: Region
}

/** Areas below this are rounding, mm². */
const NO_AREA = 1e-3

/**
 * Plans the brim (around the outside of everything that stands on the bed, one area where parts are near each other) and
 * the skirt (around everything, brim included). Both keep to the bed; a skirt that would come too near is left out.
 */
export function planAdhesion(firstLayers: readonly PlannedLayer[], context: AdhesionContext): Adhesion {
  const { settings } = context
  const heightMm = firstLayers[0]?.heightMm ?? settings.firstLayerHeightMm
  const widthMm = settings.outerWallLineWidthMm
  const spacingMm = solidSpacing(widthMm, heightMm)
  const shape = context.clipper.union(firstLayers.flatMap(({ islands, supports = [] }) => [...islands, ...supports].flatMap(({ outline }) => outline.filter((contour) => contourArea(contour) > 0))))
  if (shape.length === 0) return { skirt: [], brim: [], widthMm, problems: [] }
  const bed = bedRegion(context.volume)
  const brim = planBrims(shape, { spacingMm, bed, solid: firstLayers.flatMap(({ islands, supports = [] }) => [...islands, ...supports].flatMap(({ outline }) => outline)) }, context)
  const skirt = planSkirt(shape, { spacingMm, bed, brimMm: brim.reachMm }, context)
  return { skirt: skirt.lines, brim: brim.lines, widthMm, problems: [...brim.problems, ...skirt.problems] }
}

interface Planned {
  readonly lines: readonly Contour[]
  readonly problems: readonly Problem[]
}

interface BrimRequest {
  readonly spacingMm: number
  readonly bed: Region
  /** What stands on the bed, with its holes. */
  readonly solid: Region
}

function planBrims(shape: Region, request: BrimRequest, context: AdhesionContext): Planned & { reachMm: number } {
  const { brimKind, brimWidthMm } = context.settings
  if (brimWidthMm === 0) return { lines: [], problems: [], reachMm: 0 }
  if (brimKind === 'ears') return planEars(shape, request, context)
  const inner = brimKind === 'outer' ? [] : innerBrim(shape, request, context)
  if (brimKind === 'inner') return { lines: inner, problems: [], reachMm: 0 }
  const outer = planBrim(shape, request, context)
  return { ...outer, lines: [...outer.lines, ...inner] }
}

/** Lines along the edges of holes, from their middles outwards to the part. */
function innerBrim(shape: Region, { spacingMm, solid }: BrimRequest, { settings, clipper }: AdhesionContext): Contour[] {
  const free = clipper.difference(shape, clipper.union(solid))
  const count = Math.round(settings.brimWidthMm / spacingMm)
  return Array.from({ length: count }, (_, k) => clipper.offset(free, -(settings.brimGapMm + (count - k - 0.5) * spacingMm))).flat()
}

/** Discs at sharp corners, filled with lines along their edges. */
function planEars(shape: Region, { spacingMm, bed }: BrimRequest, { settings, clipper }: AdhesionContext): Planned & { reachMm: number } {
  const { brimWidthMm, brimGapMm, brimEarsAngleDeg } = settings
  const ears = clipper.intersection(brimEars(shape, { radiusMm: brimWidthMm, gapMm: brimGapMm, sharpestDeg: brimEarsAngleDeg }, clipper), bed)
  const lines: Contour[] = []
  for (let loops = clipper.offset(ears, -spacingMm / 2); loops.length > 0; loops = clipper.offset(loops, -spacingMm)) lines.push(...loops)
  return { lines, problems: [], reachMm: lines.length > 0 ? brimWidthMm : 0 }
}

function planBrim(shape: Region, { spacingMm, bed }: BrimRequest, { settings, clipper }: AdhesionContext): Planned & { reachMm: number } {
  const count = Math.round(settings.brimWidthMm / spacingMm)
  const lines: Contour[] = []
  let isClipped = false
  for (let i = count - 1; i >= 0; i--) {
    const around = outside(clipper.offset(shape, settings.brimGapMm + (i + 0.5) * spacingMm, { join: 'round' }))
    const kept = keepOnBed(around, clipper.offset(bed, -(count - 1 - i) * spacingMm), clipper)
    isClipped ||= kept.isClipped
    // A line that the bed's edge has cut would run over the parts where they are nearer to the edge than the line.
    lines.push(...(kept.isClipped ? clearOf(kept.region, clipper.offset(shape, settings.brimGapMm + 0.49 * spacingMm, { join: 'round' }), clipper) : kept.region))
  }
  const problem: Problem = { code: 'slicing/brim-clipped', severity: 'warning', message: 'The brim was cut at the edge of the bed. Move the parts inwards for a whole brim.' }
  return { lines, problems: isClipped ? [problem] : [], reachMm: count > 0 ? settings.brimGapMm + count * spacingMm : 0 }
}

function planSkirt(shape: Region, { spacingMm, bed, brimMm }: { spacingMm: number; bed: Region; brimMm: number }, { settings, clipper, beside = [] }: AdhesionContext): Planned {
  const { skirtLines, skirtDistanceMm } = settings
  if (skirtLines === 0) return { lines: [], problems: [] }
  const hull = [convexHull(Float64Array.from([...shape, ...beside].flatMap((contour) => [...contour])))]
  const nearest = clipper.offset(hull, brimMm + spacingMm, { join: 'round' })
  const lines: Contour[] = []
  let isClipped = false
  for (let i = skirtLines - 1; i >= 0; i--) {
    const around = clipper.offset(hull, brimMm + skirtDistanceMm + (i + 0.5) * spacingMm, { join: 'round' })
    const kept = keepOnBed(around, clipper.offset(bed, -(skirtLines - 1 - i) * spacingMm), clipper)
    isClipped ||= kept.isClipped
    if (kept.isClipped && regionArea(clipper.difference(nearest, kept.region)) > NO_AREA) {
      const problem: Problem = { code: 'slicing/skirt-left-out', severity: 'warning', message: 'There is no room for the skirt on the bed; it was left out.' }
      return { lines: [], problems: [problem] }
    }
    lines.push(...kept.region)
  }
  const problem: Problem = { code: 'slicing/skirt-clipped', severity: 'warning', message: 'The skirt was pulled in to stay on the bed.' }
  return { lines, problems: isClipped ? [problem] : [] }
}

function outside(region: Region): Region {
  return region.filter((contour) => contourArea(contour) > 0)
}

function keepOnBed(region: Region, bed: Region, clipper: Clipper): { region: Region; isClipped: boolean } {
  if (regionArea(clipper.difference(region, bed)) <= NO_AREA) return { region, isClipped: false }
  return { region: outside(clipper.intersection(region, bed)), isClipped: true }
}

/** Only the loops that keep off a shape. */
function clearOf(loops: Region, shape: Region, clipper: Clipper): Region {
  return loops.filter((loop) => regionArea(clipper.difference(shape, [loop])) <= NO_AREA || regionArea(clipper.intersection(shape, [loop])) <= NO_AREA)
}
