import type { Clipper } from '../../geometry/clipper'
import type { Region } from '../../geometry/region'
import type { LayerPlace } from '../layer-heights'
import { type LayerPart, partsByWalls } from '../modifier-parts'
import type { SlicingSettings } from '../settings'
import { fuzzyWalls } from './fuzzy-walls'
import { planWallsUnder } from './one-wall-top'
import { type LayerWalls, planWalls } from './plan-walls'

/** What a part of a layer leaves to be filled. */
interface PartFill {
  readonly variant: number
  readonly settings: SlicingSettings
  readonly fillArea: Region
}

/** The walls of a layer, and the fill area of each of its parts. */
export interface PartWalls extends Pick<LayerWalls, 'walls' | 'thinLines'> {
  readonly parts: readonly PartFill[]
}

/** The layer that walls are for. */
export interface WallPlace {
  readonly layer: number
  readonly place: LayerPlace
  readonly outline: Region
  /** Outline of the layer above. */
  readonly above: () => Region
}

/**
 * Plans the walls of a layer's parts: around all parts together whose walls are alike, so that they go through where a
 * modifier changes the fill alone; where walls differ they part at the modifier's border.
 */
export function partWalls(parts: readonly LayerPart[], at: WallPlace, clipper: Clipper): PartWalls {
  const groups = partsByWalls(parts)
  const planned = groups.map((group) => {
    const outline = groups.length === 1 ? at.outline : group.length === 1 && group[0] !== undefined ? group[0].area : clipper.union(group.flatMap(({ area }) => area))
    return groupWalls(group, outline, at, clipper)
  })
  return { walls: planned.flatMap(({ walls }) => walls), thinLines: planned.flatMap(({ thinLines }) => thinLines), parts: planned.flatMap((one) => one.parts) }
}

function groupWalls(group: readonly LayerPart[], outline: Region, { layer, place: { heightMm, zMm }, above }: WallPlace, clipper: Clipper): PartWalls {
  const [first] = group
  if (first === undefined) return { walls: [], thinLines: [], parts: [] }
  const { settings, variant } = first
  const own = settings.onlyOneWallFirst && layer === 0 ? { ...settings, wallCount: Math.min(1, settings.wallCount) } : settings
  const planned = settings.onlyOneWallTop ? planWallsUnder(outline, above(), { heightMm, settings: own }, clipper) : planWalls(outline, heightMm, own, clipper)
  const marked = <T extends object>(lines: readonly T[]): T[] => (variant === 0 ? [...lines] : lines.map((line) => ({ ...line, variant })))
  const parts = group.map((part) => ({ variant: part.variant, settings: part.settings, fillArea: group.length === 1 ? planned.fillArea : clipper.intersection(planned.fillArea, part.area) }))
  return { walls: marked(fuzzyWalls(planned.walls, { layer, zMm }, settings)), thinLines: marked(planned.thinLines), parts }
}
