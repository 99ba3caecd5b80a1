import type { SyncFailure } from '../../shared/library/plan-sync'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Finds code and values of a refusal: in the `data` of a refused call, or the error's own. */
function readCoded(error: unknown): { readonly code: string; readonly values: Record<string, unknown> } | undefined {
  if (!isRecord(error)) return undefined
  for (const place of [error['data'], error]) {
    if (isRecord(place) && typeof place['code'] === 'string' && place['code'].includes('/')) return { code: place['code'], values: isRecord(place['values']) ? place['values'] : {} }
  }
  // A refusal by the door itself (role, form of the input) has a code without an area.
  return typeof error['code'] === 'string' && typeof error['status'] === 'number' ? { code: `sync/${error['code'].toLowerCase()}`, values: {} } : undefined
}

/** What a failed exchange means for the sync. Without a refusal there was no answer: the line is down. */
export function readFailure(error: unknown): SyncFailure {
  const coded = readCoded(error)
  if (coded === undefined || coded.code === 'studio/unreachable') return { kind: 'offline' }
  const { code, values } = coded
  if (code === 'sync/gap' && typeof values['expect'] === 'number') return { kind: 'gap', expect: values['expect'] }
  if (code === 'sync/fork') return { kind: 'fork' }
  if (code === 'sync/clock' && typeof values['hubNow'] === 'number') return { kind: 'clock', hubNow: values['hubNow'] }
  return { kind: 'refused', code }
}
