import { useLiveQuery } from 'dexie-react-hooks'
import { hlcMs } from '../../shared/library/hlc'
import type { Cell } from '../../shared/library/merge-ops'
import type { StoredProfile } from '../../shared/machine/profile'
import { validateProfile } from '../../shared/machine/validate-profile'
import type { LibraryDb } from './library-db'
import { useLibraryDb } from './open-library'

/** A form that a profile had, and when it was saved, ms since 1970. */
export interface EarlierProfile {
  readonly stored: StoredProfile
  readonly savedAt: number
}

const NONE: readonly EarlierProfile[] = []

/** Earlier forms of a profile, the latest first; those that this version of the studio can't read are left out. */
export async function readProfileHistory(db: LibraryDb, kind: StoredProfile['kind'], id: string): Promise<readonly EarlierProfile[]> {
  const entity = `profile/${kind}:${id}`
  const cells = await db.history.where('[entity+key+t]').between([entity, 'stored', ''], [entity, 'stored', '\uffff']).toArray()
  return toProfiles(cells.toSorted((a, b) => (a.t < b.t ? 1 : -1)))
}

/** The last form of each profile of a kind that was removed, the latest removal first. */
export async function readRemovedProfiles(db: LibraryDb, kind: StoredProfile['kind']): Promise<readonly EarlierProfile[]> {
  const prefix = `profile/${kind}:`
  const rows = await db.entities.where('entity').startsWith(prefix).toArray()
  const removed = rows.flatMap(({ cells }) => cells.filter(({ key, value }) => key === 'stored' && value === null)).toSorted((a, b) => (a.t < b.t ? 1 : -1))
  const last = await Promise.all(removed.map(async ({ entity }) => (await readProfileHistory(db, kind, entity.slice(prefix.length)))[0]))
  return last.filter((one) => one !== undefined)
}

function toProfiles(cells: readonly Cell[]): readonly EarlierProfile[] {
  return cells.flatMap(({ value, t }) => {
    const checked = validateProfile(value)
    return checked.ok ? [{ stored: checked.value, savedAt: hlcMs(t) }] : []
  })
}

/** Earlier forms of a profile as `readProfileHistory` gives them; follows every change. */
export function useProfileHistory(kind: StoredProfile['kind'], id: string): readonly EarlierProfile[] {
  const db = useLibraryDb()
  return useLiveQuery(() => readProfileHistory(db, kind, id), [db, kind, id]) ?? NONE
}

/** Removed profiles as `readRemovedProfiles` gives them; follows every change. */
export function useRemovedProfiles(kind: StoredProfile['kind']): readonly EarlierProfile[] {
  const db = useLibraryDb()
  return useLiveQuery(() => readRemovedProfiles(db, kind), [db, kind]) ?? NONE
}
