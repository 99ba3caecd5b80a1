import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type DesignIndex, createDesignIndex } from '../../../renderer/library/design-index'
import type { LibraryDb } from '../../../renderer/library/library-db'
import { searchTerms, wordsOf } from '../../../renderer/library/search-terms'
import { writeChanges } from '../../../renderer/library/write-changes'
import { newDesignChanges, purgeChanges, versionChanges } from '../../../shared/library/design'
import type { Change } from '../../../shared/library/prepare-ops'
import { version } from '../../shared/library/ops'
import { newReplica } from './replicas'

let db: LibraryDb
let index: DesignIndex

const NAMES = [
  ['a', 'Gear box', ['gear'], 'gearbox_v2.stl', 500],
  ['b', '작은 꽃병', ['선물', '거실'], 'vase.stl', 3000],
  ['c', '3DBenchy', ['boat', 'calibration'], '#1-3DBenchy.stl', 1000],
  ['d', 'Part 10', [], 'part10.stl', 10],
  ['e', 'Part 9', [], 'part9.stl', 20],
] as const

async function change(changes: readonly Change[]): Promise<void> {
  await writeChanges(db, changes)
  await index.refresh()
}

const found = (search: string) => index.query({ search }).map(({ id }) => id)

beforeEach(async () => {
  db = newReplica()
  index = createDesignIndex(db)
  for (const [at, [id, title, tags, path, bytes]] of NAMES.entries()) {
    await writeChanges(db, [...newDesignChanges({ id, title, tags, createdAt: at }), ...versionChanges(id, version({ files: [{ path, sha256: 'c'.repeat(64), bytes, type: '' }] }))])
  }
  await index.refresh()
})

describe('the designs of the window', () => {
  it('come newest first, by title as people count, or largest first', () => {
    expect(index.query({}).map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(index.query({ sort: 'title' }).map(({ title }) => title)).toEqual(['3DBenchy', '작은 꽃병', 'Gear box', 'Part 9', 'Part 10'])
    expect(index.query({ sort: 'size' }).map(({ id }) => id)).toEqual(['b', 'c', 'a', 'e', 'd'])
  })

  it('are found by a tag, and apart from those in the bin', async () => {
    expect(index.query({ tag: 'boat' }).map(({ id }) => id)).toEqual(['c'])
    await change([{ entity: 'design/c', key: 'binnedAt', value: 5 }])
    expect(index.query({ tag: 'boat' })).toEqual([])
    expect(index.query({ isBin: true }).map(({ id }) => id)).toEqual(['c'])
    expect(found('benchy')).toEqual([])
  })

  it.each([
    ['a beginning', 'gea', ['a']],
    ['a word inside a name', 'benchy', ['c']],
    ['a file name', 'vase', ['b']],
    ['any part of a Korean word', '꽃병', ['b']],
    ['a single syllable inside a Korean word', '병', ['b']],
    ['a Korean tag', '거실', ['b']],
    ['composed and decomposed Hangul alike', '꽃병'.normalize('NFD'), ['b']],
    ['full-width letters alike', 'ｇｅａｒ', ['a']],
    ['a number', '10', ['d']],
    ['several words, all of them', 'gear v2', ['a']],
    ['nothing when one word is missing', 'gear boat', []],
    ['a word with one wrong letter', 'calibratiom', ['c']],
  ])('are found by %s', (_title, search, ids) => {
    expect(found(search)).toEqual(ids)
  })

  it('are all there while nothing but signs is typed', () => {
    expect(found('  -- ')).toHaveLength(5)
  })

  it('follow every change: title, notes, a new one, one that is gone', async () => {
    expect(found('gear')).toEqual(['a'])
    await change([{ entity: 'design/a', key: 'title', value: 'Transmission' }, { entity: 'design/d', key: 'notes', value: 'goes with the planetary set' }])
    expect(found('transm')).toEqual(['a'])
    expect(found('planetary')).toEqual(['d'])
    expect(index.query({ sort: 'title' }).map(({ id }) => id)).toEqual(['c', 'b', 'e', 'd', 'a'])
    await change(newDesignChanges({ id: 'f', title: 'Zahnrad', tags: [], createdAt: 99 }))
    expect(index.query({}).map(({ id }) => id)[0]).toBe('f')
    await change(purgeChanges('a', 5))
    expect(found('transm')).toEqual([])
    expect(index.query({ sort: 'title' }).map(({ id }) => id)).toEqual(['c', 'b', 'e', 'd', 'f'])
  })

  it('are the same in an index that followed and in a new one, in every order', async () => {
    index.query({ sort: 'title' })
    index.query({ sort: 'size' })
    index.query({ search: 'part' })
    for (let n = 0; n < 120; n += 1) await writeChanges(db, newDesignChanges({ id: `n${n}`, title: `Part ${(n * 37) % 100}`, tags: [], createdAt: n % 7 }))
    await index.refresh()
    await change([{ entity: 'design/n5', key: 'title', value: 'Part 1000' }])
    const fresh = createDesignIndex(db)
    await fresh.refresh()
    for (const query of [{ sort: 'title' }, { sort: 'size' }, { sort: 'newest' }, { search: 'part 5', sort: 'title' }] as const) expect(index.query(query)).toEqual(fresh.query(query))
  })
})

describe('words of designs', () => {
  it('are taken in bit by bit when the window has time, and all of them before a search answers', async () => {
    for (let n = 0; n < 450; n += 1) await writeChanges(db, newDesignChanges({ id: `n${n}`, title: `Word ${n}`, tags: [], createdAt: n }))
    const turns: (() => void)[] = []
    const slow = createDesignIndex(db, (run) => turns.push(run))
    await slow.refresh()
    let count = 0
    for (let run = turns.shift(); run !== undefined; run = turns.shift()) {
      run()
      count += 1
    }
    expect(count).toBe(3)
    expect(slow.query({ search: 'word' })).toHaveLength(450)
    const asked = createDesignIndex(db, () => undefined)
    await asked.refresh()
    expect(asked.query({ search: 'word' })).toHaveLength(450)
  })
})

describe('search terms', () => {
  it('are words, and every place where a search may begin', () => {
    expect(searchTerms('3DBenchy 꽃병')).toEqual(['3dbenchy', 'dbenchy', 'benchy', '꽃병', '병'])
    expect(wordsOf('Gear-Box (v2)')).toEqual(['gear', 'box', 'v2'])
  })

  it('stay few for a run that is no word', () => {
    expect(searchTerms('가'.repeat(5000)).length).toBeLessThan(30)
    expect(searchTerms('a1'.repeat(5000)).length).toBeLessThan(30)
  })
})
