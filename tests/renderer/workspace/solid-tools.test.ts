// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { cutObject } from '../../../renderer/workspace/cut-object'
import { embossObject } from '../../../renderer/workspace/emboss-object'
import { startHistory } from '../../../renderer/workspace/history'
import { loadedMesh } from '../../../renderer/workspace/part-meshes'
import { placedBox } from '../../../renderer/workspace/part-shape'
import { axisRotation } from '../../../renderer/workspace/rotation'
import { EMPTY_PLATE, useWorkspace } from '../../../renderer/workspace/workspace-store'
import { getBlob } from '../../../renderer/library/blobs'
import { libraryDb } from '../../../renderer/library/open-library'
import { getVersion } from '../../../renderer/library/versions'
import { runCut, runEmboss } from '../../../renderer/workers/solid/run-solid'
import { parseModel } from '../../../shared/formats/parse-model'
import { failure, success } from '../../../shared/units/problem'
import { fakeBlobs } from '../library/fake-studio-client'
import { boxTriangles, meshOf } from '../../shared/mesh/meshes'
import { CUBE, boxMesh } from './plates'

vi.mock('../../../renderer/client/blobs', () => import('../library/fake-studio-client'))
vi.mock('../../../renderer/workers/solid/run-solid', () => ({ runCut: vi.fn<typeof runCut>(), runEmboss: vi.fn<typeof runEmboss>() }))
vi.mock('../../../renderer/workers/thumbnail/render-thumbnail', () => ({ renderThumbnail: () => Promise.reject(new Error('no graphics here')) }))

const workspace = () => useWorkspace.getState()
const objects = () => workspace().history.present.objects
const boxes = () => objects().map((object) => placedBox(object, loadedMesh(object)!))
const STYLE = { kind: 'dowel', shape: 'round', widthMm: 4, depthMm: 4, clearanceMm: 0.1, marginMm: 1 } as const
/** x = 110 in the machine, its upper side at larger x. */
const upright = [0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 110, 110, 10, 1]

beforeEach(async () => {
  useWorkspace.setState({ history: startHistory(EMPTY_PLATE), selection: [], sliceState: { kind: 'idle' }, madePrint: undefined, isPrintCurrent: false })
  await libraryDb().delete()
  await libraryDb().open()
  fakeBlobs.kept.clear()
  fakeBlobs.isAway = false
  await workspace().addToPlate({ designId: 'd', versionId: 'cube', title: 'Cube', parts: [{ name: '', mesh: CUBE }] })
})

