import { useEffect } from 'react'
import { useProfiles } from '../library/profiles'
import { offerProfiles } from './profile-choice'
import { startWorkspace } from './start-workspace'

/** Keeps the bench alive: the plate over reloads, and the user's own profiles on offer. Mounted once, by the frame. */
export function useBench(): void {
  const stored = useProfiles()
  useEffect(() => offerProfiles(stored), [stored])
  useEffect(startWorkspace, [])
}
