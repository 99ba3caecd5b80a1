// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { startHistory } from '../../../renderer/workspace/history'
import { newModifier, ownOf, withModifier, withOwnValue, withPaint } from '../../../renderer/workspace/object-edits'
import { loadedMesh } from '../../../renderer/workspace/part-meshes'
import { plateMatrix } from '../../../renderer/workspace/plate'
import { openProject, projectOfFile, projectOfPlate } from '../../../renderer/workspace/project-actions'
import { axisRotation } from '../../../renderer/workspace/rotation'
import { EMPTY_PLATE, useWorkspace } from '../../../renderer/workspace/workspace-store'
import { parseModel } from '../../../shared/formats/parse-model'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { paintedFacets } from '../../../shared/mesh/paint/painted-facets'
import { placeObject } from '../../../shared/slicing/place-object'
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

  it('keeps what its models have of their own, mirrored ones too', async () => {
    await workspace().addToPlate({ designId: 'd', versionId: 'cube', title: 'Cube', parts: [{ name: '', mesh: CUBE }] })
    const [plain] = workspace().selection
    workspace().duplicateSelected()
    const [mirrored] = workspace().selection
    workspace().reshape(mirrored!, { scale: [-1, 1, 1] })
    const modifier = newModifier(present().objects[0]!, CUBE, { id: 'm', name: 'Box', shape: { kind: 'box' } })
    const aside = { ...modifier, transform: { ...modifier.transform, positionMm: [14, 10, 10] as const }, values: { infillPercent: 70 } }
    for (const id of [plain!, mirrored!]) {
      workspace().edit({ key: 'x' }, (plate) => withPaint(withModifier(withOwnValue(plate, { objectId: id }, 'wallCount', 5), id, aside), id, 'seam', { 2: '4', 5: '48003' }))
    }
    const own = () => present().objects.map((object) => {
      const { values, modifiers = [], paint } = ownOf(object)
      const boxes = modifiers.map(({ mesh, transform, values: inside }) => ({ inside, box: [...meshBox(mesh, transform).min, ...meshBox(mesh, transform).max].map((mm) => Math.round(1e3 * mm) / 1e3) }))
      const facets = paintedFacets(placeObject({ id: '', name: '', mesh: loadedMesh(object)!, transform: plateMatrix(object) }).positions, loadedMesh(object)!.indices, paint!.seam!).enforced
      const middle = [0, 1, 2].map((axis) => Math.round((100 * facets.reduce((sum, value, i) => sum + (i % 3 === axis ? value : 0), 0)) / facets.length))
      return { values, boxes, middle }
    })
    const before = own()
    expect(before.map(({ boxes }) => boxes[0]!.box[3]! - boxes[0]!.box[0]!)).toEqual([10, 10])
    const { name, bytes } = await projectOfPlate()
    const project = await projectOfFile(new File([bytes], name))
    const read = parseModel(bytes, name)
    if (project === undefined || !read.ok) throw new Error('no project')
    await openProject({ designId: 'p', versionId: 'own', title: 'Own', parts: read.value.parts }, project)
    expect(own()).toEqual(before)
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
