import type { StoredProfile } from '../../shared/machine/profile'
import { type ReadProject, readProject } from '../../shared/machine/project-file'
import { saveProfile } from '../library/profiles'
import { newObject } from './place-actions'
import { loadedMesh, partsOf, provideParts } from './part-meshes'
import type { PlateDocument } from './plate'
import type { ProfileChoice } from './plate-profiles'
import { writePlateProject } from './plate-project'
import { currentChoice } from './profile-choice'
import type { PlateAddition } from './workspace-state'
import { useWorkspace } from './workspace-store'

/** The plate as a 3MF project, with a name for its file. @throws StudioError when a model on the plate can't be read */
export async function projectOfPlate(): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const { title, bytes } = await writePlateProject(useWorkspace.getState().history.present, loadedMesh)
  return { name: `${title.replace(/[\\/:*?"<>|]/g, '_')}.3mf`, bytes }
}

/** The project in a file: the studio's own or another slicer's; undefined when there is none. @throws the problems of a damaged one */
export async function projectOfFile(file: File): Promise<ReadProject | undefined> {
  if (!/\.3mf$/i.test(file.name)) return undefined
  const read = readProject(new Uint8Array(await file.arrayBuffer()))
  if (!read.ok) throw read.problems
  return read.value
}

/**
 * Opens a project whose file is in the library: one of ours stands in place of what was on the plate, object by object where it was; of another slicer's the
 * objects are added and its settings chosen. Profiles that the user doesn't have are kept as own ones. One undo takes a project of ours back.
 */
export async function openProject(addition: PlateAddition, project: ReadProject): Promise<void> {
  if (addition.parts !== undefined) provideParts(addition.versionId, addition.parts)
  const parts = await partsOf(addition.versionId)
  const choice = await keptProfiles(project.profiles)
  const moreMaterialIds = await keptMaterials(project.moreMaterials ?? [])
  const label = { key: 'prepare.edit.openProject', values: { name: addition.title } }
  if (project.origin === 'foreign') {
    await useWorkspace.getState().addToPlate(addition)
    useWorkspace.getState().edit(label, (plate) => ({ ...plate, ...choice }))
    return
  }
  const objects = parts.map((part, index) => ({ ...newObject(addition, part, index), ...(project.objects.length === parts.length && project.objects[index]) }))
  const { overrides, purgeMm3, layerEvents, heightRanges, layerCurve } = project
  useWorkspace.getState().edit(label, (plate) => ({ ...withoutExtruders(plate), ...choice, ...(moreMaterialIds.length > 0 && { moreMaterialIds }), ...(purgeMm3 && { purgeMm3 }), objects, overrides, layerEvents, heightRanges, layerCurve }))
  useWorkspace.getState().select([])
}

function withoutExtruders({ moreMaterialIds: _ids, purgeMm3: _purge, ...plate }: PlateDocument): PlateDocument {
  return plate
}

/** The same for the materials of more extruders: one id each. */
async function keptMaterials(profiles: readonly StoredProfile[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const stored of profiles) {
    const { materialId } = await keptProfiles([stored])
    if (materialId !== undefined) ids.push(materialId)
  }
  return ids
}

/** Keeps the profiles that the user doesn't have as they are here; their ids for the plate. */
async function keptProfiles(profiles: readonly StoredProfile[]): Promise<Partial<Pick<PlateDocument, 'machineId' | 'materialId' | 'qualityId'>>> {
  const ids: Record<string, string> = {}
  for (const stored of profiles) {
    const same = profileOf(currentChoice(), stored)
    if (same !== undefined && JSON.stringify(same) === JSON.stringify(stored.profile)) ids[`${stored.kind}Id`] = same.id
    else {
      // One of the same name that says something else stays what it is.
      const id = same === undefined ? stored.profile.id : crypto.randomUUID()
      await saveProfile({ ...stored, profile: { ...stored.profile, id } } as StoredProfile)
      ids[`${stored.kind}Id`] = id
    }
  }
  return ids
}

function profileOf({ machines, materials, qualities }: ProfileChoice, { kind, profile }: StoredProfile) {
  const list = { machine: machines, material: materials, quality: qualities }[kind]
  return list.find(({ id }) => id === profile.id)
}
