import * as z from 'zod'
import { call } from './base'

/** One thing that this computer has or lacks, and what to do about it. */
export const checkSchema = z.object({
  id: z.string(),
  /** `unknown`: it can't be told from here. */
  state: z.enum(['ok', 'warning', 'missing', 'unknown']),
  /** One English sentence for terminals and logs. */
  message: z.string(),
  /** What to do about it, in English. */
  remedy: z.string().optional(),
  /** Case within the check: the window's texts are `doctor.<id>.<case>` and, with a remedy, `doctor.<id>.<case>.remedy`. */
  case: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type DoctorCheck = z.infer<typeof checkSchema>

export const systemContract = {
  hello: call('viewer').output(
    z.object({ name: z.string(), version: z.string(), door: z.enum(['electron', 'host', 'process']), platform: z.string(), locale: z.string(), deviceId: z.string(), now: z.number() }),
  ),
  doctor: call('member').output(z.array(checkSchema)),
}
