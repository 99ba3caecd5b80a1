/** What the user did, as a text key with values: `{ key: 'prepare.edit.move', values: { name: 'Benchy' } }`. */
export interface EditLabel {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

interface Step<S> {
  readonly label: EditLabel
  /** The state before the edit (in `past`) or after it (in `future`). */
  readonly state: S
}

/** A state with the way back and forth. */
export interface History<S> {
  readonly present: S
  /** Newest last. */
  readonly past: readonly Step<S>[]
  /** Next first. */
  readonly future: readonly Step<S>[]
  /** Edits of the same kind in a row (a drag, held arrow keys) share one step while this stays the same. */
  readonly merge?: string | undefined
}

export type HistoryEvent<S> =
  | { readonly kind: 'edit'; readonly state: S; readonly label: EditLabel; readonly merge?: string | undefined }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  /** Ends a row of merged edits. */
  | { readonly kind: 'settle' }

/** Steps kept; older ones are forgotten. */
const MOST_STEPS = 200

/** Starts a history without past. */
export function startHistory<S>(present: S): History<S> {
  return { present, past: [], future: [] }
}

/** Takes an edit, goes back or forth. An edit that changes nothing makes no step; an edit after undo drops the future. */
export function reduceHistory<S>(history: History<S>, event: HistoryEvent<S>): History<S> {
  switch (event.kind) {
    case 'edit': {
      if (event.state === history.present) return history
      if (event.merge !== undefined && event.merge === history.merge && history.past.length > 0) return { ...history, present: event.state, future: [] }
      const past = [...history.past, { label: event.label, state: history.present }].slice(-MOST_STEPS)
      return { present: event.state, past, future: [], merge: event.merge }
    }
    case 'undo': {
      const step = history.past.at(-1)
      if (step === undefined) return history
      return { present: step.state, past: history.past.slice(0, -1), future: [{ label: step.label, state: history.present }, ...history.future] }
    }
    case 'redo': {
      const [step, ...rest] = history.future
      if (step === undefined) return history
      return { present: step.state, past: [...history.past, { label: step.label, state: history.present }], future: rest }
    }
    case 'settle':
      return history.merge === undefined ? history : { ...history, merge: undefined }
    default:
      event satisfies never
      return history
  }
}
