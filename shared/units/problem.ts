/** A finding about some input, with a stable code that the window looks up in English and Korean. */
export interface Problem {
  /** `area/what`, e.g. `stl/truncated`. Closed per area; the window has a text for each. */
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  /** Where: any of record, line, layer, triangle, key, object. Numbers count from 0 unless the name says otherwise. */
  readonly place?: Readonly<Record<string, string | number>>
  /** Values for the text, e.g. `{ expected: 12, found: 11 }`. */
  readonly values?: Readonly<Record<string, string | number>>
  /** One English sentence for terminals and logs: what, where, what to do. */
  readonly message: string
}

/** What pure code returns: a value (with warnings) or all the problems, not the first. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Wraps a value, with the warnings that were met on the way. */
export function success<T>(value: T, problems: readonly Problem[] = []): Result<T> {
  return { ok: true, value, problems }
}

/** Wraps the problems that made a value impossible. */
export function failure(...problems: readonly Problem[]): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems }
}
