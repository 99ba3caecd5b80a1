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
