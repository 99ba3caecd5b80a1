import { oc } from '@orpc/contract'
import * as z from 'zod'

/** Who may make a call; each includes the ones before it. A guest on the LAN is a viewer until paired. */
export const ROLES = ['viewer', 'member', 'operator', 'owner'] as const
export type Role = (typeof ROLES)[number]

export interface CallMeta {
  readonly role: Role
}

/** The closed set of failures that a caller can be told; everything else is `INTERNAL`. `data.code` names the case. */
const problemData = z.object({
  code: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
const failures = {
  /** The input is of the right form but can't be done: which field and why. */
  REJECTED: { data: problemData },
  /** Expected: machine not connected, port busy, job already over ... */
  EXPECTED: { data: problemData },
  NOT_FOUND: { data: problemData },
  FORBIDDEN: { data: problemData },
} as const

/** Starts a call's declaration: `call('operator').input(...).output(...)`. */
export function call(role: Role) {
  return oc.$meta<CallMeta>({ role }).errors(failures)
}
