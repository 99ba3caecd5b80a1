import 'fake-indexeddb/auto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../electron/store/open-store'
import { createDesignIndex } from '../../renderer/library/design-index'
import type { DesignRow } from '../../renderer/library/library-db'
import { writeChanges } from '../../renderer/library/write-changes'
import { newDesignChanges, versionChanges } from '../../shared/library/design'
import type { Op } from '../../shared/library/op'
import { Device, version } from '../shared/library/ops'
import { newReplica, newStudio, syncOnce } from '../renderer/library/replicas'

const WORDS = ['bracket', 'gear', 'vase', 'hinge', 'clamp', '꽃병', '받침대', '손잡이', '톱니바퀴', 'enclosure', 'knob', 'Benchy']
const word = (n: number) => WORDS[n % WORDS.length]!

/** What begins the n-th of many designs: title, tag, a version with a file. */
function designChanges(n: number) {
  const one = version({ files: [{ path: `${word(n)}-${n}.stl`, sha256: String(n).padStart(64, '0'), bytes: n * 97, type: 'model/stl' }] })
  return [...newDesignChanges({ id: String(n), title: `${word(n)} ${word(n * 7)} ${n}`, tags: [word(n * 5)], createdAt: n }), ...versionChanges(String(n), one)]
}

function designRow(n: number): DesignRow {
  return { id: String(n), title: `${word(n)} ${word(n * 7)} ${n}`, tags: [word(n * 5)], notes: '', heads: [], createdAt: n, updatedAt: n, bytes: n * 97, fileNames: [`${word(n)}-${n}.stl`], versionIds: [], state: 'kept', viewRev: n + 1 }
}

function timed<T>(name: string, run: () => T): T {
  const start = performance.now()
  const result = run()
  console.log(`${name}: ${(performance.now() - start).toFixed(1)} ms`)
  return result
}

async function timedAsync<T>(name: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await run()
  const ms = performance.now() - start
  console.log(`${name}: ${ms.toFixed(0)} ms`)
  return result
}

describe('figures of the library', () => {
  it('durable push: batches of 100 and of 1000, and one op an fsync', () => {
    const dir = mkdtempSync(join(tmpdir(), 'gongbang-bench-'))
    const store = openStore(dir)
    for (const size of [1, 100, 1000]) {
      const total = size === 1 ? 300 : 20_000
      const ops = new Device(`batch-${size}`).titles(total)
      const start = performance.now()
      for (let at = 0; at < total; at += size) store.log.push('home', ops.slice(at, at + size), Date.now())
      console.log(`push, batches of ${size}: ${Math.round(total / ((performance.now() - start) / 1000))} ops/s`)
    }
    expect(store.log.head('home')).toBe(40_300)
    timed('pull of 5000 rows', () => store.log.pull('home', 100, 5000))
    store.close()
    rmSync(dir, { recursive: true })
  })

  it('10,000 designs: search and order in memory', async () => {
    const db = newReplica()
    // As rows: the double of IndexedDB takes minutes for what a browser writes in seconds.
    await db.designs.bulkAdd(Array.from({ length: 10_000 }, (_, n) => designRow(n)))
    await db.meta.put({ key: 'viewRev', value: 10_000 })
    await writeChanges(db, designChanges(77))
    const index = createDesignIndex(db)
    await timedAsync('first read of 10,000 designs (IndexedDB double)', () => index.refresh())
    expect(timed('first order, by title', () => index.query({ sort: 'title' }))).toHaveLength(10_000)
    timed('order again', () => index.query({ sort: 'title' }))
    timed('order by size and a tag', () => index.query({ sort: 'size', tag: 'gear' }))
    timed('first search (builds the index)', () => index.query({ search: 'gear' }))
    for (const search of ['g', 'ge', 'gear', '꽃', '병', 'bracket 99', 'brackat', 'nothing']) timed(`search ${search}`, () => index.query({ search, sort: 'newest' }))
    await writeChanges(db, [{ entity: 'design/77', key: 'title', value: 'renamed' }])
    await timedAsync('after a rename: read and search', async () => {
      await index.refresh()
      expect(index.query({ search: 'renamed' })).toHaveLength(1)
    })
  })

  it('a new window pulls 2,000 designs', async () => {
    const studio = newStudio()
    const device = new Device('a')
    const ops: Op[] = Array.from({ length: 2000 }, (_, n) => device.write(designChanges(n), Date.now())).flat()
    for (let at = 0; at < ops.length; at += 1000) studio.store.log.push('home', ops.slice(at, at + 1000), Date.now())
    const db = newReplica()
    await timedAsync('pull of 2,000 designs (IndexedDB double)', () => syncOnce(db, studio.peer))
    expect(await db.designs.count()).toBe(2000)
  })
})
