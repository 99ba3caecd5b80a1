import type { Clipper } from '../../geometry/clipper'
import { isInRegion } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { solidSpacing } from '../infill/solid-spacing'
import type { SlicingSettings } from '../settings'
import { type LayerWalls, planWalls } from './plan-walls'

/** Of a line: narrower strips of a surface keep their walls. */
const NARROWEST_TOP = 3

/**
 * Walls as `planWalls` makes them, but a single one around what the layer above leaves open, so that the skin reaches the
 * edge. Strips narrower than a few lines, like the steps of a slope, keep all walls.
 */
export function planWallsUnder(outline: Region, above: Region, { heightMm, settings }: { readonly heightMm: number; readonly settings: SlicingSettings }, clipper: Clipper): LayerWalls {
  const halfMm = (NARROWEST_TOP * settings.innerWallLineWidthMm) / 2
  const open = settings.wallCount < 2 || outline.length === 0 ? [] : clipper.offset(clipper.difference(outline, above), -halfMm)
  if (open.length === 0) return planWalls(outline, heightMm, settings, clipper)
  const outer = planWalls(outline, heightMm, { ...settings, wallCount: 1 }, clipper)
  const edge = clipper.offset(outer.walls.map(({ contour }) => contour), -solidSpacing(settings.outerWallLineWidthMm, heightMm) / 2)
  const top = clipper.intersection(edge, clipper.offset(open, halfMm))
  const covered = clipper.difference(edge, top)
  const inner = innerWalls(covered, heightMm, settings, clipper)
  const insetMm = solidSpacing(settings.skinLineWidthMm, heightMm) / 2 - (settings.skinOverlapPercent / 100) * settings.skinLineWidthMm
  const topFill = clipper.difference(outer.fillArea, clipper.offset(covered, insetMm))
  const gaps = outer.thinLines.filter(({ role, line }) => role === 'outer-wall' || isInRegion(top, line[0], line[1]))
  return { walls: [...outer.walls, ...inner.walls], thinLines: [...gaps, ...inner.thinLines], fillArea: clipper.union([...inner.fillArea, ...topFill]) }
}

/** The walls behind the outer one, in what it leaves. */
function innerWalls(edge: Region, heightMm: number, settings: SlicingSettings, clipper: Clipper): LayerWalls {
  const widthMm = settings.innerWallLineWidthMm
  // The first wall of an outline lies half its width inside; behind another wall it lies half its spacing inside.
  const outward = clipper.offset(edge, (widthMm - solidSpacing(widthMm, heightMm)) / 2)
  const planned = planWalls(outward, heightMm, { ...settings, wallCount: settings.wallCount - 1, outerWallLineWidthMm: widthMm }, clipper)
  return {
    ...planned,
    walls: planned.walls.map((wall) => ({ ...wall, role: 'inner-wall' as const, depth: wall.depth + 1 })),
    thinLines: planned.thinLines.map((thin) => ({ ...thin, role: 'gap-fill' as const })),
  }
}