describe('an object that is cut', () => {
  const lower = meshOf(boxTriangles([0, 0, 0], [10, 20, 20]))
  const upper = meshOf(boxTriangles([10, 0, 0], [20, 20, 20]))
  const choice = { plane: upright, keep: 'both', connectors: [{ xMm: 0, yMm: 0 }, { xMm: 5, yMm: 0 }], style: STYLE, lay: { upper: true, lower: false } } as const
  beforeEach(() => vi.mocked(runCut).mockResolvedValue(success({ upper, lower, dowel: boxMesh(4, 4, 8) })))

  it('gives its place to its pieces and their dowels, none in another, all on the bed; one undo makes it whole', async () => {
    const before = workspace().history.present
    await cutObject(objects()[0]!, choice)
    expect(objects().map(({ name }) => name)).toEqual(['Cube – lower', 'Cube – upper', 'Cube – dowel', 'Cube – dowel'])
    expect(workspace().selection).toEqual(objects().map(({ id }) => id))
    const placed = boxes()
    placed.forEach((a, i) => {
      expect(a.min[2]).toBeCloseTo(0, 4)
      for (const b of placed.slice(i + 1)) expect(a.max[0] <= b.min[0] || b.max[0] <= a.min[0] || a.max[1] <= b.min[1] || b.max[1] <= a.min[1]).toBe(true)
    })
    workspace().undo()
    expect(workspace().history.present).toBe(before)
  })

  it('lays on the cut what is to lie there, and leaves the rest as it stood', async () => {
    await cutObject(objects()[0]!, choice)
    const [standing, lying] = boxes()
    expect(standing).toEqual({ min: [100, 100, 0], max: [110, 120, 20] })
    expect(lying!.max[2]).toBeCloseTo(10, 4)
    workspace().undo()
    await cutObject(objects()[0]!, { ...choice, lay: { upper: false, lower: true } })
    expect(boxes()[0]!.max[2]).toBeCloseTo(10, 4)
    expect(boxes()[1]!.max[2]).toBeCloseTo(20, 4)
  })

  it('gives its pieces its turn, its size and its own settings', async () => {
    workspace().turnSelected(axisRotation('z', 90))
    workspace().reshape(workspace().selection[0]!, { scale: [2, 1, 1] })
    workspace().edit({ key: 'x' }, (plate) => ({ ...plate, objects: plate.objects.map((object) => ({ ...object, values: { infillPercent: 44 } })) }))
    await cutObject(objects()[0]!, { ...choice, lay: { upper: false, lower: false } })
    expect(boxes()[0]).toEqual({ min: [100, 90, 0].map((value) => expect.closeTo(value, 4)), max: [120, 110, 20].map((value) => expect.closeTo(value, 4)) })
    expect(objects().map(({ values }) => values)).toEqual([{ infillPercent: 44 }, { infillPercent: 44 }, undefined, undefined])
  })

  it('is a design of the library, whose file has the same pieces to the last bit', async () => {
    await cutObject(objects()[0]!, choice)
    const [first] = objects()
    const { files, isRepaired, partCount } = await getVersion(first!.versionId)
    expect({ isRepaired, partCount }).toEqual({ isRepaired: false, partCount: 3 })
    const read = parseModel(new Uint8Array(await (await getBlob(files[0]!.sha256)).arrayBuffer()), files[0]!.path)
    if (!read.ok) throw new Error('unreadable')
    for (const object of objects()) expect(read.value.parts[object.partIndex]!.mesh.positions).toEqual(loadedMesh(object)!.positions)
  })

  it('stays as it is when the cut is refused, or the library can’t be reached', async () => {
    const before = workspace().history.present
    fakeBlobs.isAway = true
    await expect(cutObject(objects()[0]!, choice)).rejects.toMatchObject({ code: 'studio/unreachable' })
    vi.mocked(runCut).mockResolvedValue(failure({ code: 'cut/misses', severity: 'error', message: '' }))
    await expect(cutObject(objects()[0]!, choice)).rejects.toMatchObject([{ code: 'cut/misses' }])
    expect(workspace().history.present).toBe(before)
  })
})

describe('an object that is embossed', () => {
  const RELIEF = { frame: upright, depthMm: 1, isRaised: true, isFollowing: false, isOwnPart: false, source: { kind: 'drawing', drawing: { fills: [], strokes: [] } } } as const

  it('stays as it is under a relief of its own, which stands where it was made and is selected', async () => {
    const before = workspace().history.present
    vi.mocked(runEmboss).mockResolvedValue(success({ relief: meshOf(boxTriangles([5, 5, 20], [15, 15, 21])) }))
    await embossObject(objects()[0]!, { ...RELIEF, isOwnPart: true })
    expect(objects()[0]).toBe(before.objects[0])
    expect(boxes()[1]).toEqual({ min: [105, 105, 20], max: [115, 115, 21] })
    expect(objects()[1]!.name).toBe('Cube – relief')
    expect(workspace().selection).toEqual([objects()[1]!.id])
  })

  it('tells that what was painted on it is gone', async () => {
    workspace().edit({ key: 'x' }, (plate) => ({ ...plate, objects: plate.objects.map((object) => ({ ...object, values: { infillPercent: 44 }, paint: { seam: { 0: '4' } } })) }))
    vi.mocked(runEmboss).mockResolvedValue(success({ part: CUBE }))
    expect(await embossObject(objects()[0]!, RELIEF)).toMatchObject([{ code: 'plate/paint-lost', values: { name: 'Cube' } }])
    expect(objects()[0]).toMatchObject({ values: { infillPercent: 44 } })
    expect(objects()[0]!.paint).toBeUndefined()
  })

  it('stays where it stands, turned and scaled as it was; one undo takes the relief off', async () => {
    const [id] = workspace().selection
    workspace().reshape(id!, { scale: [2, 1, 1] })
    const before = workspace().history.present
    vi.mocked(runEmboss).mockResolvedValue(success({ part: meshOf(boxTriangles([0, 0, 0], [20, 20, 21])) }))
    await embossObject(objects()[0]!, RELIEF)
    expect(objects()).toHaveLength(1)
    const { versionId: _made, designId: _its, ...rest } = objects()[0]!
    const { versionId: _given, designId: _of, ...restBefore } = before.objects[0]!
    expect(rest).toEqual(restBefore)
    expect(boxes()[0]).toEqual({ min: [90, 100, 0], max: [130, 120, 21] })
    workspace().undo()
    expect(workspace().history.present).toBe(before)
  })
})
