import type { Problem } from '../../shared/units/problem'
import { StudioError } from '../../shared/units/studio-error'
import { currentText } from '../i18n/locale'
import { runEmboss } from '../workers/solid/run-solid'
import type { EmbossCall } from '../workers/solid/solid-messages'
import { keepPieces } from './keep-pieces'
import { loadedMesh } from './part-meshes'
import { type PlateObject, plateMatrix } from './plate'
import { mapObjects } from './plate-edits'
import { useWorkspace } from './workspace-store'

/**
 * Puts a relief on an object of the plate, which stays where it is; the new part becomes a design of the library. One undo takes it off again.
 * @returns warnings @throws the problems that refuse it, StudioError of the library, AbortError
 */
export async function embossObject(object: PlateObject, relief: Omit<EmbossCall, 'name' | 'mesh' | 'placement'>, signal?: AbortSignal): Promise<readonly Problem[]> {
  const mesh = loadedMesh(object)
  if (mesh === undefined) throw new StudioError('plate/no-file', 'The version holds no file.')
  const made = await runEmboss({ ...relief, name: object.name, mesh, placement: plateMatrix(object) }, signal)
  if (!made.ok) throw made.problems
  const { designId, versionId } = await keepPieces(currentText()('prepare.emboss.title', { name: object.name }), [{ name: object.name, mesh: made.value }])
  useWorkspace.getState().edit({ key: 'prepare.edit.emboss', values: { name: object.name } }, (plate) => mapObjects(plate, new Set([object.id]), (before) => ({ ...before, designId, versionId, partIndex: 0 })))
  return made.problems
}
