import { MAX_DRIFT_MS, hlcMs, isHlc } from './hlc'
import { type HashText, type Op, hashOp } from './op'
import { isVersionOp, isValidVersionOp } from './version'

/** What a studio knows of the logs that it keeps. */
export interface KnownLog {
  /** Seq of the last op of a device in this space; 0 when there is none. */
  readonly lastSeq: (dev: string) => number
  /** Hash of an op that is kept. */
  readonly hashAt: (dev: string, seq: number) => string | undefined
}

/** What to do with pushed ops: take them all, or refuse them all and say why. */
export type PushPlan =
  | { readonly kind: 'accept'; readonly fresh: readonly { readonly op: Op; readonly hash: string }[]; readonly acked: Readonly<Record<string, number>> }
  /** Ops before `found` are missing: send from `expect` on. */
  | { readonly kind: 'gap'; readonly dev: string; readonly expect: number; readonly found: number }
  /** Another op stands at this place already: the device was restored from a copy and must take a new id. */
  | { readonly kind: 'fork'; readonly dev: string; readonly seq: number }
  | { readonly kind: 'clock'; readonly dev: string; readonly seq: number; readonly hubNow: number }
  | { readonly kind: 'bad'; readonly dev: string; readonly seq: number; readonly what: 'space' | 'time' | 'version' }

interface DeviceEnd {
  seq: number
  hash: string
}

/**
 * Decides what a studio does with pushed ops; the same for a window's push and another studio's.
 *
 * Ops that are known already (same place, same hash) are passed over, so that a push can be repeated after a lost answer.
 */
export function planPush(space: string, ops: readonly Op[], known: KnownLog, context: { readonly nowMs: number; readonly hashText: HashText }): PushPlan {
  const ends = new Map<string, DeviceEnd>()
  const fresh: { op: Op; hash: string }[] = []
  for (const op of ops) {
    const { dev, seq } = op
    const end = ends.get(dev) ?? { seq: known.lastSeq(dev), hash: known.hashAt(dev, known.lastSeq(dev)) ?? '' }
    ends.set(dev, end)
    const hash = hashOp(op, context.hashText)
    if (seq <= end.seq) {
      const before = fresh.find((item) => item.op.dev === dev && item.op.seq === seq)?.hash ?? known.hashAt(dev, seq)
      if (before !== hash) return { kind: 'fork', dev, seq }
      continue
    }
    if (seq > end.seq + 1) return { kind: 'gap', dev, expect: end.seq + 1, found: seq }
    if (op.prevHash !== end.hash) return { kind: 'fork', dev, seq }
    const refusal = refuse(space, op, context)
    if (refusal !== undefined) return refusal
    fresh.push({ op, hash })
    end.seq = seq
    end.hash = hash
  }
  return { kind: 'accept', fresh, acked: Object.fromEntries([...ends].map(([dev, end]) => [dev, end.seq])) }
}

function refuse(space: string, op: Op, context: { readonly nowMs: number; readonly hashText: HashText }): PushPlan | undefined {
  const place = { dev: op.dev, seq: op.seq }
  if (op.space !== space) return { kind: 'bad', ...place, what: 'space' }
  if (!isHlc(op.t) || !op.t.endsWith(`-${op.dev}`)) return { kind: 'bad', ...place, what: 'time' }
  if (hlcMs(op.t) > context.nowMs + MAX_DRIFT_MS) return { kind: 'clock', ...place, hubNow: context.nowMs }
  if (isVersionOp(op) && !isValidVersionOp(op, context.hashText)) return { kind: 'bad', ...place, what: 'version' }
  return undefined
}
