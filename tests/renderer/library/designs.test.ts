import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { BIN_MS } from '../../../shared/library/design'
import { addVersion, pickHead } from '../../../renderer/library/add-version'
import { getBlob } from '../../../renderer/library/blobs'
import { binDesign, deleteForever, findDuplicate, importDesign, noteDesign, renameDesign, restoreDesign, setThumbnail, tagDesign } from '../../../renderer/library/designs'
import { emptyBin } from '../../../renderer/library/empty-bin'
import { libraryDb } from '../../../renderer/library/open-library'
import { removeProfile, saveProfile } from '../../../renderer/library/profiles'
import { getVersion } from '../../../renderer/library/versions'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { writeChanges } from '../../../renderer/library/write-changes'
import { versionChanges } from '../../../shared/library/design'
import { version } from '../../shared/library/ops'
import { fakeBlobs } from './fake-studio-client'

vi.mock('../../../renderer/client/blobs', () => import('./fake-studio-client'))

const bytes = (text: string) => new TextEncoder().encode(text)
const CUBE = {
  title: 'Cube',
  file: { name: 'cube.stl', bytes: bytes('solid cube'), type: 'model/stl' },
  parts: { partCount: 1, sizeMm: [20, 20, 20], triangleCount: 12, volumeMm3: 8000 },
  unit: 'millimeter',
  isRepaired: false,
  tags: ['calibration'],
} as const

const design = async (id: string) => (await libraryDb().designs.get(id))!

beforeEach(async () => {
  await libraryDb().delete()
  await libraryDb().open()
  fakeBlobs.kept.clear()
  fakeBlobs.isAway = false
})

