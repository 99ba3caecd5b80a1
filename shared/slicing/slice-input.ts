import type { Mat4, Mesh } from '../mesh/mesh'
import type { ObjectPaint } from '../mesh/paint/paint-tree'
import type { HeightRange } from './height-ranges'
import type { LayerCurve } from './layer-curve'
import type { HeadClearance } from './order/object-sequence'
import type { SettingValues, SlicingSettings } from './settings'
import type { ToolSet } from './tools/tool-set'

/** A solid placed on the plate: machine coordinates after `transform`, bed surface at z = 0. */
export interface SliceObject {
  readonly id: string
  readonly name: string
  readonly mesh: Mesh
  readonly transform: Mat4
  /** Settings of its own, whole; the plate's unless given. What can only be the plate's is taken from there (`object-settings.ts`). */
  readonly settings?: SlicingSettings
  /** Parts of space in it that are made otherwise; the later count more. */
  readonly modifiers?: readonly SliceModifier[]
  /** Where on its surface support and seam are wanted, or not. */
  readonly paint?: ObjectPaint
}

/** A closed mesh that changes how an object is made where they overlap. Plain data. */
export interface SliceModifier {
  readonly name: string
  /** `settings` lays values over the object's; an enforcer has all that overhangs in it supported, a blocker nothing. */
  readonly kind: 'settings' | 'support-enforcer' | 'support-blocker'
  readonly mesh: Mesh
  /** To machine coordinates. */
  readonly transform: Mat4
  readonly values: SettingValues
}

/** Everything slicing needs; plain data, transferable to workers. */
export interface SliceInput {
  readonly objects: readonly SliceObject[]
  readonly settings: SlicingSettings
  /** Settings of their own between two heights. */
  readonly heightRanges?: readonly HeightRange[]
  /** Layer heights that the user drew, in place of even or adaptive ones. */
  readonly layerCurve?: LayerCurve
  /** Room of the print head, for printing object after object; objects are only kept apart as they are placed unless given. */
  readonly head?: HeadClearance
  /** The machine's extruders and their materials; one with the plate's settings unless given. */
  readonly tools?: ToolSet
  /** Reachable box of the nozzle in machine coordinates, mm. */
  readonly volume: {
    readonly min: readonly [number, number, number]
    readonly max: readonly [number, number, number]
    /** Circular beds (delta): the inscribed ellipse of the box. */
    readonly shape: 'rectangle' | 'circle'
  }
}
