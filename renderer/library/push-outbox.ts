import { recvHlc } from '../../shared/library/hlc'
import { HOME_SPACE, type Op } from '../../shared/library/op'
import { isVersionOp, readManifest } from '../../shared/library/version'
import type { LibraryDb } from './library-db'
import { readReplica, writeReplica } from './replica-state'
import type { SyncPeer } from './sync-peer'

/** Ops in one push. */
const BATCH_OPS = 1000
/** Of their JSON: a push of long notes must not fill the line for minutes. */
const BATCH_LENGTH = 1_000_000

export type PushOutcome = { readonly kind: 'pushed'; readonly isMore: boolean; readonly sent: number } | { readonly kind: 'held'; readonly missing: readonly string[] }

/** Pushes the oldest unsent ops; those from a version on whose blobs the studio lacks are held back. */
export async function pushOutbox(db: LibraryDb, peer: SyncPeer): Promise<PushOutcome> {
  const { acked } = await readReplica(db)
  const unsent = await db.ops.where('seq').above(acked).limit(BATCH_OPS).toArray()
  const { ready, missing } = await cutAtMissing(shortened(unsent), peer)
  if (ready.length > 0) {
    const answer = await peer.push({ space: HOME_SPACE, ops: ready })
    await acknowledge(db, ready, answer.acked)
  }
  if (missing.length > 0) return { kind: 'held', missing }
  const after = await readReplica(db)
  return { kind: 'pushed', isMore: after.seq > after.acked, sent: ready.length }
}

function shortened(ops: readonly Op[]): readonly Op[] {
  let length = 0
  const end = ops.findIndex((op, at) => {
    length += JSON.stringify(op.value).length
    return at > 0 && length > BATCH_LENGTH
  })
  return end === -1 ? ops : ops.slice(0, end)
}

/** The ops before the first version whose files are not all in the studio, and the hashes of those that are missing. */
async function cutAtMissing(ops: readonly Op[], peer: SyncPeer): Promise<{ readonly ready: Op[]; readonly missing: readonly string[] }> {
  const wanted = new Map(ops.filter(isVersionOp).map((op) => [op, [...new Set((readManifest(op.value)?.files ?? []).map(({ sha256 }) => sha256))]]))
  const hashes = [...new Set([...wanted.values()].flat())]
  const have = new Set<string>()
  for (let start = 0; start < hashes.length; start += BATCH_OPS) {
    const answer = await peer.haveBlobs({ sha256: hashes.slice(start, start + BATCH_OPS) })
    for (const sha256 of answer.have) have.add(sha256)
  }
  const end = ops.findIndex((op) => wanted.get(op)?.some((sha256) => !have.has(sha256)) === true)
  const held = end === -1 ? undefined : ops[end]
  return { ready: ops.slice(0, end === -1 ? undefined : end), missing: held === undefined ? [] : (wanted.get(held) ?? []).filter((sha256) => !have.has(sha256)) }
}

/** Remembers what the studio has. Nothing happens when the log was renewed meanwhile: then these ops are another device's. */
async function acknowledge(db: LibraryDb, sent: readonly Op[], acked: Readonly<Record<string, number>>): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const replica = await readReplica(db)
    const seq = acked[replica.dev]
    if (seq === undefined) return
    const takenHlc = sent.reduce((latest, { t }) => recvHlc(latest, t), replica.takenHlc)
    await writeReplica(db, { ...replica, takenHlc, acked: Math.min(replica.seq, Math.max(replica.acked, Math.min(seq, sent.at(-1)?.seq ?? 0))) })
  })
}
