import * as z from 'zod'
import { call } from './base'

/** One thing that this computer has or lacks, and what to do about it. */
export const checkSchema = z.object({
  id: z.string(),
  state: z.enum(['ok', 'warning', 'missing']),
  message: z.string(),
  remedy: z.string().optional(),
})
export type DoctorCheck = z.infer<typeof checkSchema>

export const systemContract = {
  hello: call('viewer').output(
    z.object({ name: z.string(), version: z.string(), door: z.enum(['electron', 'host', 'process']), platform: z.string(), locale: z.string(), deviceId: z.string(), now: z.number() }),
  ),
  doctor: call('member').output(z.array(checkSchema)),
}
