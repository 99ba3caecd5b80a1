import { GRBL_MACHINES } from '../../../shared/machine/builtin-grbl-machines'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import type { MachineProfile } from '../../../shared/machine/profile'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { useProfiles } from '../../library/profiles'

/** Built-in machine profiles and the user's own, the user's first. */
export function useMachineProfiles(): readonly MachineProfile[] {
  const stored = useProfiles()
  return [...stored.flatMap((profile) => (profile.kind === 'machine' ? [profile.profile] : [])), ...BUILTIN_MACHINES, ...GRBL_MACHINES]
}

export function useProfileName(profileId: string): string {
  const t = useText()
  const profile = useMachineProfiles().find(({ id }) => id === profileId)
  return profile === undefined ? profileId : profileName(t, profile)
}
