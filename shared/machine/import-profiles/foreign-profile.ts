import type { Problem } from '../../units/problem'
import type { StoredProfile } from '../profile'

export type ProfileKind = StoredProfile['kind']
export type ForeignProgram = 'PrusaSlicer' | 'OrcaSlicer' | 'Cura'

/** Keys and values of another slicer's profile with its parents already under it, as text. */
export interface ForeignProfile {
  readonly program: ForeignProgram
  readonly kind: ProfileKind
  readonly name: string
  readonly values: ReadonlyMap<string, string>
}

/** Profiles made of other slicers' files, and what of them is not in the profiles. */
export interface ImportedProfiles {
  readonly profiles: readonly StoredProfile[]
  /** One for each key or parent that couldn't be carried over; severity `info` for keys, `warning` for parents. */
  readonly left: readonly Problem[]
}

/** A file that the user gave. */
export interface ProfileSource {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What was left out of a profile, and why, as a problem. Codes: `import-profile/no-such-setting`, `import-profile/no-such-value`, `import-profile/out-of-range`, `import-profile/not-a-value`, `import-profile/template`. */
export function leftOut(code: string, profile: string, key: string, value: string): Problem {
  const shown = value.length > 80 ? `${value.slice(0, 79)}…` : value
  return { code, severity: 'info', place: { profile, key }, values: { profile, key, value: shown }, message: `${profile}: ${key} = ${shown} was left out (${code.split('/')[1] ?? code}).` }
}

/** A parent profile that isn't among the given files: its values are missing. */
export function missingParent(profile: string, parent: string): Problem {
  return { code: 'import-profile/missing-parent', severity: 'warning', place: { profile }, values: { profile, parent }, message: `${profile} builds on “${parent}”, which isn't among the files. Give that one too, so that its values are taken.` }
}
