import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MainModule } from 'clipper2-wasm/dist/clipper2z'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutEval } from '../../build/embind-without-eval.mjs'

const file = createRequire(import.meta.url).resolve('clipper2-wasm/dist/es/clipper2z.js')
const code = readFileSync(file, 'utf8')

describe('embind without eval', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongbang-embind-'))
  let given: MainModule
  let changed: MainModule
  beforeAll(async () => {
    const wasmBinary = readFileSync(file.replace(/\.js$/, '.wasm'))
    writeFileSync(join(folder, 'changed.mjs'), withoutEval(code))
    ;[given, changed] = await Promise.all([load(file, wasmBinary), load(join(folder, 'changed.mjs'), wasmBinary)])
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('makes no function from text', () => {
    expect(code).toContain('new Function')
    expect(withoutEval(code)).not.toContain('new Function')
  })

  it('refuses a file that it does not know', () => {
    expect(() => withoutEval(code.replace('invokerFnBody)', 'body)'))).toThrow(/follow/)
  })

  it('clips as the given file does', () => {
    const coordinate = fc.integer({ min: -50, max: 50 })
    const polygon = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(polygon, polygon, (a, b) => {
        expect(union(changed, a, b)).toEqual(union(given, a, b))
      }),
    )
  })
})

async function load(path: string, wasmBinary: Uint8Array): Promise<MainModule> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { readonly default: (options: object) => Promise<MainModule> }
  return module.default({ wasmBinary })
}

/** Points of the union of two polygons, contour by contour. */
function union(clipper: MainModule, a: [number, number][], b: [number, number][]): number[][] {
  const { PathsD, MakePathD, UnionD, FillRule } = clipper
  const [subject, clip] = [new PathsD(), new PathsD()]
  subject.push_back(MakePathD(a.flat()))
  clip.push_back(MakePathD(b.flat()))
  const joined = UnionD(subject, clip, FillRule.NonZero, 3)
  const contours = Array.from({ length: joined.size() }, (_, contour) => {
    const path = joined.get(contour)
    return Array.from({ length: path.size() }, (_unused, at) => [path.get(at).x, path.get(at).y]).flat()
  })
  for (const owned of [subject, clip, joined]) owned.delete()
  return contours
}
