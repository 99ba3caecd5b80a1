import { liveQuery } from 'dexie'
import { IDLE_SYNC } from '../../shared/library/plan-sync'
import { getClient, useConnection } from '../client/client'
import { followTopic } from '../client/follow-topic'
import { onBlobKept } from './blobs'
import { emptyBin } from './empty-bin'
import { loadHashText } from './hash'
import type { LibraryDb } from './library-db'
import { libraryDb, showLibraryOf } from './open-library'
import { readReplica, writeReplica } from './replica-state'
import { type SyncLoop, createSyncLoop } from './sync-loop'
import { useSyncState } from './sync-status'

/** Between tries to find the studio. */
const RETRY_MS = 1000

/** Keeps the replica and the studio alike for as long as the window lives; returns how to stop. */
export function startLibrary(): () => void {
  const end = new AbortController()
  void keepAlike(end.signal)
  return () => end.abort()
}

/** One round for each time that the line is open: it may be another studio each time. */
async function keepAlike(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const { deviceId } = await getClient().system.hello(undefined, { signal })
      const db = await bindTo(deviceId)
      await whileConnected(signal, (session) => inOneTab(`gongbang-sync ${db.name}`, session, () => runSync(db, session)))
    } catch (error) {
      // Without a studio the library is used as it is; anything else is a bug that must not end the sync for good.
      if (!signal.aborted && useConnection.getState().state === 'open') console.error(error)
    }
    await pause(RETRY_MS, signal)
  }
}

async function bindTo(studio: string): Promise<LibraryDb> {
  const db = showLibraryOf(studio, (await readReplica(libraryDb())).studio)
  await db.transaction('rw', db.meta, async () => {
    const replica = await readReplica(db)
    if (replica.studio !== studio) await writeReplica(db, { ...replica, studio })
  })
  return db
}

/** Runs a session that is told to end when the line is lost. */
async function whileConnected(signal: AbortSignal, session: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const lost = new AbortController()
  const unsubscribe = useConnection.subscribe(({ state }) => {
    if (state !== 'open') lost.abort()
  })
  try {
    await session(AbortSignal.any([signal, lost.signal]))
  } finally {
    unsubscribe()
  }
}

/**
 * Waits until no other tab of this window's origin runs the sync, then runs it. Where the browser has no locks (plain-http
 * addresses of the network) every tab runs it: pushes are idempotent and a merge checks its cursor, so that it only costs traffic.
 */
async function inOneTab(name: string, signal: AbortSignal, run: () => Promise<void>): Promise<void> {
  const locks = (navigator as { readonly locks?: LockManager }).locks
  if (locks === undefined) await run()
  else await locks.request(name, { signal }, run).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

async function runSync(db: LibraryDb, signal: AbortSignal): Promise<void> {
  const hashText = await loadHashText()
  await emptyBin(db, Date.now())
  const { sync } = getClient()
  const loop = createSyncLoop({ db, peer: sync, hashText, now: Date.now, wait: waitTimer, onState: (state) => useSyncState.setState(state, true) })
  const stops = [
    followTopic((topicSignal) => sync.events(undefined, { signal: topicSignal }), { onValue: () => loop.send({ kind: 'hint' }) }),
    tellOfWrites(db, loop),
    onBlobKept(() => loop.send({ kind: 'written' })),
  ]
  loop.send({ kind: 'start' })
  await aborted(signal)
  for (const stop of stops) stop()
  loop.dispose()
  useSyncState.setState(IDLE_SYNC, true)
}

/** Tells the loop of ops that any tab has written. */
function tellOfWrites(db: LibraryDb, loop: SyncLoop): () => void {
  let told = 0
  const subscription = liveQuery(() => readReplica(db)).subscribe(({ seq, acked }) => {
    if (seq > acked && seq !== told) loop.send({ kind: 'written' })
    told = seq
  })
  return () => subscription.unsubscribe()
}

function waitTimer(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
