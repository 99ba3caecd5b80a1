// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { startHistory } from '../../../renderer/workspace/history'
import { loadedMesh } from '../../../renderer/workspace/part-meshes'
import { plateMatrix } from '../../../renderer/workspace/plate'
import { openProject, projectOfFile, projectOfPlate } from '../../../renderer/workspace/project-actions'
import { axisRotation } from '../../../renderer/workspace/rotation'
import { EMPTY_PLATE, useWorkspace } from '../../../renderer/workspace/workspace-store'
import { parseModel } from '../../../shared/formats/parse-model'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { CUBE, boxMesh } from './plates'

const workspace = () => useWorkspace.getState()
const present = () => workspace().history.present

describe('a plate saved as a project', () => {
  beforeEach(() => useWorkspace.setState({ history: startHistory(EMPTY_PLATE), selection: [], sliceState: { kind: 'idle' }, madePrint: undefined, isPrintCurrent: false }))

  it('is opened again object by object where it was, with its profiles, settings and changes by height; one undo takes it back', async () => {
    await workspace().addToPlate({ designId: 'd', versionId: 'cube', title: 'Cube', parts: [{ name: '', mesh: CUBE }] })
    workspace().turnSelected(axisRotation('z', 30))
    workspace().turnSelected(axisRotation('x', 20))
    await workspace().addToPlate({ designId: 'd', versionId: 'slab', title: 'Slab: 1/2', parts: [{ name: '', mesh: boxMesh(40, 20, 3) }] })
    const [slab] = workspace().selection
    workspace().reshape(slab!, { scale: [-1.5, 1, 2] })
    workspace().chooseMachine(BUILTIN_MACHINES.find(({ id }) => id === 'prusa-mk3s')!)
    workspace().chooseMaterial(BUILTIN_MATERIALS.find(({ id }) => id === 'petg')!)
    workspace().setOverride('infillPercent', 44)
    workspace().edit({ key: 'x' }, (plate) => ({ ...plate, layerEvents: [{ kind: 'pause', zMm: 2 }] }))
    const before = present()
    const placed = () => present().objects.map((object) => ({ name: object.name, corners: [0, 3, 6, 21].map((at) => corner(object, at)) }))
    const places = placed()

    const { name, bytes } = await projectOfPlate()
    expect(name).toBe('Cube + 1.3mf')
    const project = await projectOfFile(new File([bytes], name))
    const parsed = parseModel(bytes, name)
    if (project === undefined || !parsed.ok) throw new Error('no project')

    workspace().clearPlate()
    workspace().clearOverrides()
    await workspace().addToPlate({ designId: 'd', versionId: 'other', title: 'Other', parts: [{ name: '', mesh: boxMesh(5, 5, 5) }] })
    const meanwhile = present()
    await openProject({ designId: 'p', versionId: 'project', title: 'Project', parts: parsed.value.parts }, project)
    expect(present()).toMatchObject({ machineId: before.machineId, materialId: 'petg', qualityId: before.qualityId, overrides: before.overrides, layerEvents: before.layerEvents })
    expect(placed().map((object) => object.name)).toEqual(places.map((object) => object.name))
    placed().forEach(({ corners }, i) => corners.flat().forEach((value, k) => expect(value).toBeCloseTo(places[i]!.corners.flat()[k]!, 4)))
    workspace().undo()
    expect(present()).toBe(meanwhile)
  })

  it('is none in a file of another kind, and in a 3MF without settings', async () => {
    expect(await projectOfFile(new File(['solid'], 'a.stl'))).toBeUndefined()
  })
})

/** A vertex where it stands on the plate, mm. */
function corner(object: Parameters<typeof plateMatrix>[0] & Parameters<typeof loadedMesh>[0], at: number): number[] {
  const m = plateMatrix(object)
  const { positions } = loadedMesh(object)!
  return [0, 1, 2].map((row) => m[row]! * positions[at]! + m[row + 4]! * positions[at + 1]! + m[row + 8]! * positions[at + 2]! + m[row + 12]!)
}
