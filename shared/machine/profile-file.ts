import { failure, success, type Problem, type Result } from '../units/problem'
import type { StoredProfile } from './profile'
import { validateProfile } from './validate-profile'

const FORMAT = 'gongbang-profiles'
const VERSION = 1
const MAX_LENGTH = 5_000_000

/** Text of a profile file: JSON, indented, so that two of them can be compared by eye. */
export function exportProfiles(profiles: readonly StoredProfile[]): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, profiles }, null, 2)}\n`
}

/**
 * Reads a profile file back. One bad profile refuses the whole file, with all its problems.
 *
 * Codes: `profile/not-a-profile-file`, `profile/newer-file`, and those of `validateProfile` with `place.record` (from 0).
 */
export function importProfiles(text: string): Result<readonly StoredProfile[]> {
  const parsed = text.length > MAX_LENGTH ? undefined : parseJson(text)
  const file = typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  if (file['format'] !== FORMAT || !Array.isArray(file['profiles'])) {
    return failure({ code: 'profile/not-a-profile-file', severity: 'error', message: 'This is no file of Gongbang profiles.' })
  }
  if (file['version'] !== VERSION) {
    return failure({ code: 'profile/newer-file', severity: 'error', values: { version: String(file['version']) }, message: 'This profile file is of a newer Gongbang Studio. Update the studio to read it.' })
  }
  const problems: Problem[] = []
  const profiles: StoredProfile[] = []
  file['profiles'].forEach((item: unknown, record) => {
    const checked = validateProfile(item)
    if (checked.ok) profiles.push(checked.value)
    else problems.push(...checked.problems.map((problem) => ({ ...problem, place: { ...problem.place, record } })))
  })
  return problems.length > 0 ? failure(...problems) : success(profiles)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
