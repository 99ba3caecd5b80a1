import type { OpLog } from '../../../electron/store/op-log'
import { opRefusal } from '../../../electron/store/op-refusal'
import type { Records } from '../../../electron/store/records'
import { type Op, type OpRow, hashOp } from '../../../shared/library/op'
import { planPush } from '../../../shared/library/plan-push'
import { prepareOps } from '../../../shared/library/prepare-ops'
import type { StorePort } from '../../contracts/store'
import { hashText } from '../../shared/library/ops'

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** A store in memory that forgets with the test; it passes the same suite as the one on disk. */
export function createMemoryStore(deviceId = 'studio'): StorePort & { readonly spacesOf: Map<string, OpRow[]> } {
  const spacesOf = new Map<string, OpRow[]>()
  const listeners = new Set<(change: { space: string; rev: number }) => void>()
  const rowsOf = (space: string) => spacesOf.get(space) ?? []
  const opsOf = (space: string, dev: string): Op[] => rowsOf(space).filter(({ op }) => op.dev === dev).map(({ op }) => op)

  const push: OpLog['push'] = (space, ops, nowMs) => {
    const known = {
      lastSeq: (dev: string) => opsOf(space, dev).length,
      hashAt: (dev: string, seq: number) => {
        const op = opsOf(space, dev)[seq - 1]
        return op === undefined ? undefined : hashOp(op, hashText)
      },
    }
    const plan = planPush(space, ops, known, { nowMs, hashText })
    if (plan.kind !== 'accept') throw opRefusal(plan)
    const rows = rowsOf(space)
    spacesOf.set(space, [...rows, ...plan.fresh.map(({ op }, at) => ({ rev: rows.length + 1 + at, op: json(op) }))])
    if (plan.fresh.length > 0) for (const listener of listeners) listener({ space, rev: rowsOf(space).length })
    return plan.acked
  }

  const log: OpLog = {
    push,
    pull: (space, after, limit) => ({ rows: json(rowsOf(space).slice(after, after + limit)), head: rowsOf(space).length }),
    head: (space) => rowsOf(space).length,
    spaces: () => [...spacesOf.keys()],
    append(space, changes, stamp) {
      const own = opsOf(space, deviceId)
      const last = own.at(-1)
      const hlc = rowsOf(space).map(({ op }) => op.t).toSorted().at(-1)
      push(space, prepareOps(changes, { space, dev: deviceId, seq: own.length, hash: last === undefined ? '' : hashOp(last, hashText), hlc }, { ...stamp, hashText }).ops, stamp.nowMs)
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return { log, records: createMemoryRecords(), deviceId, spacesOf, close: () => listeners.clear() }
}

/** Records in memory. */
function createMemoryRecords(): Records {
  const kinds = new Map<string, Map<string, string>>()
  const of = (kind: string) => kinds.get(kind) ?? new Map<string, string>()
  const put: Records['put'] = (kind, id, value) => void kinds.set(kind, of(kind).set(id, JSON.stringify(value)))
  return {
    put,
    putAll: (kind, items) => items.forEach(({ id, value }) => put(kind, id, value)),
    get: (kind, id) => {
      const text = of(kind).get(id)
      return text === undefined ? undefined : (JSON.parse(text) as unknown)
    },
    list: (kind) => [...of(kind)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, text]) => ({ id, value: JSON.parse(text) as unknown })),
    remove: (kind, id) => void of(kind).delete(id),
  }
}
