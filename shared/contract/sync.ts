import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { call } from './base'

/** One entry of the operation log; `seq` is contiguous per (space, dev). Signature and rights come with the hubs. */
export const opSchema = z.object({
  space: z.string(),
  dev: z.string(),
  seq: z.number().int().positive(),
  /** SHA-256 of the op before it of the same (space, dev); empty for the first. */
  prevHash: z.string(),
  /** Hybrid logical clock, sortable text. */
  t: z.string(),
  author: z.string(),
  /** `design/<id>`, `version/<id>`, `profile/<id>`, `make/<id>` ... */
  entity: z.string(),
  key: z.string(),
  /** JSON. */
  value: z.unknown(),
  sig: z.string().optional(),
})
export type Op = z.infer<typeof opSchema>

export const rowSchema = z.object({ rev: z.number().int(), op: opSchema })

export const syncContract = {
  /** One transaction, idempotent; refuses gaps (`sync/gap`, values.expect), forks (`sync/fork`) and clocks ahead (`sync/clock`, values.hubNow). */
  push: call('member').input(z.object({ space: z.string(), ops: z.array(opSchema).max(1000) })).output(z.object({ acked: z.record(z.string(), z.number()) })),
  pull: call('viewer').input(z.object({ space: z.string(), after: z.number().int().min(0), limit: z.number().int().min(1).max(5000).default(5000) })).output(z.object({ rows: z.array(rowSchema), head: z.number() })),
  /** A hint that there is something to pull. */
  events: call('viewer').output(eventIterator(z.object({ space: z.string(), rev: z.number() }))),
  /** Which of these blobs the studio has. */
  haveBlobs: call('viewer').input(z.object({ sha256: z.array(z.string().length(64)).max(1000) })).output(z.object({ have: z.array(z.string()) })),
}
