import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDesignChanges, tagChange, versionChanges } from '../../shared/library/design'
import type { Change } from '../../shared/library/prepare-ops'
import type { LibraryDb } from '../../renderer/library/library-db'
import type { SyncPeer } from '../../renderer/library/sync-peer'
import { writeChanges } from '../../renderer/library/write-changes'
import { version } from '../shared/library/ops'
import { everythingIn, newLoop, newReplica, newStudio, syncOnce } from '../renderer/library/replicas'

type Step =
  | { readonly kind: 'write'; readonly replica: number; readonly design: number; readonly what: number }
  | { readonly kind: 'sync'; readonly replica: number; readonly faults: readonly Fault[] }
  | { readonly kind: 'backup' | 'restore' | 'wipe'; readonly replica: number }

/** What the line does with one exchange: nothing wrong, asks lost, answers lost, or the same asked twice. */
type Fault = 'fine' | 'ask lost' | 'answer lost' | 'twice'

const REPLICAS = 3
/** More for a soak: `GONGBANG_RUNS=1000 npx vitest run tests/property`. */
const RUNS = Number(process.env['GONGBANG_RUNS'] ?? 30)
const replica = fc.nat({ max: REPLICAS - 1 })
const fault = fc.constantFrom<Fault>('fine', 'fine', 'ask lost', 'answer lost', 'twice')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), replica, design: fc.nat({ max: 2 }), what: fc.nat({ max: 7 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('sync' as const), replica, faults: fc.array(fault, { maxLength: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('backup' as const), replica }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restore' as const), replica }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wipe' as const), replica }) },
)

let written = 0

/** An edit like a user's; each has a value of its own. */
function edit(design: number, what: number): readonly Change[] {
  written += 1
  const id = String(design)
  const entity = `design/${id}`
  switch (what) {
    case 0:
      return newDesignChanges({ id, title: `Design ${written}`, tags: ['new'], createdAt: written })
    case 1:
      return [tagChange(id, `tag ${written % 3}`, written % 2 === 0)]
    case 2:
      return versionChanges(id, version({ message: `version ${written}` }))
    case 3:
      return [{ entity, key: 'binnedAt', value: written % 2 === 0 ? written : null }]
    case 4:
      return [{ entity: 'profile/quality:mine', key: 'stored', value: null }]
    default:
      return [{ entity, key: 'title', value: `Title ${written}` }]
  }
}

/** A line that does to exchanges what it was told, one after the other, and then works. */
function faulty(peer: SyncPeer, faults: readonly Fault[]): SyncPeer {
  const left = [...faults]
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    const next = left.shift() ?? 'fine'
    if (next === 'ask lost') throw new Error('lost on the way')
    const answer = await call()
    if (next === 'answer lost') throw new Error('lost on the way back')
    return next === 'twice' ? call() : answer
  }
  return { push: (input) => through(() => peer.push(input)), pull: (input) => through(() => peer.pull(input)), haveBlobs: (input) => through(() => peer.haveBlobs(input)) }
}

interface Window {
  db: LibraryDb
  copy: { readonly table: string; readonly rows: readonly unknown[] }[] | undefined
}

async function perform(action: Exclude<Step, { kind: 'write' }>, window: Window, peer: SyncPeer): Promise<void> {
  if (action.kind === 'sync') {
    const { loop, rest } = newLoop(window.db, faulty(peer, action.faults))
    await rest({ kind: 'start' })
    if (action.faults.length > 3) await rest({ kind: 'wake' })
    loop.dispose()
  }
  if (action.kind === 'backup') window.copy = await Promise.all(window.db.tables.map(async (table) => ({ table: table.name, rows: (await table.toArray()) as unknown[] })))
  if (action.kind === 'wipe') window.db = newReplica()
  if (action.kind === 'restore' && window.copy !== undefined) {
    for (const { table, rows } of window.copy) {
      await window.db.table(table).clear()
      await window.db.table(table).bulkPut([...rows])
    }
  }
}

describe('replicas of one library', () => {
  it('end up the same, whatever was lost, repeated, restored or wiped on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), async (steps) => {
        const studio = newStudio()
        const windows: Window[] = Array.from({ length: REPLICAS }, () => ({ db: newReplica(), copy: undefined }))
        for (const action of steps) {
          const window = windows[action.replica]!
          if (action.kind === 'write') await writeChanges(window.db, edit(action.design, action.what))
          else await perform(action, window, studio.peer)
        }
        // Once more round, over a line that works: what the last one wrote reaches the first.
        for (const { db } of [...windows, ...windows]) expect(await syncOnce(db, studio.peer)).toMatchObject({ failure: undefined })
        const fresh = newReplica()
        await syncOnce(fresh, studio.peer)
        const truth = await everythingIn(fresh)
        for (const { db } of windows) expect(await everythingIn(db)).toEqual(truth)
        // Nothing that the studio took is there twice.
        const rows = studio.store.log.pull('home', 0, 100_000).rows
        expect(new Set(rows.map(({ op }) => `${op.dev} ${op.seq}`)).size).toBe(rows.length)
      }),
      { numRuns: RUNS },
    )
  }, 30_000 + RUNS * 2000)
})
