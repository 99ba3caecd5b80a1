import type { ProfileSource } from '../../../shared/machine/import-profiles/foreign-profile'
import { importForeignProfiles } from '../../../shared/machine/import-profiles/import-foreign-profiles'
import type { StoredProfile } from '../../../shared/machine/profile'
import { importProfiles } from '../../../shared/machine/profile-file'
import type { Problem } from '../../../shared/units/problem'
import { saveProfile } from '../../library/profiles'

/** What was kept of the files that the user chose. */
export interface TakenProfiles {
  readonly profiles: readonly StoredProfile[]
  /** What other slicers' profiles say and ours can't. */
  readonly left: readonly Problem[]
  /** Whether any file was another slicer's. */
  readonly isForeign: boolean
}

/**
 * Keeps the profiles of files: our own, and those of PrusaSlicer, OrcaSlicer and Cura. One whose id the user has already gets a new one, so that nothing is
 * overwritten. @throws the problems when no file can be read, or one of ours is damaged
 */
export async function takeFiles(files: readonly File[], own: readonly StoredProfile[]): Promise<TakenProfiles> {
  const ours: StoredProfile[] = []
  const foreign: ProfileSource[] = []
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const read = importProfiles(new TextDecoder().decode(bytes))
    if (read.ok) ours.push(...read.value)
    else if (read.problems.some(({ code }) => code === 'profile/not-a-profile-file')) foreign.push({ name: file.name, bytes })
    else throw read.problems
  }
  const imported = foreign.length === 0 ? undefined : importForeignProfiles(foreign)
  if (imported?.ok === false && ours.length === 0) throw imported.problems
  const profiles = [...ours, ...(imported?.ok === true ? imported.value.profiles : [])]
  const ids = new Set(own.map(({ kind, profile }) => `${kind} ${profile.id}`))
  for (const stored of profiles) {
    const key = `${stored.kind} ${stored.profile.id}`
    await saveProfile(ids.has(key) ? ({ ...stored, profile: { ...stored.profile, id: crypto.randomUUID() } } as StoredProfile) : stored)
    ids.add(key)
  }
  return { profiles, left: imported === undefined ? [] : imported.ok ? imported.value.left : imported.problems, isForeign: imported !== undefined }
}
