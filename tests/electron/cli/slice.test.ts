import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../../build/bootstrap.mjs'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { type Project, writeProject } from '../../../shared/machine/project-file'
import type { ObjectPaint } from '../../../shared/mesh/paint/paint-tree'
import { ROLE } from '../../../shared/toolpath/toolpath'
import { boxStl } from '../../e2e/models'
import { boxTriangles, meshOf } from '../../shared/mesh/meshes'
import { runLine } from './test-terminal'

const MODELS = join(root, '../shared/models')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-'))
  writeFileSync(join(folder, 'box.stl'), boxStl(12, 10, 4))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Sliced {
  readonly ok: boolean
  readonly layers: number
  readonly filamentCm3: number
  readonly timeS: number
  readonly problems: readonly { readonly code: string; readonly message: string }[]
}

async function slice(...args: readonly string[]): Promise<{ code: number; json: Sliced; told: readonly string[] }> {
  const { code, out, told } = await runLine(['slice', ...args, '--json'], { cwd: folder })
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  return { code, json: JSON.parse(out) as Sliced, told }
}

/** The least and greatest end of any move of a file, and of what it extrudes, mm. */
function reachOf(file: string) {
  const parsed = parseGcode(readFileSync(join(folder, file)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const { points, moveCount, role } = parsed.value.toolpath
  const reach = { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] }
  let extrusions = 0
  for (let move = 0; move < moveCount; move++) {
    if (role[move]! > ROLE.unretract) extrusions++
    for (let axis = 0; axis < 3; axis++) {
      reach.min[axis] = Math.min(reach.min[axis]!, points[3 * move + 3 + axis]!)
      reach.max[axis] = Math.max(reach.max[axis]!, points[3 * move + 3 + axis]!)
    }
  }
  return { ...reach, extrusions }
}

/** Least and greatest place where walls and fill end, mm; purge lines of the start aside. */
function extrudedReach(file: string) {
  const parsed = parseGcode(readFileSync(join(folder, file)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const { points, moveCount, role } = parsed.value.toolpath
  const xs: number[] = []
  const ys: number[] = []
  for (let move = 0; move < moveCount; move++) {
    if (role[move] !== ROLE['outer-wall']) continue
    xs.push(points[3 * move + 3]!)
    ys.push(points[3 * move + 4]!)
  }
  return { min: [Math.min(...xs), Math.min(...ys)], max: [Math.max(...xs), Math.max(...ys)] }
}

/** A project with a block of 12 × 10 × 4 mm at the left of the bed, its layers 0.1 mm. */
function saveProject(name: string, objects: NonNullable<Project['objects']> = [], paint?: ObjectPaint): void {
  const [machine, material, quality] = [BUILTIN_MACHINES.find(({ id }) => id === 'prusa-mk3s')!, BUILTIN_MATERIALS.find(({ id }) => id === 'petg')!, BUILTIN_QUALITIES[0]!]
  const project = { machine, material, quality: { ...quality, id: 'mine', settings: { layerHeightMm: 0.1, firstLayerHeightMm: 0.2 } }, overrides: { skirtLines: 0, thumbnails: false }, objects }
  const mesh = meshOf(boxTriangles([0, 0, 0], [12, 10, 4]))
  writeFileSync(join(folder, name), writeProject([{ name: 'block', mesh, transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 30, 150, 0, 1], ...(paint && { paint }) }], project, { title: 'block' }))
}

describe('gongbang slice of a project', () => {
  it('takes the profiles, settings and places that are in it; options go before them', async () => {
    saveProject('p.3mf')
    const { json } = await slice('p.3mf', '-o', 'p.gcode')
    expect(json).toMatchObject({ ok: true, layers: 39, machine: 'prusa-mk3s', material: 'petg', quality: 'mine' })
    const { min, max } = extrudedReach('p.gcode')
    expect([min[0]! > 30, max[0]! < 42, min[1]! > 150, max[1]! < 160]).toEqual([true, true, true, true])
    const other = await slice('p.3mf', '-o', 'q.gcode', '--set', 'layerHeightMm=0.2', '--material', 'pla')
    expect(other.json).toMatchObject({ layers: 20, machine: 'prusa-mk3s', material: 'pla' })
  }, 60_000)

  it('takes what its objects have of their own: settings, modifiers and paint', async () => {
    saveProject('plain.3mf')
    const { json: plain } = await slice('plain.3mf', '-o', 'plain.gcode')
    saveProject('own.3mf', [{ values: { infillPercent: 100 } }])
    const { json: solid } = await slice('own.3mf', '-o', 'own.gcode')
    expect(solid.filamentCm3).toBeGreaterThan(1.2 * plain.filamentCm3)
    const half = { id: 'm', name: 'half', kind: 'settings', shape: { kind: 'box' }, transform: { positionMm: [0, 5, 2], rotation: [0, 0, 0, 1], scale: [12, 20, 10] }, values: { infillPercent: 100 } } as const
    saveProject('half.3mf', [{ modifiers: [half] }])
    const { json: part } = await slice('half.3mf', '-o', 'half.gcode')
    // Half of what the whole would take more, within the lines that fit into so small a block.
    const share = (part.filamentCm3 - plain.filamentCm3) / (solid.filamentCm3 - plain.filamentCm3)
    expect([share > 0.35, share < 0.65]).toEqual([true, true])
    // The seam goes to the side that is painted.
    saveProject('seam.3mf', [], { seam: { 6: '4', 7: '4' } })
    await slice('seam.3mf', '-o', 'seam.gcode')
    expect(readFileSync(join(folder, 'seam.gcode'))).not.toEqual(readFileSync(join(folder, 'plain.gcode')))
  }, 120_000)

  it('arranges copies of it anew', async () => {
    saveProject('p.3mf')
    expect((await slice('p.3mf', '-o', 'p.gcode', '--copies', '2')).json).toMatchObject({ ok: true, layers: 39, objects: 2 })
  }, 60_000)
})

describe('gongbang slice', () => {
  it('makes G-code with one JSON object on standard output', async () => {
    const { code, json } = await slice('box.stl', '-o', 'box.gcode')
    expect([code, json.ok, json.layers]).toEqual([0, true, 20])
    expect(json.filamentCm3).toBeGreaterThan(0.2)
    expect(readdirSync(folder).toSorted()).toEqual(['box.gcode', 'box.stl'])
  })

  it('keeps every move on the bed, under every built-in machine with one', async () => {
    for (const machine of ['generic-marlin', 'creality-ender-3', 'prusa-mk3s', 'anycubic-kossel']) {
      const { code } = await slice('box.stl', '-o', 'box.gcode', '--machine', machine, '--set', 'brimWidthMm=3')
      expect(code).toBe(0)
      const { min, max, extrusions } = reachOf('box.gcode')
      const side = { 'generic-marlin': 200, 'creality-ender-3': 220, 'prusa-mk3s': 250, 'anycubic-kossel': 90 }[machine]!
      expect(extrusions).toBeGreaterThan(100)
      expect(Math.min(min[0]!, min[1]!)).toBeGreaterThanOrEqual(machine === 'anycubic-kossel' ? -90 : 0)
      expect(Math.max(max[0]!, max[1]!)).toBeLessThanOrEqual(side)
      expect(min[2]).toBeGreaterThanOrEqual(0)
    }
  })

  it('takes the short options, and --set before them', async () => {
    const fine = await slice('box.stl', '-o', 'a.gcode', '--layer-height', '0.1', '--infill', '0%', '--walls', '1')
    expect(fine.json.layers).toBe(39)
    const solid = await slice('box.stl', '-o', 'b.gcode', '--set', 'infillPercent=100', '--set', 'wallCount=3', '--set', 'skirtLines=0')
    // 12 × 10 × 4 mm; within 2 % of the solid's own volume.
    expect(solid.json.filamentCm3 - startLineCm3(join(folder, 'b.gcode'))).toBeGreaterThan(0.48 * 0.98)
    expect(solid.json.filamentCm3 - startLineCm3(join(folder, 'b.gcode'))).toBeLessThan(0.48 * 1.02)
    expect(fine.json.filamentCm3).toBeLessThan(solid.json.filamentCm3)
  })

  it.each([
    ['an unknown setting', ['--set', 'infilPercent=3'], 'Did you mean infillPercent?'],
    ['a value outside its range', ['--set', 'infillPercent=300'], '0 to 100'],
    ['a choice that is none', ['--set', 'seam=left'], 'aligned, nearest, rear'],
    ['a setting without a value', ['--set', 'seam'], 'key=value'],
    ['an unknown profile', ['--profile', 'nobody'], 'creality-ender-3'],
    ['an unknown option', ['--fast'], '--fast'],
  ])('refuses %s, with the valid ones, as a wrong command line', async (_title, options, sentence) => {
    const { code, json, told } = await slice('box.stl', '-o', 'box.gcode', ...options)
    expect([code, json.ok]).toEqual([2, false])
    expect(told.join('\n')).toContain(sentence)
    expect(existsSync(join(folder, 'box.gcode'))).toBe(false)
  })

  it.each([
    ['noise', Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 7919) % 251)), 'bad.stl'],
    ['nothing', Buffer.alloc(0), 'bad.stl'],
    ['a text', Buffer.from('hello'), 'bad.obj'],
  ])('fails on %s with a sentence, and leaves no file behind', async (_title, bytes, name) => {
    writeFileSync(join(folder, name), bytes)
    const { code, json } = await slice(name, '-o', 'bad.gcode')
    expect([code, json.ok]).toEqual([1, false])
    expect(json.problems[0]?.message).toMatch(/^[A-Z“b].{15,}\.$/)
    expect(readdirSync(folder).toSorted()).toEqual(['box.stl', name].toSorted())
  })

  it('refuses a part that is larger than the bed, with its size', async () => {
    writeFileSync(join(folder, 'large.stl'), boxStl(400, 10, 4))
    const { code, json } = await slice('large.stl', '-o', 'large.gcode')
    expect(code).toBe(1)
    expect(json.problems[0]?.message).toMatch(/400/)
    expect(existsSync(join(folder, 'large.gcode'))).toBe(false)
  })

  it('leaves nothing when it is interrupted', async () => {
    const interrupt = new AbortController()
    const { code } = await runLine(['slice', 'box.stl', '-o', 'box.gcode', '--json'], { cwd: folder, signal: interrupt.signal, onProgress: () => interrupt.abort() })
    expect(code).toBe(130)
    expect(readdirSync(folder)).toEqual(['box.stl'])
  })

  it('helps in both languages', async () => {
    expect((await runLine(['slice', '--help'], { cwd: folder })).out).toContain('--layer-height')
    expect((await runLine(['slice', '--help'], { cwd: folder, language: 'ko' })).out).toContain('슬라이싱')
    expect((await runLine(['slcie'], { cwd: folder })).code).toBe(2)
  })
})

