import type { Problem } from '../../shared/units/problem'

/** Why a part couldn't be loaded, for the window to put into words. */
export type ReadError = Pick<Problem, 'code' | 'message' | 'values'>

/** A coded error as it is; anything else becomes `plate/unreadable` with what it said. */
export function readPartError(error: unknown): ReadError {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && error.code.includes('/')) {
    const values = 'values' in error && typeof error.values === 'object' && error.values !== null ? (error.values as Record<string, string | number>) : {}
    return { code: error.code, message: error instanceof Error ? error.message : error.code, values }
  }
  const detail = error instanceof Error ? error.message : String(error)
  return { code: 'plate/unreadable', message: detail, values: { detail } }
}

/** What ended slicing without an answer: a coded error as it is; anything else is unexpected, told by its first line. */
export function readSliceError(error: unknown): ReadError {
  const read = readPartError(error)
  return read.code === 'plate/unreadable' ? { code: 'frame/unexpected', message: read.message, values: { detail: read.message.split('\n', 1)[0] ?? '' } } : read
}
