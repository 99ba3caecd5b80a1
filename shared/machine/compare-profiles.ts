import type { StoredProfile } from './profile'

/** A field that differs: its path in the profile, e.g. `settings.hotendC`, and both values; undefined: not there. */
export interface ProfileDifference {
  readonly path: string
  readonly parent: unknown
  readonly own: unknown
}

/** Fields that always differ between a profile and its parent, and say nothing. */
const NAMING = new Set(['id', 'name', 'source'])

/** What a profile changes against its parent, in the order of the parent's fields; lists count as one field. */
export function compareProfiles(parent: StoredProfile['profile'], own: StoredProfile['profile']): readonly ProfileDifference[] {
  const differences: ProfileDifference[] = []
  collect(parent, own, '', differences)
  return differences.filter(({ path }) => !NAMING.has(path))
}

function collect(parent: unknown, own: unknown, path: string, differences: ProfileDifference[]): void {
  if (isGroup(parent) && isGroup(own)) {
    const keys = new Set([...Object.keys(parent), ...Object.keys(own)])
    for (const key of keys) collect(parent[key], own[key], path === '' ? key : `${path}.${key}`, differences)
    return
  }
  if (JSON.stringify(parent) !== JSON.stringify(own)) differences.push({ path, parent, own })
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
