import { renderThumbnails } from '../../shared/gcode/render-thumbnail'
import { writeProject } from '../../shared/machine/project-file'
import { StudioError } from '../../shared/units/studio-error'
import { partsOf } from './part-meshes'
import { type PlateDocument, plateMatrix } from './plate'
import { chosenProfiles } from './plate-profiles'
import { projectObject } from './object-edits'
import { plateTitle } from './plate-summary'
import { currentChoice } from './profile-choice'
import type { WorkspaceAccess } from './workspace-store'

const PICTURE = { width: 256, height: 256 }

/** A plate as a 3MF project, with its title and picture. @throws StudioError when a model on the plate can't be read */
export async function writePlateProject(plate: PlateDocument, meshOf: WorkspaceAccess['meshOf']): Promise<{ readonly title: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly thumbnailPng: Uint8Array | undefined }> {
  await Promise.all([...new Set(plate.objects.map(({ versionId }) => versionId))].map((versionId) => partsOf(versionId)))
  const items = plate.objects.map((object) => {
    const mesh = meshOf(object)
    if (mesh === undefined) throw new StudioError('plate/no-file', 'The version holds no file.')
    return { name: object.name, mesh, transform: plateMatrix(object), ...(object.paint && { paint: object.paint }) }
  })
  const title = plateTitle(plate)
  const thumbnailPng = renderThumbnails(items, [PICTURE])[0]?.png
  const { overrides, purgeMm3, layerEvents = [], heightRanges = [], layerCurve = [] } = plate
  const bytes = writeProject(items, { ...chosenProfiles(currentChoice(), plate), overrides, ...(purgeMm3 && { purgeMm3 }), layerEvents, heightRanges, layerCurve, objects: plate.objects.map(projectObject) }, { title, ...(thumbnailPng === undefined ? {} : { thumbnailPng }) })
  return { title, bytes, thumbnailPng }
}
