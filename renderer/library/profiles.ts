import { useLiveQuery } from 'dexie-react-hooks'
import type { StoredProfile } from '../../shared/machine/profile'
import { validateProfile } from '../../shared/machine/validate-profile'
import { StudioError } from '../../shared/units/studio-error'
import { libraryDb, useLibraryDb } from './open-library'
import { writeChanges } from './write-changes'

const NONE: readonly StoredProfile[] = []

/** The user's own profiles, by kind and id; empty while they are read. */
export function useProfiles(): readonly StoredProfile[] {
  const db = useLibraryDb()
  return useLiveQuery(async () => (await db.profiles.orderBy('name').toArray()).map(({ stored }) => stored), [db]) ?? NONE
}

/** Keeps a profile; one of the same kind and id is replaced (its earlier form stays in the history). @throws StudioError with the code of what is wrong in it */
export async function saveProfile(stored: StoredProfile): Promise<void> {
  const checked = validateProfile(stored)
  const [problem] = checked.problems
  if (!checked.ok && problem !== undefined) throw new StudioError(problem.code, problem.message, { ...problem.place, ...problem.values })
  await writeChanges(libraryDb(), [{ entity: `profile/${stored.kind}:${stored.profile.id}`, key: 'stored', value: stored }])
}

/** Removes a user's profile. */
export async function removeProfile(kind: StoredProfile['kind'], id: string): Promise<void> {
  await writeChanges(libraryDb(), [{ entity: `profile/${kind}:${id}`, key: 'stored', value: null }])
}
