/** A wait without any hint, ms: pulling is the truth, hints are only faster. */
export const POLL_MS = 30_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000
/** Repairs of our own log in a row before it is tried more slowly: a studio that always refuses must not be hammered. */
const QUICK_REPAIRS = 3

/** Why an exchange failed, as far as it matters for what to do next. */
export type SyncFailure =
  /** No answer; whether the other side took the ops isn't known, and need not be. */
  | { readonly kind: 'offline' }
  /** Ops before ours are missing there: it was restored from an older copy, or an answer was lost. */
  | { readonly kind: 'gap'; readonly expect: number }
  /** Our place in the log is taken by another op: we were restored from a copy. */
  | { readonly kind: 'fork' }
  /** Our clock is ahead of its. */
  | { readonly kind: 'clock'; readonly hubNow: number }
  /** It knows less than we have seen of it: it was restored from an older copy. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'refused'; readonly code: string }

export type SyncEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  /** There may be something to pull: the other side says so, or the line is open again. */
  | { readonly kind: 'hint' }
  /** There is something to push. */
  | { readonly kind: 'written' }
  /** The wait that was asked for is over. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'pulled'; readonly isMore: boolean }
  /** `sent` ops were acknowledged; 0 when there was nothing to push. */
  | { readonly kind: 'pushed'; readonly isMore: boolean; readonly sent: number }
  /** The next op declares a version whose blobs are not all there; it and what follows wait. */
  | { readonly kind: 'held'; readonly missing: readonly string[] }
  /** The log was rewound, renewed or stamped anew. */
  | { readonly kind: 'repaired' }
  | { readonly kind: 'failed'; readonly failure: SyncFailure }

export type SyncEffect =
  | { readonly kind: 'pull' }
  | { readonly kind: 'push' }
  /** Replaces an earlier wait. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Send again from this seq on. */
  | { readonly kind: 'rewind'; readonly expect: number }
  /** Take a new device id and issue the unsent ops again. */
  | { readonly kind: 'renew' }
  /** Stamp the unsent ops again by the other side's clock. */
  | { readonly kind: 'restamp'; readonly hubNow: number }
  /** Pull from the beginning and offer our whole log again. */
  | { readonly kind: 'restart' }

export interface SyncState {
  /** What is under way; one exchange at a time. `waiting` is the time between. */
  readonly doing: 'off' | 'pulling' | 'pushing' | 'repairing' | 'waiting'
  readonly isPullDue: boolean
  readonly isPushDue: boolean
  /** Failures since the last exchange that went well. */
  readonly failureCount: number
  readonly failure: SyncFailure | undefined
  /** Blobs that a version in the outbox waits for. */
  readonly missing: readonly string[]
}

export interface SyncStep {
  readonly state: SyncState
  readonly effects: readonly SyncEffect[]
}

/** A loop that has not begun. */
export const IDLE_SYNC: SyncState = { doing: 'off', isPullDue: false, isPushDue: false, failureCount: 0, failure: undefined, missing: [] }

/**
 * Decides the next step of keeping a replica and its upstream alike: window and studio now, studio and hub the same way.
 *
 * Pulls until there is no more, pushes until there is no more, then waits for a hint, a write or the poll. Failures are tried again
 * after 1, 2, 4 ... 60 s; what they say about the log is repaired first.
 */
export function planSync(state: SyncState, event: SyncEvent): SyncStep {
  if (event.kind === 'stop') return { state: { ...IDLE_SYNC }, effects: [] }
  if (state.doing === 'off') return event.kind === 'start' ? go({ ...IDLE_SYNC, isPullDue: true, isPushDue: true }) : stay(state)
  switch (event.kind) {
    case 'start':
      return stay(state)
    case 'hint':
      return disturb({ ...state, isPullDue: true })
    case 'written':
      return disturb({ ...state, isPushDue: true })
    case 'wake':
      return state.doing === 'waiting' ? go({ ...state, isPullDue: true, isPushDue: true }) : stay(state)
    case 'pulled':
      return state.doing === 'pulling' ? go(well({ ...state, isPullDue: state.isPullDue || event.isMore })) : stay(state)
    case 'pushed':
      return state.doing === 'pushing' ? go(pushed(state, event)) : stay(state)
    case 'held':
      // Not due again until something happens: a write, a blob that arrived, the poll.
      return state.doing === 'pushing' ? go(well({ ...state, missing: event.missing })) : stay(state)
    case 'repaired':
      return state.doing === 'repairing' ? go({ ...state, isPullDue: true, isPushDue: true }) : stay(state)
    case 'failed':
      return state.doing === 'waiting' ? stay(state) : recover(state, event.failure)
  }
}

function stay(state: SyncState): SyncStep {
  return { state, effects: [] }
}

function well(state: SyncState): SyncState {
  return { ...state, failureCount: 0, failure: undefined }
}

/** Our own ops come back by a pull: once the cursor has passed them, a studio that was restored from an older copy is noticed. */
function pushed(state: SyncState, { isMore, sent }: { readonly isMore: boolean; readonly sent: number }): SyncState {
  return well({ ...state, missing: [], isPushDue: state.isPushDue || isMore, isPullDue: state.isPullDue || (sent > 0 && !isMore) })
}

/** Begins what is due, else waits for the poll. What became due while an exchange ran is done after it. */
function go(state: SyncState): SyncStep {
  if (state.isPullDue) return { state: { ...state, doing: 'pulling', isPullDue: false }, effects: [{ kind: 'pull' }] }
  if (state.isPushDue) return { state: { ...state, doing: 'pushing', isPushDue: false }, effects: [{ kind: 'push' }] }
  return { state: { ...state, doing: 'waiting' }, effects: [{ kind: 'wait', ms: POLL_MS }] }
}

/** Goes on at once when nothing is under way, except in a wait after a failure: that one runs its time. */
function disturb(state: SyncState): SyncStep {
  return state.doing === 'waiting' && state.failure === undefined ? go(state) : stay(state)
}

function recover(state: SyncState, failure: SyncFailure): SyncStep {
  const next = { ...state, failure, failureCount: state.failureCount + 1, isPullDue: true, isPushDue: true }
  const repair = repairOf(failure)
  if (repair !== undefined && next.failureCount <= QUICK_REPAIRS) return { state: { ...next, doing: 'repairing' }, effects: [repair] }
  const ms = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (next.failureCount - 1))
  return { state: { ...next, doing: 'waiting' }, effects: [{ kind: 'wait', ms }] }
}

function repairOf(failure: SyncFailure): SyncEffect | undefined {
  switch (failure.kind) {
    case 'gap':
      return { kind: 'rewind', expect: failure.expect }
    case 'fork':
      return { kind: 'renew' }
    case 'clock':
      return { kind: 'restamp', hubNow: failure.hubNow }
    case 'behind':
      return { kind: 'restart' }
    case 'offline':
    case 'refused':
      return undefined
  }
}
