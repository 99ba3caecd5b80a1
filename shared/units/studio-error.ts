/** An expected failure: a closed code, and a sentence that says what to do. Anything else thrown is a bug. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  constructor(
    /** `area/what`, e.g. `machine/not-connected`; texts by code in the window. */
    readonly code: string,
    /** English: what, where, what to do. */
    message: string,
    /** Values for the localised text. */
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(message)
  }
}
