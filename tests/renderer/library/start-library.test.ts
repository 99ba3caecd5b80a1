import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { libraryDb } from '../../../renderer/library/open-library'
import { readReplica } from '../../../renderer/library/replica-state'
import { startLibrary } from '../../../renderer/library/start-library'
import { useSyncState } from '../../../renderer/library/sync-status'
import { writeChanges } from '../../../renderer/library/write-changes'
import { Device } from '../../shared/library/ops'
import { newStudio } from './replicas'

/** What stands behind the window's client: a studio that tests can exchange, and the line to it. */
const line = vi.hoisted(() => {
  const listeners = new Set<(state: { state: string }) => void>()
  let state = { state: 'open' }
  return {
    client: undefined as unknown,
    useConnection: {
      getState: () => state,
      subscribe(listener: (state: { state: string }) => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    set(next: string) {
      state = { state: next }
      for (const listener of listeners) listener(state)
    },
    listenerCount: () => listeners.size,
  }
})
vi.mock('../../../renderer/client/client', () => ({ getClient: () => line.client, useConnection: line.useConnection }))
vi.mock('../../../renderer/client/blobs', () => import('./fake-studio-client'))

function connectTo(deviceId: string, studio = newStudio()) {
  line.client = {
    system: { hello: () => (line.useConnection.getState().state === 'open' ? Promise.resolve({ deviceId }) : Promise.reject(new Error('no line'))) },
    sync: { ...studio.peer, events: (_input: undefined, { signal }: { signal: AbortSignal }) => Promise.resolve(studio.service.events(signal)) },
  }
  return studio
}

const titles = async () => (await libraryDb().designs.orderBy('id').toArray()).map(({ title }) => title)
const title = (id: string, value: string) => ({ entity: `design/${id}`, key: 'title', value })

/** Waits for what comes about by itself; a busy computer takes its time. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 10 })

/** Locks of one origin: each name is held by one at a time, the others wait for their turn or their signal. */
function fakeLocks() {
  const turns = new Map<string, Promise<unknown>>()
  const held: string[] = []
  return {
    held,
    async request(name: string, { signal }: { signal: AbortSignal }, run: () => Promise<void>) {
      const before = turns.get(name) ?? Promise.resolve()
      const turn = before.then(async () => {
        signal.throwIfAborted()
        held.push(name)
        await run()
        held.splice(held.indexOf(name), 1)
      })
      turns.set(name, turn.catch(() => undefined))
      await turn
    },
  }
}

let stop: () => void = () => undefined
let locks = fakeLocks()
beforeEach(() => {
  line.set('open')
  locks = fakeLocks()
  const stored = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) })
  vi.stubGlobal('navigator', { locks })
})
afterEach(async () => {
  stop()
  await vi.waitUntil(() => line.listenerCount() === 0, { timeout: 15_000 })
})

describe('the library that runs', () => {
  it('delivers what is written, brings what others write, and follows the studio at the other end', async () => {
    const first = connectTo('studio-1')
    stop = startLibrary()
    await writeChanges(libraryDb(), [title('1', 'written here')])
    await eventually(() => expect(first.store.log.head('home')).toBe(1))
    first.store.log.push('home', new Device('other').write([title('2', 'written there')], Date.now()), Date.now())
    await eventually(async () => expect(await titles()).toEqual(['written here', 'written there']))
    await eventually(() => expect(useSyncState.getState()).toMatchObject({ doing: 'waiting', failure: undefined }))

    // The host is started again with another data folder: its library is another, and neither flows into the other.
    line.set('closed')
    const second = connectTo('studio-2')
    second.store.log.push('home', new Device('else').write([title('9', 'of the other library')], Date.now()), Date.now())
    await writeChanges(libraryDb(), [title('3', 'written while away')])
    line.set('open')
    await eventually(async () => expect(await titles()).toEqual(['of the other library']))
    expect(second.store.log.head('home')).toBe(1)

    // And back again: what was written while it was away arrives.
    line.set('closed')
    connectTo('studio-1', first)
    line.set('open')
    await eventually(() => expect(first.store.log.head('home')).toBe(3))
    expect(await titles()).toEqual(['written here', 'written there', 'written while away'])
    expect((await readReplica(libraryDb())).studio).toBe('studio-1')
    stop()
    await eventually(() => expect(useSyncState.getState().doing).toBe('off'))
    expect(locks.held).toEqual([])
  })

  it('is synced by one tab at a time; the next takes over when it closes', async () => {
    const studio = connectTo('studio-1')
    const [stopFirst, stopSecond] = [startLibrary(), startLibrary()]
    stop = () => (stopFirst(), stopSecond())
    await eventually(() => expect(useSyncState.getState()).toMatchObject({ doing: 'waiting', failure: undefined }))
    expect(locks.held).toHaveLength(1)
    stopFirst()
    await writeChanges(libraryDb(), [title('4', 'after the first tab closed')])
    await eventually(() => expect(studio.store.log.pull('home', 0, 10).rows.map(({ op }) => op.value)).toContain('after the first tab closed'))
    expect(locks.held).toHaveLength(1)
  })

  it('is synced where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {})
    const studio = connectTo('studio-1')
    stop = startLibrary()
    await writeChanges(libraryDb(), [title('5', 'without locks')])
    await eventually(() => expect(studio.store.log.pull('home', 0, 10).rows.map(({ op }) => op.value)).toContain('without locks'))
  })
})
