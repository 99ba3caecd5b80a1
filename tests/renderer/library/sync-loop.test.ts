import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { newDesignChanges, versionChanges } from '../../../shared/library/design'
import { MAX_DRIFT_MS, hlcMs } from '../../../shared/library/hlc'
import { Dexie } from 'dexie'
import { LibraryDb } from '../../../renderer/library/library-db'
import { readReplica, writeReplica } from '../../../renderer/library/replica-state'
import { writeChanges } from '../../../renderer/library/write-changes'
import { version } from '../../shared/library/ops'
import { OFFLINE, everythingIn, newLoop, newReplica, newStudio, syncOnce } from './replicas'

const title = (id: string, value: string) => ({ entity: `design/${id}`, key: 'title', value })

async function titles(db: LibraryDb): Promise<readonly string[]> {
  return (await db.designs.orderBy('id').toArray()).map((design) => design.title)
}

const unsent = async (db: LibraryDb) => {
  const { seq, acked } = await readReplica(db)
  return seq - acked
}

/** The state of a database as a backup of the computer keeps it. */
async function backup(db: LibraryDb): Promise<{ restore(): Promise<void> }> {
  const tables = await Promise.all(db.tables.map(async (table) => ({ table, rows: (await table.toArray()) as unknown[] })))
  return {
    async restore() {
      for (const { table, rows } of tables) {
        await table.clear()
        await table.bulkPut(rows)
      }
    },
  }
}

