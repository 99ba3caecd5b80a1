import type { Clipper } from '../../geometry/clipper'
import { grownArea, regionArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { solidSpacing } from '../infill/solid-spacing'
import { splitIslands } from '../islands'
import type { PlannedThinLine, PlannedWall } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { centreLines } from './centre-lines'
import type { CentreLine } from './simplify-with-width'
import { splitLanes } from './split-lanes'

/** Two passes of one wall may lie this part of their spacing apart; nearer, one thin line takes their place. */
const NEAREST_PASSES = 0.95
/** The same where thin lines are off: rather too much material than a missing part. */
const NEAREST_PASSES_WITHOUT_THIN = 0.4
/** Corners stay sharp down to 39°. */
const MITER_LIMIT = 3
/** What rounding of offsets leaves between regions that should touch, mm. */
const SEAM_MM = 0.015
/** What is narrower than so many lines is filled along its middle; there filling lines would be short and many. */
const NARROW_FILL = 1.9
/** In line widths: two lines beside each other are better than a wider one. */
const WIDEST = 1.5
/** Of the line width: shorter lines are left out. A dot in the middle of a small pillar is worth its travel. */
const SHORTEST = { 'outer-wall': 1, 'gap-fill': 0.6 } as const
/** Offsets in and out again differ by rounding only, mm². */
const ALIKE_MM2 = 0.01
/** Of the line width: what is narrower is left out. Between lines even a little material is better than none. */
const NARROWEST = { 'outer-wall': 0.25, 'gap-fill': 0.2 } as const

/** The walls of one layer and what they leave to be filled. */
export interface LayerWalls {
  readonly walls: PlannedWall[]
  readonly thinLines: PlannedThinLine[]
  /** Where the middle of a filling line may run: inset from the innermost wall, less the overlap. */
  readonly fillArea: Region
}

/**
 * Plans walls from outside to inside, each from the one before it. A wall's line lies half its width inside the outline;
 * neighbours lie as near as rounded lines need to leave no gap. Where no wall fits, a line of its own width runs along the
 * middle; what is left too narrow for filling lines becomes gap fill. Extruded volume is area × height.
 */
export function planWalls(outline: Region, heightMm: number, settings: SlicingSettings, clipper: Clipper): LayerWalls {
  const walls: PlannedWall[] = []
  const thinLines: PlannedThinLine[] = []
  const nearest = settings.thinWalls ? NEAREST_PASSES : NEAREST_PASSES_WITHOUT_THIN
  const gap = (edge: Region, lines: Region, { insetMm, role, lineWidthMm }: GapPlace) => {
    if (!settings.thinWalls || isReached(edge, lines, { insetMm, role, lineWidthMm })) return
    const left = clipper.difference(edge, clipper.offset(lines, insetMm + SEAM_MM, { miterLimit: MITER_LIMIT }))
    for (const line of fillNarrow(left, { role, lineWidthMm, heightMm, clipper })) thinLines.push(line)
  }
  let edge = outline
  for (let depth = 0; depth < settings.wallCount && edge.length > 0; depth++) {
    const widthMm = depth === 0 ? settings.outerWallLineWidthMm : settings.innerWallLineWidthMm
    const spacingMm = solidSpacing(widthMm, heightMm)
    const insetMm = depth === 0 ? widthMm / 2 : spacingMm / 2
    const apartMm = (nearest * spacingMm) / 2
    const role = depth === 0 ? 'outer-wall' : 'inner-wall'
    const lines = insetWhereWide(edge, insetMm, apartMm, clipper)
    for (const contour of lines) walls.push({ role, depth, contour, widthMm })
    gap(edge, lines, { insetMm, role: depth === 0 ? 'outer-wall' : 'gap-fill', lineWidthMm: widthMm })
    edge = clipper.offset(lines, -spacingMm / 2, { miterLimit: MITER_LIMIT })
  }
  return { walls, thinLines, fillArea: planFillArea(edge, heightMm, settings, { clipper, gap }) }
}

/** What lies between an edge and the lines beside it. */
interface GapPlace {
  /** Of the lines from the edge, mm. */
  readonly insetMm: number
  readonly role: PlannedThinLine['role']
  readonly lineWidthMm: number
}

interface FillAreaTools {
  readonly clipper: Clipper
  /** Fills what is too narrow for the lines along an edge. */
  readonly gap: (edge: Region, lines: Region, place: GapPlace) => void
}

function planFillArea(edge: Region, heightMm: number, settings: SlicingSettings, { clipper, gap }: FillAreaTools): Region {
  if (edge.length === 0) return []
  const widthMm = settings.skinLineWidthMm
  const halfMm = solidSpacing(widthMm, heightMm) / 2
  if (settings.wallCount === 0) return clipper.offset(edge, -widthMm / 2)
  const insetMm = halfMm - (settings.skinOverlapPercent / 100) * widthMm
  const apartMm = (settings.thinWalls ? NARROW_FILL : NEAREST_PASSES) * halfMm - insetMm
  const area = insetWhereWide(edge, insetMm, apartMm, clipper)
  gap(edge, area, { insetMm, role: 'gap-fill', lineWidthMm: widthMm })
  return area
}

/**
 * Whether lines reach an edge everywhere, as far as areas tell: what is left between them is less than the least thin line.
 * Most layers of most models need no offset and no difference to know.
 */
function isReached(edge: Region, lines: Region, { insetMm, role, lineWidthMm }: GapPlace): boolean {
  return edge.length === lines.length && regionArea(edge) - grownArea(lines, insetMm, MITER_LIMIT) < NARROWEST[role] * lineWidthMm * lineWidthMm
}

/** A region moved in, without the parts that are then narrower than twice `apartMm`. */
function insetWhereWide(region: Region, insetMm: number, apartMm: number, clipper: Clipper): Region {
  const inset = clipper.offset(region, -insetMm, { miterLimit: MITER_LIMIT })
  const core = clipper.offset(inset, -apartMm, { miterLimit: MITER_LIMIT })
  // Where nothing went in shrinking, areas say so; growing it back is saved.
  if (inset.length === core.length && Math.abs(regionArea(inset) - grownArea(core, apartMm, MITER_LIMIT)) < ALIKE_MM2) return inset
  const wide = clipper.offset(core, apartMm, { miterLimit: MITER_LIMIT })
  // Small sides that went in shrinking come back as corners that stand out: never beyond the inset.
  const isWhole = inset.length === wide.length && Math.abs(regionArea(inset) - regionArea(wide)) < ALIKE_MM2
  return isWhole ? inset : clipper.intersection(inset, wide)
}

interface NarrowRequest {
  readonly role: PlannedThinLine['role']
  /** Of a normal line, mm. */
  readonly lineWidthMm: number
  readonly heightMm: number
  readonly clipper: Clipper
}

/** Lines along the middle of areas too narrow for a wall, as wide as the area (and a bit, since their sides are round). */
function fillNarrow(left: Region, { role, lineWidthMm, heightMm, clipper }: NarrowRequest): PlannedThinLine[] {
  if (left.length === 0) return []
  const narrowestMm = NARROWEST[role] * lineWidthMm
  if (regionArea(left) < narrowestMm * lineWidthMm) return []
  const opened = clipper.offset(clipper.offset(left, -narrowestMm / 2), narrowestMm / 2)
  const roundSidesMm = Math.min(heightMm, lineWidthMm) * (1 - Math.PI / 4)
  return splitIslands(opened)
    .filter(({ outline }) => regionArea(outline) >= narrowestMm * lineWidthMm)
    .flatMap(({ outline }) => centreLines(outline, SHORTEST[role] * lineWidthMm))
    .flatMap((centre) => (meanWidth(centre) > WIDEST * lineWidthMm ? splitLanes(centre) : [centre]))
    .map(({ line, widthsMm }) => ({ role, line, widthsMm: widthsMm.map((mm) => mm + roundSidesMm) }))
}

function meanWidth({ line, widthsMm }: CentreLine): number {
  let [area, length] = [0, 0]
  for (let i = 1; i < widthsMm.length; i++) {
    const mm = Math.hypot(line[2 * i] - line[2 * i - 2], line[2 * i + 1] - line[2 * i - 1])
    length += mm
    area += (mm * (widthsMm[i] + widthsMm[i - 1])) / 2
  }
  return length === 0 ? 0 : area / length
}
