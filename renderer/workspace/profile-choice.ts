import { create } from 'zustand'
import type { StoredProfile } from '../../shared/machine/profile'
import { type ProfileChoice, profileChoice } from './plate-profiles'

const useChoice = create<{ readonly choice: ProfileChoice }>()(() => ({ choice: profileChoice([]) }))

/** Tells the bench which profiles the user has. */
export function offerProfiles(stored: readonly StoredProfile[]): void {
  useChoice.setState({ choice: profileChoice(stored) })
}

/** The profiles that can be chosen now. */
export function currentChoice(): ProfileChoice {
  return useChoice.getState().choice
}

/** The profiles that can be chosen; follows the library once `offerProfiles` is fed from it. */
export function useProfileChoice(): ProfileChoice {
  return useChoice((state) => state.choice)
}
