import { HOME_SPACE, hashOp, type HashText, type Op } from '../../shared/library/op'
import type { LogEnd } from '../../shared/library/prepare-ops'
import { reissueOps } from '../../shared/library/reissue-ops'
import { applyOps } from './apply-ops'
import { type EntityFields, putFields, readFields } from './entity-fields'
import { type LibraryDb, type ReplicaState, allTables } from './library-db'
import { newDeviceId, readReplica, writeReplica } from './replica-state'
import { AUTHOR } from './write-changes'

/** Sends again from a seq on; from the last one that is here when the asked one isn't: the studio then says fork. */
export async function rewindLog(db: LibraryDb, expect: number): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const replica = await readReplica(db)
    await writeReplica(db, { ...replica, acked: Math.max(0, Math.min(expect - 1, replica.seq)) })
  })
}

/** Pulls from the beginning and offers the whole log again: what is known on the other side already is passed over there. */
export async function restartLog(db: LibraryDb): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    await writeReplica(db, { ...(await readReplica(db)), acked: 0, cursor: 0 })
  })
}

/** Takes a new device id and issues the unsent ops again under it. */
export async function renewDevice(db: LibraryDb, hashText: HashText, nowMs: number): Promise<void> {
  await db.transaction('rw', allTables(db), async () => {
    const replica = await readReplica(db)
    const dev = newDeviceId()
    await reissue(db, { ...replica, dev, seq: 0, hash: '', acked: 0 }, { unsentAfter: replica.acked, hashText, nowMs })
  })
}

/** Stamps the unsent ops again by the studio's clock. */
export async function restampLog(db: LibraryDb, hashText: HashText, hubNow: number): Promise<void> {
  await db.transaction('rw', allTables(db), async () => {
    const replica = await readReplica(db)
    const last = replica.acked === 0 ? undefined : await db.ops.get(replica.acked)
    const hash = last === undefined ? '' : hashOp(last, hashText)
    await reissue(db, { ...replica, seq: replica.acked, hash, hlc: replica.takenHlc }, { unsentAfter: replica.acked, hashText, nowMs: hubNow })
  })
}

interface Reissue {
  readonly unsentAfter: number
  readonly hashText: HashText
  readonly nowMs: number
}

async function reissue(db: LibraryDb, from: ReplicaState, { unsentAfter, hashText, nowMs }: Reissue): Promise<void> {
  const unsent = await db.ops.where('seq').above(unsentAfter).toArray()
  const fields = await readFields(db, unsent.map(({ entity }) => entity))
  const standing = new Set(unsent.map(({ entity, key }) => fields.get(entity)?.get(key)?.t))
  const end: LogEnd = { ...from, space: HOME_SPACE }
  const again = reissueOps(unsent, ({ t }) => standing.has(t), end, { author: AUTHOR, nowMs, hashText })
  await forget(db, unsent, fields)
  if (from.dev !== unsent[0]?.dev) await db.ops.clear()
  else await db.ops.where('seq').above(unsentAfter).delete()
  await db.ops.bulkPut(again.ops)
  await writeReplica(db, { ...from, seq: again.end.seq, hash: again.end.hash, hlc: again.end.hlc })
  await applyOps(db, again.ops, hashText)
}

/** Takes the old ops out of fields and history: under their old stamps nobody else will ever see them. */
async function forget(db: LibraryDb, ops: readonly Op[], fields: EntityFields): Promise<void> {
  for (const { entity, key, t } of ops) {
    const cells = fields.get(entity)
    if (cells?.get(key)?.t !== t) {
      await db.history.delete([entity, key, t])
      continue
    }
    // The value before it stands again until the op is merged under its new stamp.
    cells.delete(key)
    const before = await db.history.where('[entity+key+t]').between([entity, key, ''], [entity, key, '\uffff']).last()
    if (before === undefined) continue
    cells.set(key, before)
    await db.history.delete([entity, key, before.t])
  }
  await putFields(db, fields)
}
