import { boxSize } from '../../../shared/mesh/mesh-box'
import { machineVolume } from '../../../shared/machine/machine-volume'
import { type Calibration, calibrationPrint } from '../../../shared/machine/calibration'
import type { Mesh } from '../../../shared/mesh/mesh'
import { importDesign, setThumbnail } from '../../library/designs'
import { navigate } from '../../ui/navigate'
import { runImport } from '../../workers/import/run-import'
import { renderThumbnail } from '../../workers/thumbnail/render-thumbnail'
import { chosenProfiles } from '../../workspace/plate-profiles'
import { plateSettings } from '../../workspace/plate-settings'
import { currentChoice } from '../../workspace/profile-choice'
import { useWorkspace } from '../../workspace/workspace-store'

const PICTURE_SIZE = 320

/**
 * Makes a calibration print for the machine and the material that are chosen, keeps it in the library, and puts it alone onto the plate with its changes by
 * height. What was on the plate comes back with undo. @throws StudioError when the library can't take it
 */
export async function startCalibration(kind: Calibration, title: string, tag: string): Promise<void> {
  const workspace = useWorkspace.getState()
  const profiles = chosenProfiles(currentChoice(), workspace.history.present)
  const { min, max } = machineVolume(profiles.machine)
  const made = calibrationPrint(kind, { settings: plateSettings(profiles, workspace.history.present.overrides).values, bedMm: [max[0] - min[0], max[1] - min[1]], maxHotendC: profiles.machine.maxHotendC })
  const [name, bytes] = [`calibration-${kind}.stl`, binaryStl(made.mesh)]
  const result = await runImport({ name, bytes })
  if (!result.ok) throw result.problems
  const { parts, box, triangleCount, volumeMm3 } = result.value
  const { designId, versionId, isDuplicate } = await importDesign({ title, file: { name, bytes, type: 'model/stl' }, parts: { partCount: parts.length, sizeMm: boxSize(box), triangleCount, volumeMm3 }, unit: 'millimeter', isRepaired: false, tags: [tag] })
  if (!isDuplicate) {
    const picture = await renderThumbnail(parts, { width: PICTURE_SIZE, height: PICTURE_SIZE }).catch(() => undefined)
    if (picture !== undefined) await setThumbnail(designId, picture).catch(() => undefined)
  }
  workspace.clearPlate()
  await workspace.addToPlate({ designId, versionId, title, parts })
  workspace.edit({ key: 'start.calibration.edit', values: { name: title } }, (plate) => ({ ...plate, overrides: made.overrides, heightRanges: made.heightRanges }))
  navigate('/prepare')
}

function binaryStl({ positions, indices }: Mesh): Uint8Array<ArrayBuffer> {
  const triangles = indices.length / 3
  const bytes = new Uint8Array(84 + 50 * triangles)
  const view = new DataView(bytes.buffer)
  view.setUint32(80, triangles, true)
  indices.forEach((vertex, i) => {
    const at = 84 + 50 * Math.floor(i / 3) + 12 + 12 * (i % 3)
    for (let axis = 0; axis < 3; axis++) view.setFloat32(at + 4 * axis, positions[3 * vertex + axis] ?? 0, true)
  })
  return bytes
}
