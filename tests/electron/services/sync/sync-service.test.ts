import { describe, expect, it } from 'vitest'
import type { Op } from '../../../../shared/contract/sync'
import type { Op as LibraryOp } from '../../../../shared/library/op'
import { createSyncService } from '../../../../electron/services/sync/sync-service'
import { Device, NOW } from '../../../shared/library/ops'
import { createMemoryStore } from '../../store/memory-store'

function studio(have: readonly string[] = []) {
  const store = createMemoryStore()
  return { store, sync: createSyncService({ store, blobs: { has: (sha256) => Promise.resolve(have.includes(sha256)) }, now: () => NOW }) }
}

describe('the sync service', () => {
  it('speaks the form of the contract', () => {
    const onTheWire: Op = new Device('a').title('x')
    const inTheLibrary: LibraryOp = onTheWire
    expect(inTheLibrary).toBe(onTheWire)
  })

  it('takes a push and gives it back to who pulls', () => {
    const { sync } = studio()
    const ops = new Device('a').titles(2)
    expect(sync.push({ space: 'home', ops })).toEqual({ acked: { a: 2 } })
    expect(sync.pull({ space: 'home', after: 1, limit: 10 })).toEqual({ head: 2, rows: [{ rev: 2, op: ops[1] }] })
  })

  it('tells which blobs it has', async () => {
    expect(await studio(['b', 'd']).sync.haveBlobs({ sha256: ['a', 'b', 'c', 'd'] })).toEqual({ have: ['b', 'd'] })
  })

  it('hints where each space stands, then at each change, the newest only', async () => {
    const { sync } = studio()
    const device = new Device('a')
    sync.push({ space: 'home', ops: device.titles(1) })
    const end = new AbortController()
    const hints = sync.events(end.signal)
    expect(await hints.next()).toEqual({ done: false, value: { space: 'home', rev: 1 } })
    const next = hints.next()
    sync.push({ space: 'home', ops: device.titles(1) })
    expect(await next).toEqual({ done: false, value: { space: 'home', rev: 2 } })
    sync.push({ space: 'home', ops: device.titles(2) })
    sync.push({ space: 'home', ops: device.titles(3) })
    expect(await hints.next()).toEqual({ done: false, value: { space: 'home', rev: 7 } })
    const last = hints.next()
    end.abort()
    expect(await last).toEqual({ done: true, value: undefined })
  })

  it('leaves no listener behind when the window goes away', async () => {
    const { sync, store } = studio()
    let listeners = 0
    const { watch } = store.log
    store.log.watch = (listener) => {
      listeners += 1
      const stop = watch(listener)
      return () => {
        listeners -= 1
        stop()
      }
    }
    const end = new AbortController()
    const hint = sync.events(end.signal).next()
    expect(listeners).toBe(1)
    end.abort()
    await hint
    expect(listeners).toBe(0)
  })
})
