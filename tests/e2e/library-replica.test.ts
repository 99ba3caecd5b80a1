import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

describe('the library in the window and in the studio', () => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({})
  })
  afterAll(() => studio.close())
  const library = () => studio.page.goto(`${studio.page.url().split('#')[0]}#/library`)

  it('keeps an imported design through kill -9 of the studio and the loss of the window storage', async () => {
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(studio.page, 'bracket 7.stl', boxStl(10, 20, 5))
    await studio.page.getByRole('button', { name: studio.t('import.do'), exact: true }).click({ timeout: 60_000 })
    await library()
    await studio.page.getByText('bracket 7').first().waitFor()
    // Acknowledged by the studio: what was written there is durable from here on.
    await expect.poll(() => replicaState(studio), { timeout: 20_000 }).toEqual({ designs: 1, unsynced: 0 })
    studio = await studio.restart('SIGKILL')
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
    await studio.page.evaluate(() => indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => name !== undefined && indexedDB.deleteDatabase(name)))))
    await studio.page.reload()
    await library()
    await studio.page.getByText('bracket 7').first().waitFor({ timeout: 30_000 })
    expect(await replicaState(studio)).toEqual({ designs: 1, unsynced: 0 })
    expect(studio.errors).toEqual([])
  })
})

/** What the window's own database holds: designs, and edits that the studio has not acknowledged. */
function replicaState(studio: StudioWindow): Promise<{ designs: number; unsynced: number } | undefined> {
  return studio.page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
      })
    const [first] = await indexedDB.databases()
    if (first?.name === undefined) return undefined
    const db = await answer(indexedDB.open(first.name))
    const tables = db.transaction(['meta', 'designs'])
    const [designs, row] = await Promise.all([answer(tables.objectStore('designs').count()), answer(tables.objectStore('meta').get('replica') as IDBRequest<{ value: { seq: number; acked: number } } | undefined>)])
    db.close()
    return { designs, unsynced: (row?.value.seq ?? 0) - (row?.value.acked ?? 0) }
  })
}