describe('a replica and its studio', () => {
  it('applies a write at once, and delivers it when the studio is there', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    await writeChanges(db, newDesignChanges({ id: '1', title: 'Clamp', tags: ['jig'], createdAt: 1 }))
    expect(await titles(db)).toEqual(['Clamp'])
    expect(await syncOnce(db, OFFLINE)).toMatchObject({ failure: { kind: 'offline' } })
    expect(await unsent(db)).toBe(3)
    expect(await syncOnce(db, studio.peer)).toMatchObject({ failure: undefined })
    expect(await unsent(db)).toBe(0)
    expect(studio.store.log.head('home')).toBe(3)
  })

  it('has everything again after its IndexedDB was deleted', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    await writeChanges(db, [...newDesignChanges({ id: '1', title: 'Clamp', tags: ['jig'], createdAt: 1 }), ...versionChanges('1', version())])
    await syncOnce(db, studio.peer)
    const before = await everythingIn(db)
    const { name } = db
    db.close()
    await Dexie.delete(name)
    const again = new LibraryDb(name)
    await syncOnce(again, studio.peer)
    expect(await everythingIn(again)).toEqual(before)
    expect((await readReplica(again)).dev).not.toBe(before.cells[0]!.t.slice(18))
  })

  it('brings one window what the other wrote, in both directions', async () => {
    const [a, b, studio] = [newReplica(), newReplica(), newStudio()]
    await writeChanges(a, [title('1', 'from a')])
    await writeChanges(b, [title('2', 'from b')])
    for (const db of [a, b, a]) await syncOnce(db, studio.peer)
    expect(await titles(a)).toEqual(['from a', 'from b'])
    expect(await everythingIn(a)).toEqual(await everythingIn(b))
  })

  it('shows two versions that were made apart as two heads in both windows', async () => {
    const [a, b, studio] = [newReplica(), newReplica(), newStudio()]
    const root = version()
    await writeChanges(a, [...newDesignChanges({ id: '1', title: 'Clamp', tags: [], createdAt: 1 }), ...versionChanges('1', root)])
    for (const db of [a, b]) await syncOnce(db, studio.peer)
    const [left, right] = [version({ parents: [root.id], message: 'left' }), version({ parents: [root.id], message: 'right' })]
    await writeChanges(a, versionChanges('1', left))
    await writeChanges(b, versionChanges('1', right))
    for (const db of [a, b, a]) await syncOnce(db, studio.peer)
    for (const db of [a, b]) expect([...(await db.designs.get('1'))!.heads].sort()).toEqual([left.id, right.id].sort())
  })

  it('lets a window whose clock is an hour slow edit what it has seen', async () => {
    const [a, slow, studio] = [newReplica(), newReplica(), newStudio()]
    await writeChanges(a, [title('1', 'first')])
    for (const db of [a, slow]) await syncOnce(db, studio.peer)
    const { hlc } = await readReplica(slow)
    // An hour later by everybody else's clock: what it saw is ahead of its own.
    await writeReplica(slow, { ...(await readReplica(slow)), hlc: `${(hlcMs(hlc!) + 3_600_000).toString(16).padStart(12, '0')}${hlc!.slice(12)}` })
    await writeChanges(slow, [title('1', 'second')])
    const late = newStudio({ now: () => Date.now() + 3_600_000 })
    for (const row of studio.store.log.pull('home', 0, 10).rows) late.store.log.push('home', [row.op], Date.now())
    for (const db of [slow, a]) await syncOnce(db, late.peer)
    expect(await titles(a)).toEqual(['second'])
  })

  it('sends again what was taken when the answer was lost, and nothing is there twice', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    await writeChanges(db, [title('1', 'x'), title('2', 'y')])
    const lost = { ...studio.peer, push: async (input: Parameters<typeof studio.peer.push>[0]) => {
      await studio.peer.push(input)
      throw new Error('the line broke')
    } }
    await syncOnce(db, lost)
    expect(await unsent(db)).toBe(2)
    await syncOnce(db, studio.peer)
    expect(await unsent(db)).toBe(0)
    expect(studio.store.log.head('home')).toBe(2)
  })

  it('restored from a backup takes a new device id, and its new edits arrive instead of vanishing as duplicates', async () => {
    const [db, other, studio] = [newReplica(), newReplica(), newStudio()]
    await writeChanges(db, [title('1', 'one')])
    await syncOnce(db, studio.peer)
    const copy = await backup(db)
    await writeChanges(db, [title('2', 'after the backup')])
    await syncOnce(db, studio.peer)
    const { dev } = await readReplica(db)
    await copy.restore()
    await writeChanges(db, [title('3', 'after the restore')])
    await syncOnce(db, studio.peer)
    expect((await readReplica(db)).dev).not.toBe(dev)
    await syncOnce(other, studio.peer)
    expect(await titles(other)).toEqual(['one', 'after the backup', 'after the restore'])
    expect(await everythingIn(db)).toEqual(await everythingIn(other))
  })

  it('restored from a backup takes a new device id also before it writes anything', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    const copy = await backup(db)
    await writeChanges(db, [title('1', 'one')])
    const { dev } = await readReplica(db)
    await copy.restore()
    await writeReplica(db, { ...(await readReplica(db)), dev })
    const writer = newReplica()
    await writeReplica(writer, { ...(await readReplica(writer)), dev })
    await writeChanges(writer, [title('1', 'one')])
    await syncOnce(writer, studio.peer)
    await syncOnce(db, studio.peer)
    expect((await readReplica(db)).dev).not.toBe(dev)
    expect(await titles(db)).toEqual(['one'])
  })

  it('gives its log again to a studio that was restored from an older copy', async () => {
    const [db, studio, restored] = [newReplica(), newStudio(), newStudio()]
    await writeChanges(db, [title('1', 'one')])
    await syncOnce(db, studio.peer)
    for (const row of studio.store.log.pull('home', 0, 10).rows) restored.store.log.push('home', [row.op], Date.now())
    await writeChanges(db, [title('2', 'two'), title('3', 'three')])
    await syncOnce(db, studio.peer)
    await syncOnce(db, restored.peer)
    expect(restored.store.log.pull('home', 0, 10).rows.map(({ op }) => op.value)).toEqual(['one', 'two', 'three'])
    expect(await unsent(db)).toBe(0)
  })

  it('fills a gap from where the studio wants it', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    await writeChanges(db, [title('1', 'one'), title('2', 'two')])
    await writeReplica(db, { ...(await readReplica(db)), acked: 1 })
    expect(await syncOnce(db, studio.peer)).toMatchObject({ failure: undefined })
    expect(studio.store.log.head('home')).toBe(2)
  })

  it('stamps its edits anew when its clock was ahead, and they arrive', async () => {
    const now = Date.now()
    const [db, other, studio] = [newReplica(), newReplica(), newStudio({ now: () => now })]
    await writeChanges(other, [title('1', 'before')])
    for (const one of [other, db]) await syncOnce(one, studio.peer)
    const ahead = `${(now + 10 * MAX_DRIFT_MS).toString(16).padStart(12, '0')}-0000-x`
    await writeReplica(db, { ...(await readReplica(db)), hlc: ahead })
    await writeChanges(db, [title('1', 'first try'), title('1', 'ahead'), title('2', 'also')])
    expect(await syncOnce(db, studio.peer, () => now)).toMatchObject({ failure: undefined })
    await syncOnce(other, studio.peer)
    expect(await titles(other)).toEqual(['ahead', 'also'])
    expect(await everythingIn(db)).toEqual(await everythingIn(other))
    for (const { op } of studio.store.log.pull('home', 0, 10).rows) expect(hlcMs(op.t)).toBeLessThanOrEqual(now + MAX_DRIFT_MS)
  })

  it('holds a version back until its blobs are in the studio, and what follows it', async () => {
    const blobs = new Set<string>()
    const [db, studio] = [newReplica(), newStudio({ have: (sha256) => blobs.has(sha256) })]
    const one = version()
    await writeChanges(db, [title('1', 'Clamp'), ...versionChanges('1', one), title('2', 'Later')])
    const { rest, loop } = newLoop(db, studio.peer)
    expect(await rest({ kind: 'start' })).toMatchObject({ missing: [one.files[0]!.sha256], failure: undefined })
    expect(studio.store.log.pull('home', 0, 10).rows.map(({ op }) => op.entity)).toEqual(['design/1'])
    blobs.add(one.files[0]!.sha256)
    expect(await rest({ kind: 'written' })).toMatchObject({ missing: [] })
    expect(studio.store.log.head('home')).toBe(4)
    loop.dispose()
  })

  it('brings more than one push takes, in both directions', async () => {
    const [db, other, studio] = [newReplica(), newReplica(), newStudio()]
    await writeChanges(db, Array.from({ length: 1010 }, (_, n) => title(String(n), `Design ${n}`)))
    await syncOnce(db, studio.peer)
    expect(studio.store.log.head('home')).toBe(1010)
    await syncOnce(other, studio.peer)
    expect(await other.designs.count()).toBe(1010)
  })

  it('merges once when two tabs pull the same rows', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    const writer = newReplica()
    await writeChanges(writer, [title('1', 'one'), title('1', 'two')])
    await syncOnce(writer, studio.peer)
    const other = new LibraryDb(db.name)
    await Promise.all([syncOnce(db, studio.peer), syncOnce(other, studio.peer)])
    expect(await titles(db)).toEqual(['two'])
    expect(await db.history.count()).toBe(1)
    expect((await readReplica(db)).cursor).toBe(2)
  })

  it('pushes once when two tabs push the same ops', async () => {
    const [db, studio] = [newReplica(), newStudio()]
    await writeChanges(db, [title('1', 'one'), title('1', 'two')])
    const other = new LibraryDb(db.name)
    await Promise.all([syncOnce(db, studio.peer), syncOnce(other, studio.peer)])
    expect(studio.store.log.head('home')).toBe(2)
    expect(await unsent(other)).toBe(0)
  })

  it('keeps ops of kinds that it does not know', async () => {
    const [db, other, studio] = [newReplica(), newReplica(), newStudio()]
    await writeChanges(db, [{ entity: 'hologram/9', key: 'phase', value: { x: 1 } }])
    for (const one of [db, other]) await syncOnce(one, studio.peer)
    expect(await other.entities.toArray()).toMatchObject([{ entity: 'hologram/9', cells: [{ key: 'phase', value: { x: 1 } }] }])
  })

  it('shows no version whose name is not the hash of its manifest', async () => {
    const db = newReplica()
    await writeChanges(db, [title('1', 'Clamp'), ...versionChanges('1', { ...version(), id: 'e'.repeat(64) })])
    expect(await db.versions.count()).toBe(0)
    expect(await db.designs.get('1')).toMatchObject({ heads: [] })
  })
})
