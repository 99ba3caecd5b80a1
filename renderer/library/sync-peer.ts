import type { Op, OpRow } from '../../shared/library/op'

/** The other end of the sync, as the contract declares it. */
export interface SyncPeer {
  push(input: { space: string; ops: Op[] }): Promise<{ acked: Record<string, number> }>
  pull(input: { space: string; after: number; limit: number }): Promise<{ rows: OpRow[]; head: number }>
  haveBlobs(input: { sha256: string[] }): Promise<{ have: string[] }>
}
