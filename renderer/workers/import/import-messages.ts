import type { LengthUnit, ModelFormat } from '../../../shared/formats/model'
import type { MeshReport } from '../../../shared/mesh/diagnose-mesh'
import type { Box3, Mat4, Mesh } from '../../../shared/mesh/mesh'
import type { ObjectPaint } from '../../../shared/mesh/paint/paint-tree'
import type { RepairStep } from '../../../shared/mesh/repair-mesh'
import type { UnitSuspicion } from '../../../shared/mesh/suspect-unit'
import type { ProjectObject } from '../../../shared/machine/project-file'
import type { Problem, Result } from '../../../shared/units/problem'
import type { Progress } from '../../../shared/units/progress'

export interface ImportRequest {
  /** The ending tells the format. */
  readonly name: string
  /** A file is read inside the worker. */
  readonly bytes: Uint8Array | Blob
  /** What the file's numbers are; a file that states its unit keeps it. Millimetres when absent. */
  readonly unit?: LengthUnit
  /** Welds, orients and closes what can be; true when absent. */
  readonly isRepairing?: boolean
}

/** One part of a file, as it would go onto a plate. */
export interface ImportedPart {
  readonly name: string
  /** In mm; repaired when that was asked for and changed something. */
  readonly mesh: Mesh
  readonly transform?: Mat4
  /** What the file has painted on it. */
  readonly paint?: ObjectPaint
  /** Settings and modifiers that another slicer's project has for it. */
  readonly own?: ProjectObject
  /** As the file has it. */
  readonly before: MeshReport
  /** After the repair; the same as `before` without one. */
  readonly after: MeshReport
  readonly repairs: readonly RepairStep[]
  /** Numbers of the triangles of `mesh` that the repair made or turned. */
  readonly changed: Uint32Array
}

export interface ImportedModel {
  readonly format: ModelFormat
  /** The unit that the file states. */
  readonly statedUnit?: LengthUnit
  readonly byteLength: number
  /** Of the file's bytes. */
  readonly sha256: string
  readonly parts: readonly ImportedPart[]
  /** Around all parts where the file's scene has them, mm. */
  readonly box: Box3
  readonly triangleCount: number
  readonly volumeMm3: number
  /** Set when the size looks like another unit's. */
  readonly suspicion?: UnitSuspicion
  readonly metadata: Readonly<Record<string, string>>
  /** Warnings of the reader. */
  readonly problems: readonly Problem[]
}

export type ImportReply =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'read'; readonly result: Result<ImportedModel> }
  | { readonly kind: 'crashed'; readonly message: string }
