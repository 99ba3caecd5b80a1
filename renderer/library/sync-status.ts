import { useLiveQuery } from 'dexie-react-hooks'
import { create } from 'zustand'
import { IDLE_SYNC, type SyncState } from '../../shared/library/plan-sync'
import { useLibraryDb } from './open-library'
import { readReplica } from './replica-state'

/** What the sync of this window is doing; `off` in a window whose neighbour does it. */
export const useSyncState = create<SyncState>()(() => IDLE_SYNC)

/** Edits that the studio doesn't have yet. */
export function useUnsyncedCount(): number {
  const db = useLibraryDb()
  return useLiveQuery(async () => {
    const { seq, acked } = await readReplica(db)
    return seq - acked
  }, [db]) ?? 0
}
