import { afterEach, describe, expect, it } from 'vitest'
import type { OpLog } from '../../electron/store/op-log'
import type { Records } from '../../electron/store/records'
import { StudioError } from '../../shared/units/studio-error'
import { Device, NOW } from '../shared/library/ops'

/** What a store must do, whatever keeps it. */
export interface StorePort {
  readonly log: OpLog
  readonly records: Records
  readonly deviceId: string
  close(): void
}

function refusalOf(act: () => unknown): StudioError {
  try {
    act()
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  throw new Error('It was not refused')
}

/** The suite that every store passes: the one on disk, and the one in memory that tests of others use. */
export function describeStore(name: string, open: () => StorePort): void {
  describe(`a store ${name}`, () => {
    let opened: StorePort[] = []
    const openOne = () => {
      const store = open()
      opened.push(store)
      return store
    }
    afterEach(() => {
      for (const store of opened) store.close()
      opened = []
    })

    it('gives pushed ops back in the order of their arrival, numbered without holes', () => {
      const { log } = openOne()
      const [a, b] = [new Device('a').titles(3), new Device('b').titles(2)]
      expect(log.push('home', [a[0]!, b[0]!], NOW)).toEqual({ a: 1, b: 1 })
      expect(log.push('home', [b[1]!, a[1]!, a[2]!], NOW)).toEqual({ a: 3, b: 2 })
      const { rows, head } = log.pull('home', 0, 100)
      expect(rows.map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5])
      expect(rows.map(({ op }) => op)).toEqual([a[0], b[0], b[1], a[1], a[2]])
      expect(head).toBe(5)
      expect(log.head('home')).toBe(5)
    })

    it('gives what comes after a revision, as much as was asked for', () => {
      const { log } = openOne()
      log.push('home', new Device('a').titles(10), NOW)
      expect(log.pull('home', 4, 3)).toMatchObject({ head: 10, rows: [{ rev: 5 }, { rev: 6 }, { rev: 7 }] })
      expect(log.pull('home', 10, 3)).toEqual({ head: 10, rows: [] })
      expect(log.pull('nowhere', 0, 3)).toEqual({ head: 0, rows: [] })
    })

    it('keeps nothing twice when a push is repeated after a lost answer', () => {
      const { log } = openOne()
      const ops = new Device('a').titles(5)
      log.push('home', ops.slice(0, 3), NOW)
      expect(log.push('home', ops, NOW)).toEqual({ a: 5 })
      expect(log.push('home', ops, NOW)).toEqual({ a: 5 })
      expect(log.head('home')).toBe(5)
    })

    it('refuses a gap and says where to go on; nothing of that push is kept', () => {
      const { log } = openOne()
      const [a, b] = [new Device('a').titles(4), new Device('b').titles(1)]
      log.push('home', a.slice(0, 1), NOW)
      expect(refusalOf(() => log.push('home', [...b, ...a.slice(2)], NOW))).toMatchObject({ code: 'sync/gap', values: { dev: 'a', expect: 2 } })
      expect(log.head('home')).toBe(1)
    })

    it('refuses a fork: a device that was restored from a copy', () => {
      const { log } = openOne()
      log.push('home', new Device('a').titles(2), NOW)
      expect(refusalOf(() => log.push('home', [new Device('a').title('other')], NOW))).toMatchObject({ code: 'sync/fork', values: { dev: 'a', seq: 1 } })
    })

    it('refuses a clock that is ahead and tells its own', () => {
      const { log } = openOne()
      expect(refusalOf(() => log.push('home', [new Device('a').title('x', NOW + 400_000)], NOW))).toMatchObject({ code: 'sync/clock', values: { hubNow: NOW } })
      expect(log.head('home')).toBe(0)
    })

    it('numbers each space by itself, and a device in each space', () => {
      const { log } = openOne()
      log.push('home', new Device('a').titles(2), NOW)
      log.push('class', new Device('a', 'class').titles(1), NOW)
      expect([log.head('home'), log.head('class')]).toEqual([2, 1])
      expect([...log.spaces()].sort()).toEqual(['class', 'home'])
    })

    it('tells of new ops after they are kept, and not of a push that brought none', () => {
      const { log } = openOne()
      const told: unknown[] = []
      const unwatch = log.watch((change) => told.push({ ...change, kept: log.pull('home', 0, 10).rows.length }))
      const ops = new Device('a').titles(3)
      log.push('home', ops.slice(0, 2), NOW)
      log.push('home', ops.slice(0, 2), NOW)
      unwatch()
      log.push('home', ops, NOW)
      expect(told).toEqual([{ space: 'home', rev: 2, kept: 2 }])
    })

    it('writes changes of the studio itself as its own device, later than all it has seen', () => {
      const { log, deviceId } = openOne()
      const seen = new Device('a').title('x', NOW + 100_000)
      log.push('home', [seen], NOW)
      log.append('home', [{ entity: 'make/1', key: 'made', value: { count: 1 } }], { author: 'owner', nowMs: NOW })
      log.append('home', [{ entity: 'make/2', key: 'made', value: null }], { author: 'owner', nowMs: NOW })
      const own = log.pull('home', 1, 10).rows.map(({ op }) => op)
      expect(own).toMatchObject([{ dev: deviceId, seq: 1, prevHash: '', entity: 'make/1' }, { dev: deviceId, seq: 2, entity: 'make/2', value: null }])
      expect(own[0]!.t > seen.t).toBe(true)
    })

    it('gives values back as they were, text of every script and numbers included', () => {
      const { log } = openOne()
      const value = { title: '공방 \u0000 \ud83d\udee0', list: [1.5, -0.1, null, true, ''], deep: { a: { b: [] } } }
      const ops = new Device('a').write([{ entity: 'design/가', key: 'x', value }])
      log.push('home', ops, NOW)
      expect(log.pull('home', 0, 1).rows[0]!.op).toEqual(ops[0])
      expect(log.push('home', ops, NOW)).toEqual({ a: 1 })
    })

    it('keeps small records by kind and id', () => {
      const { records } = openOne()
      records.put('machine', 'b', { name: 'Prusa' })
      records.put('machine', 'a', { name: 'Ender' })
      records.put('setting', 'a', [1])
      records.put('machine', 'b', { name: '프루사' })
      expect(records.list('machine')).toEqual([{ id: 'a', value: { name: 'Ender' } }, { id: 'b', value: { name: '프루사' } }])
      records.remove('machine', 'a')
      expect(records.get('machine', 'a')).toBeUndefined()
      expect(records.get('machine', 'b')).toEqual({ name: '프루사' })
      expect(records.get('setting', 'a')).toEqual([1])
    })

    it('keeps several records at once', () => {
      const { records } = openOne()
      records.putAll('job', [{ id: '1', value: 1 }, { id: '2', value: null }])
      expect(records.list('job')).toEqual([{ id: '1', value: 1 }, { id: '2', value: null }])
    })
  })
}
