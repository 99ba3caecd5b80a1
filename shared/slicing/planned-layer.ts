import type { Contour, Polyline, Region } from '../geometry/region'
import type { MoveRole } from '../toolpath/toolpath'

/** Which of its object's modifiers something lies in: bit i for modifier i; none unless given. */
interface InVariant {
  readonly variant?: number
}

/** A closed line along a contour, in the middle of the extrusion. */
export interface PlannedWall extends InVariant {
  readonly role: 'outer-wall' | 'inner-wall' | 'support'
  /** 0 is the outer wall; grows inwards. */
  readonly depth: number
  readonly contour: Contour
  readonly widthMm: number
}

/** An open line with a width of its own at each point: thin walls and gaps. */
export interface PlannedThinLine extends InVariant {
  readonly role: 'outer-wall' | 'gap-fill'
  readonly line: Polyline
  /** One a point of `line`, mm. */
  readonly widthsMm: Float64Array
}

/** A filled area: its lines, ready to be ordered and extruded. */
export interface PlannedFill extends InVariant {
  readonly role: Extract<MoveRole, 'top-skin' | 'bottom-skin' | 'internal-skin' | 'bridge' | 'infill' | 'support' | 'support-interface' | 'ironing'>
  readonly lines: readonly Polyline[]
  readonly widthMm: number
  /** Flow over that of `widthMm` × layer height; 1 unless given (bridges). */
  readonly flow?: number
}

/** One connected piece of material in a layer. */
export interface PlannedIsland {
  /** Its outline in the model: one outer contour and its holes. Travels inside it need not cross a wall. */
  readonly outline: Region
  readonly walls: readonly PlannedWall[]
  readonly thinLines: readonly PlannedThinLine[]
  readonly fills: readonly PlannedFill[]
}

/** A layer of one object after slicing and filling, before its lines are put in order. */
export interface PlannedLayer {
  readonly layerIndex: number
  /** Nozzle height (top of the layer) and thickness, mm. */
  readonly zMm: number
  readonly heightMm: number
  readonly objectId: string
  readonly islands: readonly PlannedIsland[]
  /** Support of the object, printed before it; none unless given. */
  readonly supports?: readonly PlannedIsland[]
  /** Where the surface is painted for seams and against them: x, y, x, y of each line. */
  readonly seam?: { readonly enforced: Float64Array; readonly blocked: Float64Array }
}
