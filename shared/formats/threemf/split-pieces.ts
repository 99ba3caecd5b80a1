import type { Mesh } from '../../mesh/mesh'
import type { ObjectPaint, TrianglePaint } from '../../mesh/paint/paint-tree'
import { dropUnusedVertices } from '../../mesh/weld-mesh'
import type { ModelModifier } from '../model'
import type { SlicerPiece } from './slicer-config'

/** An object whose mesh held its modifiers too, taken apart. */
export interface SplitPieces {
  readonly mesh: Mesh
  readonly paint?: ObjectPaint
  readonly modifiers: readonly ModelModifier[]
  /** Volumes that would be taken away from the part: there is nothing for them here. */
  readonly negatives: number
}

/** Takes the ranges of an object's triangles that are no part of it out of its mesh; paint keeps to its triangles. */
export function splitPieces(mesh: Mesh, paint: ObjectPaint | undefined, pieces: readonly SlicerPiece[]): SplitPieces {
  const others = pieces.filter(({ kind, triangles }) => kind !== 'part' && triangles !== undefined)
  if (others.length === 0) return { mesh, modifiers: [], negatives: 0, ...(paint && { paint }) }
  const count = mesh.indices.length / 3
  const isOther = new Uint8Array(count)
  for (const { triangles: [first, last] = [1, 0] } of others) isOther.fill(1, first, last + 1)
  /** New number of each triangle. */
  const kept = new Int32Array(count).fill(-1)
  let next = 0
  for (let triangle = 0; triangle < count; triangle++) if (isOther[triangle] === 0) kept[triangle] = next++
  const moved = (triangles: TrianglePaint | undefined) => triangles && Object.fromEntries(Object.entries(triangles).filter(([key]) => (kept[Number(key)] ?? -1) >= 0).map(([key, text]) => [kept[Number(key)], text]))
  const [support, seam] = [moved(paint?.support), moved(paint?.seam)]
  return {
    mesh: dropUnusedVertices({ positions: mesh.positions, indices: mesh.indices.filter((_, i) => (kept[Math.floor(i / 3)] ?? -1) >= 0) }),
    modifiers: others.flatMap(({ kind, name, config, triangles: [first, last] = [1, 0] }): ModelModifier[] => {
      if (kind === 'part' || kind === 'negative') return []
      return [{ kind, name, config, mesh: dropUnusedVertices({ positions: mesh.positions, indices: mesh.indices.slice(3 * first, 3 * last + 3) }) }]
    }),
    negatives: others.filter(({ kind }) => kind === 'negative').length,
    ...(paint && { paint: { ...(support && { support }), ...(seam && { seam }) } }),
  }
}
