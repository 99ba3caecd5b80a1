import type { Clipper } from '../geometry/clipper'
import type { Region } from '../geometry/region'
import { reverseContour } from '../geometry/reverse-contour'
import { splitIslands } from './islands'
import type { SlicingSettings } from './settings'

/**
 * An outline with the corrections for how filament spreads: outer contours grown or shrunk, holes widened or narrowed, and
 * the first layer shrunk by what the bed squeezes out (but for what would then be too narrow to print).
 */
export function compensateOutline(outline: Region, layer: number, settings: SlicingSettings, clipper: Clipper): Region {
  const { xyCompensationMm, holeCompensationMm, elephantFootMm, raftLayers } = settings
  const sized = xyCompensationMm === 0 && holeCompensationMm === 0 ? outline : resize(outline, settings, clipper)
  return layer > 0 || elephantFootMm === 0 || raftLayers > 0 ? sized : shrinkFoot(sized, settings, clipper)
}

function resize(outline: Region, { xyCompensationMm, holeCompensationMm }: SlicingSettings, clipper: Clipper): Region {
  const pieces = splitIslands(outline).flatMap(({ outline: [outer, ...holes] }) => {
    const grown = outer === undefined ? [] : clipper.offset([outer], xyCompensationMm)
    return holes.length === 0 ? grown : clipper.difference(grown, clipper.offset(holes.map(reverseContour), holeCompensationMm))
  })
  return clipper.union(pieces)
}

function shrinkFoot(outline: Region, { elephantFootMm, outerWallLineWidthMm }: SlicingSettings, clipper: Clipper): Region {
  const leastMm = elephantFootMm + outerWallLineWidthMm / 2
  const narrow = clipper.difference(outline, clipper.offset(clipper.offset(outline, -leastMm), leastMm + 0.01))
  const shrunk = clipper.offset(outline, -elephantFootMm)
  return narrow.length === 0 ? shrunk : clipper.union([...shrunk, ...clipper.offset(clipper.offset(narrow, -0.05), 0.05)])
}
