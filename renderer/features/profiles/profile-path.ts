import { PROFILE_KINDS, type ProfileKind } from './profile-lists'

/** The address of a profile: `/profiles/machine:creality-ender-3`. */
export function profilePath(kind: ProfileKind, id: string): `/profiles/${string}` {
  return `/profiles/${encodeURIComponent(`${kind}:${id}`)}`
}

/** Reads an address back; a kind alone names no profile, and what is unknown leads to the machines. */
export function parseProfilePath(routeId: string | undefined): { readonly kind: ProfileKind; readonly id: string | undefined } {
  const [kind, ...rest] = (routeId ?? '').split(':')
  return { kind: PROFILE_KINDS.find((one) => one === kind) ?? 'machine', id: rest.length > 0 ? rest.join(':') : undefined }
}
