import { recvHlc } from '../../shared/library/hlc'
import type { HashText, Op, OpRow } from '../../shared/library/op'
import { applyOps } from './apply-ops'
import { type LibraryDb, type ReplicaState, allTables } from './library-db'
import { readReplica, writeReplica } from './replica-state'

/** What merging pulled rows has shown. */
export type MergeOutcome =
  | 'merged'
  /** Another tab was faster: pull again from its cursor. */
  | 'stale'
  /** The studio has other or later ops of our own device than we do: we were restored from an older copy. */
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
    const own = await compareOwn(db, replica, ops)
    await writeReplica(db, { ...replica, hlc, takenHlc, acked: Math.max(replica.acked, own.acked), cursor: pulled.rows.at(-1)?.rev ?? replica.cursor })
    return own.isRestored ? 'restored' : 'merged'
  })
}

/** How far our own ops among the rows are the very ones that we have: those arrived, whether an answer said so or not. */
async function compareOwn(db: LibraryDb, { dev }: ReplicaState, ops: readonly Op[]): Promise<{ readonly acked: number; readonly isRestored: boolean }> {
  const theirs = ops.filter((op) => op.dev === dev)
  const ours = await db.ops.bulkGet(theirs.map(({ seq }) => seq))
  const differs = theirs.findIndex((op, at) => ours[at]?.t !== op.t)
  const same = differs === -1 ? theirs : theirs.slice(0, differs)
  return { acked: same.at(-1)?.seq ?? 0, isRestored: differs !== -1 }
}
