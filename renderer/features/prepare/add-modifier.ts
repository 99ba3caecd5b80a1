import { MOST_MODIFIER_TRIANGLES, type ModifierShape, shapeOfMesh } from '../../../shared/machine/object-modifier'
import type { Mesh } from '../../../shared/mesh/mesh'
import type { SimpleShape } from '../../../shared/mesh/simple-shapes'
import { transformMesh } from '../../../shared/mesh/transform-mesh'
import { StudioError } from '../../../shared/units/studio-error'
import { notifyError } from '../../ui/notify'
import { newModifier, withModifier } from '../../workspace/object-edits'
import { boxMiddle } from '../../workspace/part-shape'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { partsOf } from '../../workspace/part-meshes'
import type { PlateObject } from '../../workspace/plate'
import { useWorkspace } from '../../workspace/workspace-store'
import { holdModifier } from './modifier-scene'

/** Puts a simple shape into an object and takes it in hand. */
export function addShape(object: PlateObject, mesh: Mesh, { shape, name }: { readonly shape: SimpleShape; readonly name: string }): void {
  put(object, mesh, { shape: { kind: shape }, name })
}

/** Puts a design of the library into an object, or tells why that can't be. */
export async function addDesign(object: PlateObject, mesh: Mesh, { versionId, name }: { readonly versionId: string; readonly name: string }): Promise<void> {
  try {
    const parts = await partsOf(versionId)
    put(object, mesh, { shape: shapeOfMesh(centred(parts.map((part) => (part.transform === undefined ? part.mesh : transformMesh(part.mesh, part.transform))))), name })
  } catch (error) {
    notifyError(error)
  }
}

function put(object: PlateObject, mesh: Mesh, { shape, name }: { readonly shape: ModifierShape; readonly name: string }): void {
  const modifier = newModifier(object, mesh, { id: crypto.randomUUID(), name, shape })
  useWorkspace.getState().edit({ key: 'prepare.edit.modifier.add', values: { name } }, (plate) => withModifier(plate, object.id, modifier))
  holdModifier(object.id, modifier.id)
}

/** Meshes as one, around the origin. @throws StudioError when it is too much to be kept with the plate */
function centred(meshes: readonly Mesh[]): Mesh {
  const count = meshes.reduce((sum, { indices }) => sum + indices.length / 3, 0)
  if (count > MOST_MODIFIER_TRIANGLES) throw new StudioError('plate/modifier-too-fine', `The design has ${count} triangles; a modifier may have ${MOST_MODIFIER_TRIANGLES}. Choose a simpler one.`, { count, max: MOST_MODIFIER_TRIANGLES })
  let first = 0
  const indices = meshes.flatMap((mesh) => {
    const shifted = Array.from(mesh.indices, (index) => index + first)
    first += mesh.positions.length / 3
    return shifted
  })
  const whole = { positions: Float32Array.from(meshes.flatMap(({ positions }) => Array.from(positions))), indices: Uint32Array.from(indices) }
  const [x, y, z] = boxMiddle(meshBox(whole))
  return { ...whole, positions: whole.positions.map((value, i) => value - ([x, y, z][i % 3] ?? 0)) }
}
