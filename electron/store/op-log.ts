import type Database from 'libsql'
import type { Op, OpRow } from '../../shared/library/op'
import { type Change, prepareOps } from '../../shared/library/prepare-ops'
import { type PushPlan, planPush } from '../../shared/library/plan-push'
import { hashText } from './hash-text'
import { opRefusal } from './op-refusal'

/** The durable operation log: every op of every device that was acknowledged, in the order of its arrival. */
export interface OpLog {
  /**
   * Keeps ops: all of them or none, on disk when it returns; ops that are here already are passed over.
   * @returns the last seq that is kept, by device
   * @throws StudioError 'sync/gap' (values.expect) | 'sync/fork' | 'sync/clock' (values.hubNow) | 'sync/bad-op'
   */
  push(space: string, ops: readonly Op[], nowMs: number): Readonly<Record<string, number>>
  /** Rows after a revision, in order, and the space's newest revision. */
  pull(space: string, after: number, limit: number): { readonly rows: readonly OpRow[]; readonly head: number }
  /** The newest revision of a space; 0 when it is empty. */
  head(space: string): number
  /** Spaces that hold something. */
  spaces(): readonly string[]
  /** Writes changes of the studio itself, as its own device. */
  append(space: string, changes: readonly Change[], stamp: { readonly author: string; readonly nowMs: number }): void
  /** Tells of new ops, after they are on disk; returns how to stop. */
  watch(listener: (change: { readonly space: string; readonly rev: number }) => void): () => void
}

interface Row {
  readonly rev: number
  readonly op: string
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS ops (
  space TEXT NOT NULL, rev INTEGER NOT NULL, dev TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, t TEXT NOT NULL, op TEXT NOT NULL,
  PRIMARY KEY (space, rev)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS ops_by_device ON ops (space, dev, seq, hash);`

/** The log's statements; `seq`, `rev` and `hash` come back as they are, undefined when there is no such op. */
function prepareStatements(database: Database.Database) {
  database.exec(SCHEMA)
  return {
    lastSeq: database.prepare('SELECT seq FROM ops WHERE space = ? AND dev = ? ORDER BY seq DESC LIMIT 1'),
    hashAt: database.prepare('SELECT hash FROM ops WHERE space = ? AND dev = ? AND seq = ?'),
    head: database.prepare('SELECT rev FROM ops WHERE space = ? ORDER BY rev DESC LIMIT 1'),
    latest: database.prepare('SELECT max(t) AS t FROM ops WHERE space = ?'),
    insert: database.prepare('INSERT INTO ops (space, rev, dev, seq, hash, t, op) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    after: database.prepare('SELECT rev, op FROM ops WHERE space = ? AND rev > ? ORDER BY rev LIMIT ?'),
    spaces: database.prepare('SELECT DISTINCT space FROM ops ORDER BY space'),
  }
}

/**
 * The operation log in a table of the store's database.
 *
 * Revisions have no holes and are given inside the write transaction: a reader that asks for what comes after `rev` never misses a
 * row that was committed late.
 */
export function createOpLog(database: Database.Database, deviceId: string): OpLog {
  const statements = prepareStatements(database)
  const listeners = new Set<(change: { space: string; rev: number }) => void>()
  const lastSeq = (space: string, dev: string) => (statements.lastSeq.get(space, dev) as { seq: number } | undefined)?.seq ?? 0
  const hashAt = (space: string, dev: string, seq: number) => (statements.hashAt.get(space, dev, seq) as { hash: string } | undefined)?.hash
  const head = (space: string) => (statements.head.get(space) as { rev: number } | undefined)?.rev ?? 0

  const keep = database.transaction((space: string, ops: readonly Op[], nowMs: number): PushPlan => {
    const known = { lastSeq: (dev: string) => lastSeq(space, dev), hashAt: (dev: string, seq: number) => hashAt(space, dev, seq) }
    const plan = planPush(space, ops, known, { nowMs, hashText })
    if (plan.kind !== 'accept') return plan
    let rev = head(space)
    for (const { op, hash } of plan.fresh) {
      rev += 1
      statements.insert.run(space, rev, op.dev, op.seq, hash, op.t, JSON.stringify(op))
    }
    return plan
  })

  function push(space: string, ops: readonly Op[], nowMs: number): Readonly<Record<string, number>> {
    const plan = keep.immediate(space, ops, nowMs)
    if (plan.kind !== 'accept') throw opRefusal(plan)
    if (plan.fresh.length > 0) {
      const rev = head(space)
      for (const listener of listeners) listener({ space, rev })
    }
    return plan.acked
  }

  return {
    push,
    head,
    pull: (space, after, limit) => ({
      rows: (statements.after.all(space, after, limit) as Row[]).map(({ rev, op }) => ({ rev, op: JSON.parse(op) as Op })),
      head: head(space),
    }),
    spaces: () => (statements.spaces.all() as { space: string }[]).map(({ space }) => space),
    append(space, changes, { author, nowMs }) {
      const seq = lastSeq(space, deviceId)
      const latest = (statements.latest.get(space) as { t: string | null } | undefined)?.t ?? undefined
      const end = { space, dev: deviceId, seq, hash: hashAt(space, deviceId, seq) ?? '', hlc: latest }
      push(space, prepareOps(changes, end, { author, nowMs, hashText }).ops, nowMs)
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
