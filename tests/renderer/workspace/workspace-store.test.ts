// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { startHistory } from '../../../renderer/workspace/history'
import { loadedMesh } from '../../../renderer/workspace/part-meshes'
import { placedBox } from '../../../renderer/workspace/part-shape'
import { plateSettings } from '../../../renderer/workspace/plate-settings'
import { axisRotation } from '../../../renderer/workspace/rotation'
import { EMPTY_PLATE, useWorkspace } from '../../../renderer/workspace/workspace-store'
import { CUBE, boxMesh, profilesOf } from './plates'

const workspace = () => useWorkspace.getState()
const objects = () => workspace().history.present.objects
const boxes = () => objects().map((object) => placedBox(object, loadedMesh(object)!))
const add = (versionId: string, parts = [{ name: '', mesh: CUBE }]) => workspace().addToPlate({ designId: 'd', versionId, title: `Part ${versionId}`, parts })

describe('the bench', () => {
  beforeEach(() => useWorkspace.setState({ history: startHistory(EMPTY_PLATE), selection: [], sliceState: { kind: 'idle' }, madePrint: undefined, isPrintCurrent: false }))

  it('puts parts in the middle of the bed, on it, and selects them', async () => {
    const ids = await add('a')
    expect(boxes()).toEqual([{ min: [100, 100, 0], max: [120, 120, 20] }])
    expect(workspace().selection).toEqual(ids)
    expect(objects()[0]!.name).toBe('Part a')
  })

  it('keeps the parts of a file standing to each other as they did', async () => {
    const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 40, 0, 5, 1]
    await add('two', [{ name: 'base', mesh: CUBE }, { name: 'lid', mesh: boxMesh(10, 10, 10), transform: matrix } as never])
    const [base, lid] = boxes()
    expect(lid!.min.map((value, axis) => Math.round(100 * (value - base!.min[axis]!)) / 100)).toEqual([40, 0, 5])
    expect(objects().map(({ name }) => name)).toEqual(['base', 'lid'])
  })

  it('duplicates as often as asked, each copy in a place of its own, in one step of undo', async () => {
    await add('a')
    workspace().duplicateSelected(3)
    expect(objects()).toHaveLength(4)
    const apart = boxes()
    apart.forEach((a, index) => apart.slice(index + 1).forEach((b) => expect(a.max[0] <= b.min[0] || b.max[0] <= a.min[0] || a.max[1] <= b.min[1] || b.max[1] <= a.min[1]).toBe(true)))
    workspace().undo()
    expect(objects()).toHaveLength(1)
  })

  it('takes everything back and does it again', async () => {
    await add('a')
    const [id] = workspace().selection
    workspace().moveSelected([5, 0, 0])
    workspace().turnSelected(axisRotation('z', 90))
    workspace().setOverride('infillPercent', 40)
    const after = workspace().history.present
    for (let step = 0; step < 4; step++) workspace().undo()
    expect(workspace().history.present).toBe(EMPTY_PLATE)
    expect(workspace().selection).toEqual([])
    for (let step = 0; step < 4; step++) workspace().redo()
    expect(workspace().history.present).toBe(after)
    expect(objects()[0]!.id).toBe(id)
  })

  it('lays a picked side on the bed', async () => {
    await add('slab', [{ name: '', mesh: boxMesh(40, 20, 10) }])
    workspace().layFlat(objects()[0]!.id, [1, 0, 0])
    const [box] = boxes()
    expect(box!.max[2] - box!.min[2]).toBeCloseTo(40, 3)
    expect(box!.min[2]).toBeCloseTo(0, 3)
  })

  it('refuses to slice with the reason, and starts no worker', async () => {
    await workspace().slice()
    expect(workspace().sliceState).toMatchObject({ kind: 'failed', problems: [{ code: 'plate/empty' }] })
    await add('a')
    workspace().moveSelected([500, 0, 0])
    expect(workspace().sliceState).toEqual({ kind: 'idle' })
    await workspace().slice()
    expect(workspace().sliceState).toMatchObject({ kind: 'failed', problems: [{ code: 'plate/outside', values: { name: 'Part a' } }] })
  })

  it('knows that a print is out of date once the plate has changed', async () => {
    await add('a')
    useWorkspace.setState({ madePrint: { origin: 'sliced' } as never, isPrintCurrent: true, sliceState: { kind: 'done' } })
    workspace().moveSelected([1, 0, 0])
    expect(workspace().isPrintCurrent).toBe(false)
  })

  it('selects several, one more, one less', async () => {
    await add('a')
    await add('b')
    workspace().selectAll()
    expect(workspace().selection).toHaveLength(2)
    workspace().select([objects()[0]!.id], 'toggle')
    expect(workspace().selection).toEqual([objects()[1]!.id])
    workspace().removeSelected()
    expect(objects().map(({ versionId }) => versionId)).toEqual(['a'])
  })
})

describe('settings of a plate', () => {
  it('follow the profiles, and the changes over them', () => {
    const { base, values } = plateSettings(profilesOf('creality-ender-3', 'petg'), { bedC: 70 })
    expect(base.bedC).toBe(80)
    expect(values.bedC).toBe(70)
    expect(values.retractionMm).toBe(5)
    expect(values.wallCount).toBe(2)
  })
})
