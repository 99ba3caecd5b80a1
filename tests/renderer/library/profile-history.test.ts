import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { libraryDb } from '../../../renderer/library/open-library'
import { readProfileHistory, readRemovedProfiles } from '../../../renderer/library/profile-history'
import { removeProfile, saveProfile } from '../../../renderer/library/profiles'
import { writeChanges } from '../../../renderer/library/write-changes'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import type { StoredProfile } from '../../../shared/machine/profile'

vi.mock('../../../renderer/client/blobs', () => import('./fake-studio-client'))

const quality = (wallCount: number): StoredProfile => ({ kind: 'quality', profile: { ...BUILTIN_QUALITIES[0]!, id: 'mine', name: 'Mine', settings: { wallCount } } })
const walls = (profiles: readonly { readonly stored: StoredProfile }[]) => profiles.map(({ stored }) => stored.profile.settings.wallCount)

beforeEach(async () => {
  await libraryDb().delete()
  await libraryDb().open()
})

describe('the history of a profile', () => {
  it('has every earlier form, the latest first', async () => {
    for (const count of [2, 3, 4]) await saveProfile(quality(count))
    expect(walls(await readProfileHistory(libraryDb(), 'quality', 'mine'))).toEqual([3, 2])
  })

  it('has nothing of other profiles', async () => {
    await saveProfile(quality(2))
    await saveProfile({ ...quality(9), profile: { ...quality(9).profile, id: 'mine-too' } } as StoredProfile)
    await saveProfile(quality(3))
    expect(walls(await readProfileHistory(libraryDb(), 'quality', 'mine'))).toEqual([2])
    expect(await readProfileHistory(libraryDb(), 'quality', 'mine-too')).toEqual([])
  })

  it('leaves out what can’t be read', async () => {
    await writeChanges(libraryDb(), [{ entity: 'profile/quality:mine', key: 'stored', value: { kind: 'quality', profile: 'broken' } }])
    await saveProfile(quality(3))
    expect(await readProfileHistory(libraryDb(), 'quality', 'mine')).toEqual([])
  })
})

describe('a removed profile', () => {
  it('is told in its last form until it is saved again', async () => {
    await saveProfile(quality(2))
    await saveProfile(quality(5))
    expect(await readRemovedProfiles(libraryDb(), 'quality')).toEqual([])
    await removeProfile('quality', 'mine')
    expect(walls(await readRemovedProfiles(libraryDb(), 'quality'))).toEqual([5])
    expect(await readRemovedProfiles(libraryDb(), 'material')).toEqual([])
    await saveProfile(quality(5))
    expect(await readRemovedProfiles(libraryDb(), 'quality')).toEqual([])
  })
})
