import { canonicalJson } from './canonical-json'
import type { Hlc } from './hlc'

/** Gives the SHA-256 of a text's UTF-8 bytes, 64 lower-case hex digits. Injected: Node and the window have different ones. */
export type HashText = (text: string) => string

/** One entry of the operation log; the same form as on the wire (`shared/contract/sync.ts`). */
export interface Op {
  readonly space: string
  readonly dev: string
  /** From 1, without holes per (space, dev): a reader that may see one space only finds no gap in it. */
  readonly seq: number
  /** Hash of the op before it of the same (space, dev); empty for the first. */
  readonly prevHash: string
  readonly t: Hlc
  readonly author: string
  /** `design/<id>`, `version/<id>`, `profile/<kind>:<id>`, `make/<id>`; others are kept and passed on. */
  readonly entity: string
  readonly key: string
  /** JSON. */
  readonly value: unknown
  readonly sig?: string | undefined
}

/** An op in the order that a studio gave it. */
export interface OpRow {
  readonly rev: number
  readonly op: Op
}

/** The space of this studio's own library. */
export const HOME_SPACE = 'home'

/** The hash that the next op of the device names as `prevHash`: over everything but the signature. */
export function hashOp(op: Op, hashText: HashText): string {
  const { sig: _, ...signed } = op
  return hashText(canonicalJson(signed))
}
