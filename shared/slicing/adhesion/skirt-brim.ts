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
  const brim = planBrim(shape, { spacingMm, bed }, context)
  const skirt = planSkirt(shape, { spacingMm, bed, brimMm: brim.reachMm }, context)
  return { skirt: skirt.lines, brim: brim.lines, widthMm, problems: [...brim.problems, ...skirt.problems] }
}

interface Planned {
  readonly lines: readonly Contour[]
  readonly problems: readonly Problem[]
}

function planBrim(shape: Region, { spacingMm, bed }: { spacingMm: number; bed: Region }, { settings, clipper }: AdhesionContext): Planned & { reachMm: number } {
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

function planSkirt(shape: Region, { spacingMm, bed, brimMm }: { spacingMm: number; bed: Region; brimMm: number }, { settings, clipper }: AdhesionContext): Planned {
  const { skirtLines, skirtDistanceMm } = settings
  if (skirtLines === 0) return { lines: [], problems: [] }
  const hull = [convexHull(Float64Array.from(shape.flatMap((contour) => [...contour])))]
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
