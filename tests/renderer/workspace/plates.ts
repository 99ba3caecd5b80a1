import type { Mesh } from '../../../shared/mesh/mesh'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { type PlateDocument, type PlateObject, IDENTITY_ROTATION, UNIT_SCALE } from '../../../renderer/workspace/plate'
import type { ChosenProfiles } from '../../../renderer/workspace/plate-profiles'

/** A closed box from the origin, outward triangles. */
export function boxMesh(x: number, y: number, z: number): Mesh {
  const positions = new Float32Array(Array.from({ length: 8 }, (_, corner) => [corner & 1 ? x : 0, corner & 2 ? y : 0, corner & 4 ? z : 0]).flat())
  const indices = new Uint32Array([0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5])
  return { positions, indices }
}

export const CUBE = boxMesh(20, 20, 20)

/** A cube of 20 mm whose middle stands at (x, y) and its bottom at z. */
export function cubeAt(id: string, x: number, y: number, z = 0): PlateObject {
  return { id, designId: 'd', versionId: 'v', partIndex: 0, name: id, pivotMm: [10, 10, 10], transform: { positionMm: [x, y, z + 10], rotation: IDENTITY_ROTATION, scale: UNIT_SCALE } }
}

export function plateOf(...objects: PlateObject[]): PlateDocument {
  return { objects, machineId: 'virtual-printer', materialId: 'pla', qualityId: 'standard', overrides: {} }
}

export function profilesOf(machineId = 'virtual-printer', materialId = 'pla'): ChosenProfiles {
  return { machine: BUILTIN_MACHINES.find(({ id }) => id === machineId)!, material: BUILTIN_MATERIALS.find(({ id }) => id === materialId)!, quality: BUILTIN_QUALITIES[1]! }
}
