import type { Mesh } from '../../../shared/mesh/mesh'
import { SETTINGS, type SettingValues, type SlicingSettings } from '../../../shared/slicing/settings'
import type { SliceInput, SliceObject } from '../../../shared/slicing/slice-input'

/** A box with its faces outward, or inward when `isCavity`. */
export function boxMesh(min: readonly [number, number, number], max: readonly [number, number, number], isCavity = false): Mesh {
  const positions = Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [i & 1 ? max[0] : min[0], i & 2 ? max[1] : min[1], i & 4 ? max[2] : min[2]]))
  const faces = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]] as const
  const indices = faces.flatMap(([a, b, c, d]) => (isCavity ? [a, c, b, a, d, c] : [a, b, c, a, c, d]))
  return { positions, indices: Uint32Array.from(indices) }
}

/** Meshes beside or in each other as one mesh. */
export function joinMeshes(...meshes: readonly Mesh[]): Mesh {
  let first = 0
  const indices = meshes.flatMap((mesh) => {
    const shifted = Array.from(mesh.indices, (i) => i + first)
    first += mesh.positions.length / 3
    return shifted
  })
  return { positions: Float32Array.from(meshes.flatMap(({ positions }) => Array.from(positions))), indices: Uint32Array.from(indices) }
}

/** A mesh without some of its triangles. */
export function withoutTriangles(mesh: Mesh, ...triangles: readonly number[]): Mesh {
  return { ...mesh, indices: mesh.indices.filter((_, i) => !triangles.includes(Math.floor(i / 3))) }
}

/** The defaults with some values changed. */
export function settingsWith(values: SettingValues = {}): SlicingSettings {
  return { ...(Object.fromEntries(Object.entries(SETTINGS).map(([key, { default: value }]) => [key, value])) as unknown as SlicingSettings), ...values }
}

/** An object in the middle of a bed of 250 mm, moved by `at`. */
export function placed(mesh: Mesh, at: readonly [number, number, number] = [100, 100, 0], id = 'part'): SliceObject {
  return { id, name: id, mesh, transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, ...at, 1] }
}

/** A plate of objects on a bed of 250 mm. */
export function plate(objects: readonly SliceObject[], values: SettingValues = {}): SliceInput {
  return { objects, settings: settingsWith(values), volume: { min: [0, 0, 0], max: [250, 250, 250], shape: 'rectangle' } }
}
