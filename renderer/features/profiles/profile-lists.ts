import { GRBL_MACHINES } from '../../../shared/machine/builtin-grbl-machines'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import type { StoredProfile } from '../../../shared/machine/profile'

export const PROFILE_KINDS = ['machine', 'material', 'quality'] as const
export type ProfileKind = StoredProfile['kind']

const BUILTIN: readonly StoredProfile[] = [
  ...[...BUILTIN_MACHINES, ...GRBL_MACHINES].map((profile) => ({ kind: 'machine' as const, profile })),
  ...BUILTIN_MATERIALS.map((profile) => ({ kind: 'material' as const, profile })),
  ...BUILTIN_QUALITIES.map((profile) => ({ kind: 'quality' as const, profile })),
]

/** A profile with whether it is the user's own. */
export interface ListedProfile {
  readonly stored: StoredProfile
  readonly isOwn: boolean
}

/** Profiles of a kind: the user's own first, then those that come with the studio. */
export function listProfiles(own: readonly StoredProfile[], kind: ProfileKind): readonly ListedProfile[] {
  const ofKind = (list: readonly StoredProfile[], isOwn: boolean) => list.filter((stored) => stored.kind === kind).map((stored) => ({ stored, isOwn }))
  const mine = ofKind(own, true)
  return [...mine, ...ofKind(BUILTIN, false).filter(({ stored }) => !mine.some((other) => other.stored.profile.id === stored.profile.id))]
}

/** The profile that another was copied from: one of the user's or a built-in one. */
export function parentOf(stored: StoredProfile, own: readonly StoredProfile[]): StoredProfile | undefined {
  if (stored.parentId === undefined) return undefined
  return [...own, ...BUILTIN].find((other) => other.kind === stored.kind && other.profile.id === stored.parentId)
}

/** A copy of a profile under a new id, with the original as its parent. */
export function copyProfile(original: StoredProfile, { id, name }: { readonly id: string; readonly name: string }): StoredProfile {
  return { ...original, parentId: original.profile.id, profile: { ...original.profile, id, name } } as StoredProfile
}

/** What a printer that isn't in the list starts from. */
export function plainMachine(): StoredProfile {
  const found = BUILTIN.find(({ profile }) => profile.id === 'generic-marlin')
  if (found === undefined) throw new Error('generic-marlin is built in')
  return found
}

/** A text of a profile's value, for comparing two. */
export function valueText(value: unknown): string {
  if (value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