describe('the library of the window', () => {
  it('takes a file in: its bytes to the studio, a design with its first version here', async () => {
    const { designId, versionId, isDuplicate } = await importDesign({ ...CUBE, thumbnail: bytes('png') })
    expect(isDuplicate).toBe(false)
    const one = await design(designId)
    expect(one).toMatchObject({ title: 'Cube', tags: ['calibration'], heads: [versionId], bytes: 10, fileNames: ['cube.stl'], state: 'kept' })
    const { files } = await getVersion(versionId)
    expect(await (await getBlob(files[0]!.sha256)).text()).toBe('solid cube')
    expect(await (await getBlob(one.thumbnailSha256!)).text()).toBe('png')
  })

  it('keeps no bytes in IndexedDB', async () => {
    const large = new Uint8Array(200_000).fill(7)
    await importDesign({ ...CUBE, file: { name: 'large.stl', bytes: large } })
    for (const table of libraryDb().tables) expect(JSON.stringify(await table.toArray()).length).toBeLessThan(5000)
  })

  it('adds nothing when the studio cannot take the bytes', async () => {
    fakeBlobs.isAway = true
    await expect(importDesign(CUBE)).rejects.toMatchObject({ code: 'studio/unreachable' })
    expect(await libraryDb().ops.count()).toBe(0)
  })

  it('gives the design that is here when the same bytes come again, out of the bin if need be', async () => {
    const first = await importDesign(CUBE)
    await binDesign(first.designId)
    expect(await findDuplicate((await getVersion(first.versionId)).files[0]!.sha256)).toEqual({ designId: first.designId, versionId: first.versionId, title: 'Cube', isBinned: true })
    expect(await importDesign({ ...CUBE, title: 'Same bytes, other name' })).toEqual({ ...first, isDuplicate: true })
    expect(await design(first.designId)).toMatchObject({ state: 'kept', title: 'Cube' })
    expect(await libraryDb().designs.count()).toBe(1)
  })

  it('makes a second design of the same bytes when that is wanted', async () => {
    const first = await importDesign(CUBE)
    const second = await importDesign({ ...CUBE, isCopyWanted: true })
    expect(second.isDuplicate).toBe(true)
    expect(second.designId).not.toBe(first.designId)
  })

  it('knows no duplicate of a design that was removed for good', async () => {
    const { designId, versionId } = await importDesign(CUBE)
    const { sha256 } = (await getVersion(versionId)).files[0]!
    await deleteForever(designId)
    expect(await findDuplicate(sha256)).toBeUndefined()
    expect(await findDuplicate('0'.repeat(64))).toBeUndefined()
  })

  it('changes title, tags, notes and picture, each by itself, and keeps what was before', async () => {
    const { designId } = await importDesign(CUBE)
    await renameDesign(designId, '정육면체')
    await tagDesign(designId, '교정', true)
    await tagDesign(designId, 'calibration', false)
    await noteDesign(designId, 'Print it slowly.')
    await setThumbnail(designId, bytes('other png'))
    expect(await design(designId)).toMatchObject({ title: '정육면체', tags: ['교정'], notes: 'Print it slowly.' })
    expect(await libraryDb().history.toArray()).toMatchObject([{ key: 'tag/calibration', value: true }, { key: 'title', value: 'Cube' }])
  })

  it('adds a version that follows the one before', async () => {
    const { designId, versionId } = await importDesign(CUBE)
    const next = await addVersion(designId, { ...CUBE, file: { name: 'cube v2.stl', bytes: bytes('solid cube 2') } })
    expect(await getVersion(next)).toMatchObject({ parents: [versionId] })
    expect(await design(designId)).toMatchObject({ heads: [next], fileNames: ['cube v2.stl'], versionIds: expect.arrayContaining([versionId, next]) as string[] })
  })

  it('settles two heads by a pick', async () => {
    const { designId, versionId } = await importDesign(CUBE)
    const [left, right] = [version({ parents: [versionId], message: 'left' }), version({ parents: [versionId], message: 'right' })]
    await writeChanges(libraryDb(), [...versionChanges(designId, left), ...versionChanges(designId, right)])
    expect((await design(designId)).heads).toHaveLength(2)
    const merged = await pickHead(designId, left.id)
    expect((await design(designId)).heads).toEqual([merged])
    expect(await getVersion(merged)).toMatchObject({ parents: [left.id, right.id], files: left.files, message: 'left' })
  })

  it('empties the bin of what has been in it for thirty days, and of nothing else', async () => {
    const [old, young, kept] = [await importDesign(CUBE), await importDesign({ ...CUBE, isCopyWanted: true }), await importDesign({ ...CUBE, isCopyWanted: true })]
    await binDesign(old.designId)
    const { binnedAt } = await design(old.designId)
    await writeChanges(libraryDb(), [{ entity: `design/${young.designId}`, key: 'binnedAt', value: binnedAt! + 1000 }])
    await emptyBin(libraryDb(), binnedAt! + BIN_MS + 1)
    expect([(await design(old.designId)).state, (await design(young.designId)).state, (await design(kept.designId)).state]).toEqual(['gone', 'bin', 'kept'])
    await restoreDesign(young.designId)
    expect((await design(young.designId)).state).toBe('kept')
  })

  it('says which version is missing', async () => {
    await expect(getVersion('nowhere')).rejects.toMatchObject({ code: 'library/version-not-found', values: { versionId: 'nowhere' } })
    await expect(addVersion('nowhere', CUBE)).rejects.toMatchObject({ code: 'library/design-not-found' })
  })

  it('does not give bytes that are not the ones asked for', async () => {
    fakeBlobs.kept.set('a'.repeat(64), new Blob(['rotten']))
    await expect(getBlob('a'.repeat(64))).rejects.toMatchObject({ code: 'blob/wrong-hash' })
  })

  it('keeps, replaces and removes profiles, and refuses a broken one', async () => {
    const profile = { ...BUILTIN_QUALITIES[0]!, id: 'mine', name: '내 품질' }
    await saveProfile({ kind: 'quality', parentId: BUILTIN_QUALITIES[0]!.id, profile })
    await saveProfile({ kind: 'quality', profile: { ...profile, name: 'Fine' } })
    expect(await libraryDb().profiles.toArray()).toMatchObject([{ name: 'quality:mine', stored: { kind: 'quality', profile: { name: 'Fine' } } }])
    await expect(saveProfile({ kind: 'quality', profile: { ...profile, name: '' } })).rejects.toMatchObject({ code: 'profile/missing-text' })
    await removeProfile('quality', 'mine')
    expect(await libraryDb().profiles.count()).toBe(0)
  })
})
