import type { Problem } from '../../shared/units/problem'
import { StudioError } from '../../shared/units/studio-error'
import { currentText } from '../i18n/locale'
import { runEmboss } from '../workers/solid/run-solid'
import type { EmbossCall } from '../workers/solid/solid-messages'
import { paintLost } from './cut-object'
import { keepPieces } from './keep-pieces'
import { loadedMesh } from './part-meshes'
import { type PlateObject, plateMatrix } from './plate'
import { useWorkspace } from './workspace-store'

/**
 * Puts a relief on an object of the plate, which stays where it is, or beside it as an object of its own that stands on it or in its pocket. What is made becomes
 * a design of the library. One undo takes it off again; what was made last is selected.
 * @returns warnings @throws the problems that refuse it, StudioError of the library, AbortError
 */
export async function embossObject(object: PlateObject, relief: Omit<EmbossCall, 'name' | 'mesh' | 'placement'>, signal?: AbortSignal): Promise<readonly Problem[]> {
  const mesh = loadedMesh(object)
  if (mesh === undefined) throw new StudioError('plate/no-file', 'The version holds no file.')
  const made = await runEmboss({ ...relief, name: object.name, mesh, placement: plateMatrix(object) }, signal)
  if (!made.ok) throw made.problems
  const t = currentText()
  const { part, relief: own } = made.value
  const pieces = [...(part === undefined ? [] : [{ name: object.name, mesh: part }]), ...(own === undefined ? [] : [{ name: t('prepare.emboss.piece', { name: object.name }), mesh: own }])]
  const { designId, versionId } = await keepPieces(t('prepare.emboss.title', { name: object.name }), pieces)
  const ownId = crypto.randomUUID()
  useWorkspace.getState().edit({ key: 'prepare.edit.emboss', values: { name: object.name } }, (plate) => ({
    ...plate,
    objects: plate.objects.flatMap((before) => {
      if (before.id !== object.id) return [before]
      const { paint: _gone, ...rest } = before
      const { modifiers: _its, ...plain } = rest
      const changed: PlateObject = part === undefined ? before : { ...rest, designId, versionId, partIndex: 0 }
      return own === undefined ? [changed] : [changed, { ...plain, id: ownId, name: t('prepare.emboss.piece', { name: before.name }), designId, versionId, partIndex: pieces.length - 1 }]
    }),
  }))
  useWorkspace.getState().select([own === undefined ? object.id : ownId])
  return [...made.problems, ...(part === undefined ? [] : paintLost(object))]
}