/** Filament of the purge lines that the machine's start G-code draws: moves before the first layer. */
function startLineCm3(file: string): number {
  const parsed = parseGcode(readFileSync(file))
  if (!parsed.ok) throw new Error('unreadable')
  const { toolpath } = parsed.value
  let volumeMm3 = 0
  for (let move = 0; move < (toolpath.layers[0]?.firstMove ?? 0); move++) volumeMm3 += Math.max(0, toolpath.volumeMm3[move]!)
  return volumeMm3 / 1000
}

describe.skipIf(!existsSync(MODELS))('the models of the workshop', () => {
  it.each([
    ['cube_20mm.stl', 100, 2.9, 3.2],
    ['3DBenchy.stl', 240, 9.3, 10.4],
    ['Bearing.stl', 75, 12, 15],
  ])('%s has %i layers and a sane amount of filament', async (name, layers, least, most) => {
    const { code, json } = await slice(join(MODELS, name), '-o', 'model.gcode')
    expect([code, json.layers]).toEqual([0, layers])
    expect(json.filamentCm3).toBeGreaterThan(least)
    expect(json.filamentCm3).toBeLessThan(most)
    const { min, max } = reachOf('model.gcode')
    expect(Math.min(...min)).toBeGreaterThanOrEqual(0)
    expect(Math.max(max[0]!, max[1]!)).toBeLessThanOrEqual(200)
  }, 120_000)
})
