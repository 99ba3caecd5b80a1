import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askEngine, findEngines } from '../../../../electron/services/engines/find-engines'
import { sliceWithEngine } from '../../../../electron/services/engines/slice-with-engine'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../../shared/machine/builtin-qualities'
import type { EngineRequest } from '../../../../shared/machine/engines/engine-request'
import { boxMesh, placed } from '../../../shared/slicing/solids'
import { type FakeDeed, fakeEngine } from './fake-engine'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'engines-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const request: EngineRequest = {
  objects: [placed(boxMesh([0, 0, 0], [20, 20, 0.4]))],
  machine: BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!,
  material: BUILTIN_MATERIALS.find(({ id }) => id === 'pla')!,
  quality: BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!,
  overrides: {},
  title: 'box',
}
const env = () => ({ PATH: home, HOME: home })

async function engine(deed: FakeDeed) {
  return askEngine('prusaslicer', fakeEngine(home, deed), { env: env() })
}

/** Folders that a run leaves behind. */
function left(): boolean {
  return existsSync(join(home, 'running')) && existsSync(readFileSync(join(home, 'running'), 'utf8'))
}

describe('slicing with another engine', () => {
  it('brings its G-code back framed, timed and checked', async () => {
    const stages: number[] = []
    const result = await sliceWithEngine(await engine('slices'), request, { env: env(), onProgress: ({ stage, done }) => stage === 'engine' && stages.push(done) })
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const text = new TextDecoder().decode(result.value.gcode)
    expect(stages).toEqual([10, 20, 90])
    expect(result.value.layerCount).toBe(2)
    expect(result.value.estimate.byRole['outer-wall']?.lengthMm).toBeCloseTo(160, 3)
    expect(result.value.estimate.timeS).toBeGreaterThan(5)
    expect(text).toContain('M109 S')
    expect(text.match(/;GONGBANG (START|END) DONE/g)).toHaveLength(2)
  })

  it('says what the engine said when it fails', async () => {
    await expect(sliceWithEngine(await engine('fails'), request, { env: env() })).rejects.toMatchObject({ code: 'engine/failed', values: { program: 'PrusaSlicer', how: '3', words: 'The print is taller than the maximum allowed height.' } })
  })

  it('says so when the engine leaves no file', async () => {
    await expect(sliceWithEngine(await engine('leaves nothing'), request, { env: env() })).rejects.toMatchObject({ code: 'engine/no-output', values: { words: 'No layers were generated: the object is empty.' } })
  })

  it.each(['never ends', 'refuses to end'] as const)('ends an engine that %s when it is cancelled, and leaves no folder', async (deed) => {
    const stop = new AbortController()
    const running = sliceWithEngine(await engine(deed), request, { env: env(), signal: stop.signal })
    const ended = running.then(() => 'sliced', (error: unknown) => error)
    await expect.poll(() => left(), { timeout: 20_000 }).toBe(true)
    stop.abort()
    expect(await ended).toMatchObject({ name: 'AbortError' })
    expect(left()).toBe(false)
  }, 30_000)

  it('stops an engine that takes too long', async () => {
    await expect(sliceWithEngine(await engine('never ends'), request, { env: env(), timeoutMs: 1500 })).rejects.toMatchObject({ code: 'engine/timeout' })
    expect(left()).toBe(false)
  }, 30_000)
})

describe('looking for engines', () => {
  it('finds one on the search path with its version', async () => {
    const path = fakeEngine(home, 'slices')
    expect((await findEngines({ platform: 'linux', env: env(), chosen: {} })).find(({ kind }) => kind === 'prusaslicer')).toEqual({ kind: 'prusaslicer', path, version: '2.9.4+linux', isChosen: false, definitions: [] })
  })

  it('takes the one that the user named first', async () => {
    const own = mkdtempSync(join(home, 'own-'))
    fakeEngine(home, 'slices')
    const path = fakeEngine(own, 'slices', 'PrusaSlicer-3.0.1 based on Slic3r')
    expect((await findEngines({ platform: 'linux', env: env(), chosen: { prusaslicer: path } }))[0]).toMatchObject({ path, version: '3.0.1', isChosen: true })
  })

  it('refuses a program that is another one', async () => {
    const path = fakeEngine(home, 'slices', 'some other program 1.0')
    await expect(askEngine('prusaslicer', path, { env: env() })).rejects.toMatchObject({ code: 'engine/not-that-program' })
    await expect(askEngine('prusaslicer', join(home, 'nothing'), { env: env() })).rejects.toMatchObject({ code: 'engine/not-found' })
  })
})
