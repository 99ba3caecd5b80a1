import type { Problem } from '../../shared/units/problem'

/** What is known of something thrown: by a call to the studio, by a service, or a bug. */
export type ReadError = Pick<Problem, 'code' | 'message' | 'values'>

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function readCoded(value: unknown): ReadError | undefined {
  if (!isRecord(value) || typeof value['code'] !== 'string' || !value['code'].includes('/')) return undefined
  const values = isRecord(value['values']) ? (value['values'] as Record<string, string | number>) : {}
  return { code: value['code'], message: typeof value['message'] === 'string' ? value['message'] : value['code'], values }
}

/** True when somebody stopped it on purpose: nothing to tell. */
export function isCancel(error: unknown): boolean {
  return isRecord(error) && (error['name'] === 'AbortError' || error['code'] === 'cancelled' || (isRecord(error['data']) && error['data']['code'] === 'cancelled'))
}

/** Finds the code of an error: in the `data` of a refused call, or its own. */
export function readError(error: unknown): ReadError {
  if (isRecord(error)) {
    const coded = readCoded(error['data']) ?? readCoded(error)
    if (coded) return coded
  }
  return { code: 'frame/unexpected', message: error instanceof Error ? error.message : String(error), values: { detail: error instanceof Error ? error.message : String(error) } }
}
