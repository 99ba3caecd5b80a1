import type { Op } from '../../../shared/library/op'
import type { BlobStore } from '../../store/blob-store'
import type { Store } from '../../store/open-store'
import { hintsOf } from './change-hints'

export interface SyncParts {
  readonly store: Pick<Store, 'log'>
  readonly blobs: Pick<BlobStore, 'has'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export type SyncService = ReturnType<typeof createSyncService>

/** The studio's end of the push and pull of operations: the contract's `sync` calls over its store. */
export function createSyncService({ store, blobs, now }: SyncParts) {
  return {
    /** @throws StudioError 'sync/gap' | 'sync/fork' | 'sync/clock' | 'sync/bad-op' */
    push: ({ space, ops }: { readonly space: string; readonly ops: readonly Op[] }) => ({ acked: { ...store.log.push(space, ops, now()) } }),
    pull({ space, after, limit }: { readonly space: string; readonly after: number; readonly limit: number }) {
      const { rows, head } = store.log.pull(space, after, limit)
      return { rows: [...rows], head }
    },
    /** First where each space stands, then a hint for each change; hints that nobody has taken yet are merged. */
    events: (signal?: AbortSignal) => hintsOf(store.log, signal),
    async haveBlobs({ sha256 }: { readonly sha256: readonly string[] }) {
      const have: string[] = []
      for (const hash of sha256) if (await blobs.has(hash)) have.push(hash)
      return { have }
    },
  }
}
