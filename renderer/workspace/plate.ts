import type { EngineKind } from '../../shared/machine/engines/engine'
import type { ObjectModifier } from '../../shared/machine/object-modifier'
import type { Mat4 } from '../../shared/mesh/mesh'
import type { ObjectPaint } from '../../shared/mesh/paint/paint-tree'
import { type Placement, placeMatrix } from '../../shared/mesh/place-matrix'
import type { LayerEvent } from '../../shared/slicing/assemble/machine-events'
import type { HeightRange } from '../../shared/slicing/height-ranges'
import type { LayerCurve } from '../../shared/slicing/layer-curve'
import type { SettingValues } from '../../shared/slicing/settings'

export type Triple = readonly [number, number, number]
/** x, y, z, w; unit length. */
export type Rotation = readonly [number, number, number, number]

/** Where a part stands: scaled about its pivot, then rotated, then the pivot put at `positionMm` in machine coordinates, bed surface at z = 0. */
export type PlateTransform = Placement

/** One part of a design's version on the plate. */
export interface PlateObject {
  readonly id: string
  readonly designId: string
  readonly versionId: string
  /** Of the version's file, as it was parsed and repaired. */
  readonly partIndex: number
  readonly name: string
  readonly transform: PlateTransform
  /** Middle of the part's box in its own frame, mm: what it turns and grows about. */
  readonly pivotMm: Triple
  /** Settings of its own, over the plate's. */
  readonly values?: SettingValues
  /** Parts of space in it that are made otherwise. */
  readonly modifiers?: readonly ObjectModifier[]
  /** Where on its surface support and seams are wanted, or not. */
  readonly paint?: ObjectPaint
}

/** Everything about the plate that undo takes back. */
export interface PlateDocument {
  readonly objects: readonly PlateObject[]
  readonly machineId: string
  readonly materialId: string
  readonly qualityId: string
  /** Of the extruders from the second on; those without one have the first one's. */
  readonly moreMaterialIds?: readonly string[]
  /** Volume that a change of extruder purges, mm³, from each (row) to each (column); the machine's or the setting's unless given. */
  readonly purgeMm3?: readonly (readonly number[])[]
  readonly overrides: SettingValues
  /** Another slicer that slices the plate; the studio's own unless given. */
  readonly engine?: EngineKind
  /** Pauses and colour changes at layers, from the bed up. */
  readonly layerEvents?: readonly LayerEvent[]
  /** Settings of their own between two heights. */
  readonly heightRanges?: readonly HeightRange[]
  /** Layer heights that the user drew, from the bed up. */
  readonly layerCurve?: LayerCurve
}

export const IDENTITY_ROTATION: Rotation = [0, 0, 0, 1]
export const UNIT_SCALE: Triple = [1, 1, 1]

/** The matrix from the part's own frame to machine coordinates. */
export function plateMatrix({ transform, pivotMm }: Pick<PlateObject, 'transform' | 'pivotMm'>): Mat4 {
  return placeMatrix(transform, pivotMm)
}
