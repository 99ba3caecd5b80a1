import { type Change, prepareOps } from '../../shared/library/prepare-ops'
import { HOME_SPACE } from '../../shared/library/op'
import { applyOps } from './apply-ops'
import { loadHashText } from './hash'
import { type LibraryDb, allTables } from './library-db'
import { readReplica, writeReplica } from './replica-state'

/** Who writes: the studio's owner, until there are people with names. */
export const AUTHOR = 'owner'

/**
 * Writes changes: at once into what the window shows, and into the outbox for the studio, as one transaction.
 * @param changes or what gives them from the present state, inside the transaction (Dexie calls only)
 */
export async function writeChanges(db: LibraryDb, changes: readonly Change[] | (() => Promise<readonly Change[]>)): Promise<void> {
  const hashText = await loadHashText()
  await db.transaction('rw', allTables(db), async () => {
    const wanted = typeof changes === 'function' ? await changes() : changes
    if (wanted.length === 0) return
    const replica = await readReplica(db)
    const { ops, end } = prepareOps(wanted, { space: HOME_SPACE, ...replica }, { author: AUTHOR, nowMs: Date.now(), hashText })
    await db.ops.bulkAdd(ops)
    await writeReplica(db, { ...replica, seq: end.seq, hash: end.hash, hlc: end.hlc })
    await applyOps(db, ops, hashText)
  })
}
