import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNodeSlicePool } from '../../../../electron/services/slicing/node-slice-pool'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import { planPlate, slicePlate } from '../../../../shared/slicing/slice-plate'
import { boxMesh, joinMeshes, placed, plate } from '../../../shared/slicing/solids'

const root = join(import.meta.dirname, '../../../..')
const folder = mkdtempSync(join(tmpdir(), 'slice-pool-'))
let createBuiltPool: typeof createNodeSlicePool

beforeAll(async () => {
  // The worker is found beside the pool as in the product: both built, with the clipper's wasm.
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: { ssr: true, outDir: folder, minify: false, rollupOptions: { input: ['node-slice-pool', 'slice-worker'].map((name) => join(root, `electron/services/slicing/${name}.ts`)), output: { entryFileNames: '[name].js' } } },
    ssr: { noExternal: true },
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const sub of ['', 'assets']) cpSync(join(root, 'node_modules/clipper2-wasm/dist/es/clipper2z.wasm'), join(folder, sub, 'clipper2z.wasm'))
  const built = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'node-slice-pool.js')).href)) as { createNodeSlicePool: typeof createNodeSlicePool }
  createBuiltPool = built.createNodeSlicePool
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const part = joinMeshes(boxMesh([0, 0, 0], [20, 20, 4]), boxMesh([5, 5, 3], [12, 18, 9]))

describe('the pool of threads', () => {
  it.each([1, 3])('with %i threads gives what one thread gives', async (workerCount) => {
    const pool = createBuiltPool(workerCount)
    try {
      expect(pool.workerCount).toBe(workerCount)
      expect(await slicePlate(plate([placed(part)]), pool)).toEqual(await slicePlate(plate([placed(part)]), createLocalSlicePool()))
    } finally {
      await pool.dispose()
    }
  })

  it('ends its threads in the middle of a layer when cancelled, and slices again after', async () => {
    const pool = createBuiltPool(2)
    try {
      let isCancelled = false
      const cancelled = await planPlate(plate([placed(boxMesh([0, 0, 0], [150, 150, 80]))], { infillPercent: 100 }), pool, {
        isCancelled: () => isCancelled,
        onProgress: () => void (isCancelled = true),
      })
      expect(cancelled.problems.map(({ code }) => code)).toEqual(['slicing/cancelled'])
      expect((await planPlate(plate([placed(part)]), pool)).problems).toEqual([])
    } finally {
      await pool.dispose()
    }
  })

  it('works on this thread when it runs from source', async () => {
    const pool = createNodeSlicePool()
    expect(pool.workerCount).toBe(1)
    expect((await planPlate(plate([placed(boxMesh([0, 0, 0], [5, 5, 1]))]), pool)).ok).toBe(true)
    await pool.dispose()
  })
})
