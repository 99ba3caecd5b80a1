import type { EngineKind } from '../../shared/machine/engines/engine'
import type { Mat4 } from '../../shared/mesh/mesh'
import type { LayerEvent } from '../../shared/slicing/assemble/machine-events'
import type { HeightRange } from '../../shared/slicing/height-ranges'
import type { LayerCurve } from '../../shared/slicing/layer-curve'
import type { SettingValues } from '../../shared/slicing/settings'

export type Triple = readonly [number, number, number]
/** x, y, z, w; unit length. */
export type Rotation = readonly [number, number, number, number]

/** Where a part stands: scaled about its pivot, then rotated, then the pivot put at `positionMm`. */
export interface PlateTransform {
  /** Of the pivot, in machine coordinates, bed surface at z = 0. */
  readonly positionMm: Triple
  readonly rotation: Rotation
  readonly scale: Triple
}

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
  const [x, y, z, w] = transform.rotation
  const [sx, sy, sz] = transform.scale
  const m = [
    (1 - 2 * (y * y + z * z)) * sx, 2 * (x * y + z * w) * sx, 2 * (x * z - y * w) * sx, 0,
    2 * (x * y - z * w) * sy, (1 - 2 * (x * x + z * z)) * sy, 2 * (y * z + x * w) * sy, 0,
    2 * (x * z + y * w) * sz, 2 * (y * z - x * w) * sz, (1 - 2 * (x * x + y * y)) * sz, 0,
    0, 0, 0, 1,
  ]
  const [px, py, pz] = pivotMm
  const at = (row: 0 | 1 | 2) => transform.positionMm[row] - ((m[row] ?? 0) * px + (m[row + 4] ?? 0) * py + (m[row + 8] ?? 0) * pz)
  m[12] = at(0)
  m[13] = at(1)
  m[14] = at(2)
  return m
}
