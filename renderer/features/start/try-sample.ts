import { boxSize } from '../../../shared/mesh/mesh-box'
import { importDesign, setThumbnail } from '../../library/designs'
import { navigate } from '../../ui/navigate'
import { runImport } from '../../workers/import/run-import'
import { renderThumbnail } from '../../workers/thumbnail/render-thumbnail'
import type { VersionPart } from '../../workspace/part-meshes'
import { chosenProfiles, FIRST_CHOICE } from '../../workspace/plate-profiles'
import { currentChoice } from '../../workspace/profile-choice'
import { useWorkspace } from '../../workspace/workspace-store'
import { beginGuide } from './guide-store'
import { SAMPLE_FILE, sampleStl } from './sample-model'

const PICTURE_SIZE = 320
/** Fewer layers, sooner done. */
const QUICKEST_QUALITY = 'draft'

/**
 * Brings the sample into the library (once), puts it alone onto the plate of the virtual printer, and begins the guide. What was on the plate comes back
 * with undo. @throws StudioError when the library can't take it
 */
export async function trySample(title: string, tag: string): Promise<void> {
  const bytes = sampleStl()
  const result = await runImport({ name: SAMPLE_FILE, bytes })
  if (!result.ok) throw result.problems
  const { parts, box, triangleCount, volumeMm3 } = result.value
  const { designId, versionId, isDuplicate } = await importDesign({
    title,
    file: { name: SAMPLE_FILE, bytes, type: 'model/stl' },
    parts: { partCount: parts.length, sizeMm: boxSize(box), triangleCount, volumeMm3 },
    unit: 'millimeter',
    isRepaired: false,
    tags: [tag],
  })
  if (!isDuplicate) void drawPicture(designId, parts)
  const workspace = useWorkspace.getState()
  const { machine, material, quality } = chosenProfiles(currentChoice(), { ...FIRST_CHOICE, qualityId: QUICKEST_QUALITY })
  workspace.clearPlate()
  workspace.chooseMachine(machine)
  workspace.chooseMaterial(material)
  workspace.chooseQuality(quality)
  workspace.clearOverrides()
  await workspace.addToPlate({ designId, versionId, title, parts })
  beginGuide()
  navigate('/prepare')
}

/** The picture comes when it is drawn: nobody waits for it. */
async function drawPicture(designId: string, parts: readonly VersionPart[]): Promise<void> {
  const picture = await renderThumbnail(parts, { width: PICTURE_SIZE, height: PICTURE_SIZE }).catch(() => undefined)
  if (picture !== undefined) await setThumbnail(designId, picture).catch(() => undefined)
}
