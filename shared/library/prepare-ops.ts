import { type Hlc, tickHlc } from './hlc'
import { type HashText, type Op, hashOp } from './op'

/** One field of one entity set to a value. */
export interface Change {
  readonly entity: string
  readonly key: string
  /** JSON; not undefined. */
  readonly value: unknown
}

/** Where a device's log of one space ends. */
export interface LogEnd {
  readonly space: string
  readonly dev: string
  /** Of the last op; 0 before the first. */
  readonly seq: number
  /** Hash of the last op; empty before the first. */
  readonly hash: string
  readonly hlc: Hlc | undefined
}

export interface Stamp {
  readonly author: string
  readonly nowMs: number
  readonly hashText: HashText
}

/** Turns changes into the next ops of a device's log, chained and stamped, and gives the new end of the log. */
export function prepareOps(changes: readonly Change[], end: LogEnd, stamp: Stamp): { readonly ops: readonly Op[]; readonly end: LogEnd } {
  const ops: Op[] = []
  let { seq, hash, hlc } = end
  for (const { entity, key, value } of changes) {
    hlc = tickHlc(hlc, stamp.nowMs, end.dev)
    seq += 1
    const op: Op = { space: end.space, dev: end.dev, seq, prevHash: hash, t: hlc, author: stamp.author, entity, key, value }
    hash = hashOp(op, stamp.hashText)
    ops.push(op)
  }
  return { ops, end: { ...end, seq, hash, hlc } }
}
