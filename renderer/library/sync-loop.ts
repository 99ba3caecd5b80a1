import { HOME_SPACE, type HashText } from '../../shared/library/op'
import { IDLE_SYNC, type SyncEffect, type SyncEvent, type SyncState, planSync } from '../../shared/library/plan-sync'
import type { LibraryDb } from './library-db'
import { mergeRows } from './merge-rows'
import { pushOutbox } from './push-outbox'
import { readFailure } from './read-failure'
import { renewDevice, restampLog, restartLog, rewindLog } from './repair-log'
import { readReplica } from './replica-state'
import type { SyncPeer } from './sync-peer'

const PULL_ROWS = 5000

export interface SyncLoopParts {
  readonly db: LibraryDb
  readonly peer: SyncPeer
  readonly hashText: HashText
  readonly now: () => number
  /** Calls back after a time; returns how to take it back. */
  readonly wait: (ms: number, then: () => void) => () => void
  readonly onState?: (state: SyncState) => void
}

export interface SyncLoop {
  send(event: SyncEvent): void
  state(): SyncState
  dispose(): void
}

/** Performs what `planSync` decides: exchanges with the other end, repairs of our log, waits. */
export function createSyncLoop(parts: SyncLoopParts): SyncLoop {
  let state = IDLE_SYNC
  let cancelWait: () => void = () => undefined
  let isDisposed = false

  function send(event: SyncEvent): void {
    if (isDisposed) return
    const step = planSync(state, event)
    state = step.state
    parts.onState?.(state)
    for (const effect of step.effects) run(effect)
  }

  function run(effect: SyncEffect): void {
    cancelWait()
    if (effect.kind === 'wait') {
      cancelWait = parts.wait(effect.ms, () => send({ kind: 'wake' }))
      return
    }
    cancelWait = () => undefined
    perform(effect, parts).then(send, (error: unknown) => send({ kind: 'failed', failure: readFailure(error) }))
  }

  return {
    send,
    state: () => state,
    dispose() {
      cancelWait()
      send({ kind: 'stop' })
      isDisposed = true
    },
  }
}

/** Does one exchange or repair and tells how it went. Throws what the other end answered when it refused. */
async function perform(effect: Exclude<SyncEffect, { kind: 'wait' }>, { db, peer, hashText, now }: SyncLoopParts): Promise<SyncEvent> {
  switch (effect.kind) {
    case 'pull':
      return pull(db, peer, hashText)
    case 'push':
      return pushOutbox(db, peer)
    case 'rewind':
      await rewindLog(db, effect.expect)
      return { kind: 'repaired' }
    case 'renew':
      await renewDevice(db, hashText, now())
      return { kind: 'repaired' }
    case 'restamp':
      await restampLog(db, hashText, effect.hubNow)
      return { kind: 'repaired' }
    case 'restart':
      await restartLog(db)
      return { kind: 'repaired' }
  }
}

async function pull(db: LibraryDb, peer: SyncPeer, hashText: HashText): Promise<SyncEvent> {
  const { cursor } = await readReplica(db)
  const { rows, head } = await peer.pull({ space: HOME_SPACE, after: cursor, limit: PULL_ROWS })
  if (head < cursor) return { kind: 'failed', failure: { kind: 'behind' } }
  const outcome = rows.length === 0 ? 'merged' : await mergeRows(db, { after: cursor, rows }, hashText)
  if (outcome === 'restored') return { kind: 'failed', failure: { kind: 'fork' } }
  return { kind: 'pulled', isMore: outcome === 'stale' || (rows.at(-1)?.rev ?? cursor) < head }
}
