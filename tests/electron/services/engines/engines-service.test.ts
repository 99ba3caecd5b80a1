import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEnginesService } from '../../../../electron/services/engines/engines-service'
import type { EngineNews } from '../../../../shared/contract/engines'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../../shared/machine/builtin-qualities'
import { writeProject } from '../../../../shared/machine/project-file'
import { boxMesh, placed } from '../../../shared/slicing/solids'
import { type FakeDeed, fakeEngine } from './fake-engine'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'engines-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const machine = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!
const project = writeProject([placed(boxMesh([0, 0, 0], [20, 20, 0.4]))], { machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides: { scarfSeamMm: 4 } }, { title: 'box' })
const HASH = 'a'.repeat(64)

/** A service over records and blobs in memory, with a fake engine as the only program on the search path. */
function serve(deed: FakeDeed, blobs: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map([[HASH, project]])) {
  const records = new Map<string, unknown>()
  const kept: Uint8Array[] = []
  fakeEngine(home, deed)
  const service = createEnginesService({
    records: { get: (kind, id) => records.get(`${kind} ${id}`), put: (kind, id, value) => void records.set(`${kind} ${id}`, value), remove: (kind, id) => void records.delete(`${kind} ${id}`) },
    blobs: { readBytes: async (sha256) => blobs.get(sha256) ?? new Uint8Array(), putBytes: async (bytes) => (kept.push(bytes), 'b'.repeat(64)) },
    platform: 'linux',
    env: { PATH: home, HOME: home },
  })
  return { service, kept }
}

const task = { kind: 'prusaslicer' as const, projectSha256: HASH, title: 'box' }
async function all(news: AsyncIterable<EngineNews>): Promise<EngineNews[]> {
  const told: EngineNews[] = []
  for await (const one of news) told.push(one)
  return told
}

const folderOfRun = () => readFileSync(join(home, 'running'), 'utf8')
const isRunning = () => existsSync(join(home, 'running')) && existsSync(folderOfRun())

describe('engines of the studio', () => {
  it('slice a project, tell how far they are, and keep the G-code as a blob', async () => {
    const { service, kept } = serve('slices')
    const news: EngineNews[] = []
    for await (const one of service.slice(task)) news.push(one)
    expect(news.map(({ kind }) => kind).filter((kind) => kind !== 'progress')).toEqual(['made'])
    expect(news.filter(({ kind }) => kind === 'progress').length).toBeGreaterThan(2)
    expect(new TextDecoder().decode(kept[0])).toContain(';TYPE:External perimeter')
    const made = news.find((one) => one.kind === 'made')!
    expect(made.problems.map(({ place }) => place?.['key'])).toContain('scarfSeamMm')
  })

  it('end when nobody listens any more, before the next call returns', async () => {
    const { service } = serve('never ends')
    const news = service.slice(task)
    await news.next()
    await expect.poll(() => isRunning(), { timeout: 20_000 }).toBe(true)
    await news.return()
    expect(existsSync(folderOfRun())).toBe(false)
  }, 30_000)

  it('end when the caller cancels, and when the studio is closed', async () => {
    const { service } = serve('never ends')
    const stop = new AbortController()
    const cancelled = all(service.slice(task, stop.signal))
    await expect.poll(() => isRunning(), { timeout: 20_000 }).toBe(true)
    stop.abort()
    await cancelled
    expect(isRunning()).toBe(false)

    const closed = all(service.slice(task))
    await expect.poll(() => isRunning(), { timeout: 20_000 }).toBe(true)
    await service.dispose()
    expect(isRunning()).toBe(false)
    await closed
  }, 60_000)

  it('fail with the words of the engine, and for what is no project of the studio with a reason', async () => {
    const { service } = serve('fails', new Map([[HASH, project], ['c'.repeat(64), Uint8Array.of(1, 2, 3)]]))
    await expect(all(service.slice(task))).rejects.toMatchObject({ code: 'engine/failed' })
    const news = await all(service.slice({ ...task, projectSha256: 'c'.repeat(64) }))
    expect(news).toMatchObject([{ kind: 'failed', problems: [expect.objectContaining({ severity: 'error' })] }])
    await expect(all(service.slice({ ...task, kind: 'orcaslicer' }))).rejects.toMatchObject({ code: 'engine/not-found' })
  })

  it('are kept by the path that the user names, until it is forgotten', async () => {
    const { service } = serve('slices')
    const own = fakeEngine(mkdtempSync(join(home, 'own-')), 'slices', 'PrusaSlicer-3.1.0 based on Slic3r')
    expect(await service.choose({ kind: 'prusaslicer', path: own })).toMatchObject([{ path: own, version: '3.1.0', isChosen: true }])
    expect(await service.choose({ kind: 'prusaslicer', path: null })).toMatchObject([{ path: join(home, 'prusa-slicer'), isChosen: false }])
    await expect(service.choose({ kind: 'cura', path: own })).rejects.toMatchObject({ code: 'engine/not-that-program' })
  })
})
