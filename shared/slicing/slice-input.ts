import type { Mat4, Mesh } from '../mesh/mesh'
import type { HeightRange } from './height-ranges'
import type { LayerCurve } from './layer-curve'
import type { HeadClearance } from './order/object-sequence'
import type { SlicingSettings } from './settings'
import type { ToolSet } from './tools/tool-set'

/** A solid placed on the plate: machine coordinates after `transform`, bed surface at z = 0. */
export interface SliceObject {
  readonly id: string
  readonly name: string
  readonly mesh: Mesh
  readonly transform: Mat4
  /** Settings of its own, whole; the plate's unless given. */
  readonly settings?: SlicingSettings
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
