import { type Hlc, hlcMs, MAX_DRIFT_MS, tickHlc } from './hlc'
import { type Op, hashOp } from './op'
import type { LogEnd, Stamp } from './prepare-ops'

/** Unsent ops issued again, each with the stamp that it had. */
export interface Reissued {
  readonly ops: readonly Op[]
  readonly end: LogEnd
  /** New op by the stamp of the old one. Old stamps without one were dropped. */
  readonly renamed: ReadonlyMap<Hlc, Op>
}

/**
 * Issues unsent ops again at another end of a log: of a new device after a fork, of the same device after its stamps were refused.
 *
 * An op whose value stands gets a new stamp, later than all that `end.hlc` has seen. One that has lost already keeps its time, so
 * that it loses again everywhere; when that time is ahead of the studio's clock it can't be sent and is dropped.
 */
export function reissueOps(unsent: readonly Op[], isStanding: (op: Op) => boolean, end: LogEnd, stamp: Stamp): Reissued {
  const ops: Op[] = []
  const renamed = new Map<Hlc, Op>()
  let { seq, hash, hlc } = end
  for (const old of unsent) {
    const stands = isStanding(old)
    if (!stands && hlcMs(old.t) > stamp.nowMs + MAX_DRIFT_MS) continue
    if (stands) hlc = tickHlc(hlc, stamp.nowMs, end.dev)
    const t = stands && hlc !== undefined ? hlc : `${old.t.slice(0, 18)}${end.dev}`
    seq += 1
    const { sig: _, ...rest } = old
    const op: Op = { ...rest, dev: end.dev, seq, prevHash: hash, t }
    hash = hashOp(op, stamp.hashText)
    ops.push(op)
    renamed.set(old.t, op)
  }
  return { ops, end: { ...end, seq, hash, hlc }, renamed }
}
