import { recvHlc } from '../../shared/library/hlc'
import type { HashText, OpRow } from '../../shared/library/op'
import { applyOps } from './apply-ops'
import { type LibraryDb, allTables } from './library-db'
import { readReplica, writeReplica } from './replica-state'

/** What merging pulled rows has shown. */
export type MergeOutcome =
  | 'merged'
  /** Another tab was faster: pull again from its cursor. */
  | 'stale'
  /** The studio has later ops of our own device than we do: we were restored from an older copy. */
  | 'restored'

/** Merges pulled rows, moves the cursor and the clock: one transaction, so that a crash between them can't be. */
export async function mergeRows(db: LibraryDb, pulled: { readonly after: number; readonly rows: readonly OpRow[] }, hashText: HashText): Promise<MergeOutcome> {
  return db.transaction('rw', allTables(db), async () => {
    const replica = await readReplica(db)
    if (replica.cursor !== pulled.after) return 'stale'
    const ops = pulled.rows.map(({ op }) => op)
    await applyOps(db, ops, hashText)
    let { hlc, takenHlc } = replica
    for (const { t } of ops) {
      hlc = recvHlc(hlc, t)
      takenHlc = recvHlc(takenHlc, t)
    }
    await writeReplica(db, { ...replica, hlc, takenHlc, cursor: pulled.rows.at(-1)?.rev ?? replica.cursor })
    return ops.some(({ dev, seq }) => dev === replica.dev && seq > replica.seq) ? 'restored' : 'merged'
  })
}
