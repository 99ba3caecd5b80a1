import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createProfileFinder } from '../../../../electron/services/machines/stored-profiles'
import { openStore, type Store } from '../../../../electron/store/open-store'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'

const folder = mkdtempSync(join(tmpdir(), 'gongbang-test-'))
let store: Store | undefined
afterEach(() => {
  store?.close()
  rmSync(folder, { recursive: true, force: true })
})

it('finds machine profiles that the window has saved, changed and removed', () => {
  store = openStore(folder)
  const find = createProfileFinder(store.log)
  const profile = { ...BUILTIN_MACHINES[0]!, id: 'mine', name: 'Mine' }
  const save = (value: unknown, nowMs: number) => store!.log.append('home', [{ entity: 'profile/machine:mine', key: 'stored', value }], { author: 'me', nowMs })
  expect(find('mine')).toBeUndefined()
  save({ kind: 'machine', profile }, 1000)
  expect(find('mine')).toMatchObject({ name: 'Mine' })
  save({ kind: 'machine', profile: { ...profile, maxHotendC: 245 } }, 2000)
  expect(find('mine')).toMatchObject({ maxHotendC: 245 })
  save(null, 3000)
  expect(find('mine')).toBeUndefined()
})
