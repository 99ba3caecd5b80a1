/** Progress of a long computation; `done` of `total`, in the named stage. Called often: the receiver coalesces. */
export interface Progress {
  readonly stage: string
  readonly done: number
  readonly total: number
}

/** Receives progress and may refuse to go on by throwing (cancel). */
export type OnProgress = (progress: Progress) => void
