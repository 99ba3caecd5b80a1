import type { Mat4, Mesh } from '../mesh/mesh'
import type { ObjectPaint } from '../mesh/paint/paint-tree'
import type { LengthUnit } from '../mesh/suspect-unit'

export type { LengthUnit }

export type ModelFormat = 'stl' | 'obj' | '3mf' | 'ply'

/** One solid of a file, in the file's own frame, already in mm when the format states its unit. */
export interface ModelPart {
  readonly name: string
  /** Welded: equal positions share a vertex. */
  readonly mesh: Mesh
  /** Placement in the file's scene (3MF build items and components); identity when absent. */
  readonly transform?: Mat4
  /** Where support and seams are wanted on its triangles (3MF of slicers). */
  readonly paint?: ObjectPaint
  readonly sliced?: SlicedPart
}

/** A solid that changes how a part is made, as a slicer's project has it. */
export interface ModelModifier {
  readonly kind: 'settings' | 'support-enforcer' | 'support-blocker'
  readonly name: string
  /** In the part's frame. */
  readonly mesh: Mesh
  /** Settings by the program's own names. */
  readonly config: Readonly<Record<string, string>>
}

/** What another slicer's project says of a part besides its shape. */
export interface SlicedPart {
  readonly program: 'PrusaSlicer' | 'OrcaSlicer'
  readonly config: Readonly<Record<string, string>>
  readonly modifiers: readonly ModelModifier[]
}

/** What a model file holds. */
export interface ParsedModel {
  readonly format: ModelFormat
  /** The unit the file states, or undefined when the format has none (STL, OBJ, PLY: read as mm). */
  readonly unit?: LengthUnit
  readonly parts: readonly ModelPart[]
  /** Title, designer, licence ... where the format carries them. */
  readonly metadata: Readonly<Record<string, string>>
}
