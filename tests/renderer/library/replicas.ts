import 'fake-indexeddb/auto'
import type { DesignRecord } from '../../../shared/library/design'
import type { Cell } from '../../../shared/library/merge-ops'
import type { SyncEvent, SyncState } from '../../../shared/library/plan-sync'
import { createSyncService } from '../../../electron/services/sync/sync-service'
import { LibraryDb } from '../../../renderer/library/library-db'
import { createSyncLoop } from '../../../renderer/library/sync-loop'
import type { SyncPeer } from '../../../renderer/library/sync-peer'
import { createMemoryStore } from '../../electron/store/memory-store'
import { hashText } from '../../shared/library/ops'

let made = 0

/** A new, empty replica in memory. */
export function newReplica(): LibraryDb {
  made += 1
  return new LibraryDb(`replica-${made}`)
}

/** A studio in memory, its calls as they come over a door: JSON, and errors that carry `data`. */
export function newStudio(options: { readonly now?: () => number; readonly have?: (sha256: string) => boolean } = {}) {
  const store = createMemoryStore()
  const has = options.have ?? (() => true)
  const service = createSyncService({ store, blobs: { has: (sha256) => Promise.resolve(has(sha256)) }, now: options.now ?? Date.now })
  const overTheDoor = async <T>(call: () => T | Promise<T>): Promise<T> => {
    try {
      return JSON.parse(JSON.stringify(await call())) as T
    } catch (error) {
      const { code, message, values } = error as { code: string; message: string; values: object }
      throw Object.assign(new Error(message), { code: 'EXPECTED', status: 409, data: { code, message, values } })
    }
  }
  const peer: SyncPeer = {
    push: (input) => overTheDoor(() => service.push(JSON.parse(JSON.stringify(input)) as typeof input)),
    pull: (input) => overTheDoor(() => service.pull(input)),
    haveBlobs: (input) => overTheDoor(() => service.haveBlobs(input)),
  }
  return { store, service, peer }
}

export const OFFLINE: SyncPeer = {
  push: () => Promise.reject(new Error('no line')),
  pull: () => Promise.reject(new Error('no line')),
  haveBlobs: () => Promise.reject(new Error('no line')),
}

/** A loop whose waits are over when the test says so. */
export function newLoop(db: LibraryDb, peer: SyncPeer, now: () => number = Date.now) {
  let wake: (() => void) | undefined
  let waitMs = 0
  let onRest: (() => void) | undefined
  const states: SyncState[] = []
  const loop = createSyncLoop({
    db,
    peer,
    hashText,
    now,
    wait(ms, then) {
      wake = then
      waitMs = ms
      onRest?.()
      return () => (wake = undefined)
    },
    onState: (state) => states.push(state),
  })
  /** Sends an event and waits until the loop waits. */
  const rest = (event: SyncEvent) =>
    new Promise<SyncState>((resolve) => {
      onRest = () => {
        onRest = undefined
        // The state of the step that began the wait is set before its effects run.
        resolve(loop.state())
      }
      loop.send(event)
    })
  return {
    loop,
    states,
    rest,
    /** Ends the wait that runs. */
    wake: () => rest({ kind: 'wake' }),
    waitMs: () => waitMs,
    isWaiting: () => wake !== undefined,
  }
}

/** Syncs once, until there is nothing more to do. */
export async function syncOnce(db: LibraryDb, peer: SyncPeer, now?: () => number): Promise<SyncState> {
  const { loop, rest } = newLoop(db, peer, now)
  const state = await rest({ kind: 'start' })
  loop.dispose()
  return state
}

export interface Everything {
  readonly cells: readonly Cell[]
  readonly history: readonly Cell[]
  readonly designs: readonly DesignRecord[]
  readonly versionIds: readonly string[]
  readonly profiles: readonly unknown[]
}

/** All that a replica knows and shows, in an order of its own, without what is only this replica's. */
export async function everythingIn(db: LibraryDb): Promise<Everything> {
  const designs = await db.designs.orderBy('id').toArray()
  return {
    cells: (await db.entities.toArray()).flatMap(({ cells }) => cells),
    history: await db.history.toArray(),
    designs: designs.map((design) => ({ ...design, viewRev: 0 })),
    versionIds: await db.versions.orderBy('id').primaryKeys(),
    profiles: await db.profiles.orderBy('name').toArray(),
  }
}
