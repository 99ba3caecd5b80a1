import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectModel } from '../../../electron/cli/inspect-model'
import { loadPlate, type PlateOptions } from '../../../electron/cli/load-plate'
import { CommandFailure, UsageError, type Terminal } from '../../../electron/cli/terminal'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { meshXml, modelXml, threemf, binaryStl } from '../../shared/formats/files'
import { boxTriangles, cube } from '../../shared/mesh/meshes'

const machine = { ...BUILTIN_MACHINES[0]!, volume: { xMm: 200, yMm: 200, zMm: 100, origin: 'corner', shape: 'rectangle' } } as const
const once: PlateOptions = { machine, unit: undefined, copies: 1, isRepairing: true }

let folder: string
let told: string[]
let terminal: Terminal
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plate-'))
  told = []
  terminal = { language: 'en', cwd: folder, env: {}, signal: new AbortController().signal, write: () => undefined, tell: (line) => told.push(line), progress: () => undefined, endProgress: () => undefined }
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

describe('a plate', () => {
  it('has one model in the middle, standing on the bed', async () => {
    const { objects } = await loadPlate([file('box.stl', binaryStl(boxTriangles([50, 50, 50], [70, 80, 60])))], terminal, once)
    expect(objects.map(({ mesh, transform }) => meshBox(mesh, transform))).toEqual([{ min: [90, 85, 0], max: [110, 115, 10] }])
  })

  it('has copies apart from each other', async () => {
    const { objects } = await loadPlate([file('cube.stl', binaryStl(cube))], terminal, { ...once, copies: 12 })
    const boxes = objects.map(({ mesh, transform }) => meshBox(mesh, transform))
    expect(boxes).toHaveLength(12)
    for (const [i, a] of boxes.entries()) for (const b of boxes.slice(0, i)) expect(Math.max(a.min[0] - b.max[0], b.min[0] - a.max[0], a.min[1] - b.max[1], b.min[1] - a.max[1])).toBeGreaterThan(5.99)
  })

  it('says what was repaired', async () => {
    const { repairs } = await loadPlate([file('open.stl', binaryStl(cube.slice(2)))], terminal, once)
    expect(repairs).toEqual([{ file: 'open.stl', part: 'open', kind: 'close-holes', count: 1 }])
    expect(told).toEqual(['open was repaired: closed 1 hole.'])
  })

  it('warns of what is open when it may not repair', async () => {
    const { problems, repairs } = await loadPlate([file('open.stl', binaryStl(cube.slice(2)))], terminal, { ...once, isRepairing: false })
    expect([problems.map(({ code }) => code), repairs]).toEqual([['mesh/still-open'], []])
  })

  it('keeps the parts of a file where they are to each other', async () => {
    const model = modelXml(`<resources><object id="1">${meshXml(cube)}</object></resources>`, '<item objectid="1"/><item objectid="1" transform="1 0 0 0 1 0 0 0 1 0 0 20"/>')
    const { objects } = await loadPlate([file('tower.3mf', threemf(model))], terminal, once)
    expect(objects.map(({ mesh, transform }) => meshBox(mesh, transform).min)).toEqual([[90, 90, 0], [90, 90, 20]])
  })

  it('spreads the parts of a file that is larger than the bed', async () => {
    const model = modelXml(`<resources><object id="1">${meshXml(cube)}</object></resources>`, '<item objectid="1"/><item objectid="1" transform="1 0 0 0 1 0 0 0 1 500 0 0"/>')
    const { objects } = await loadPlate([file('far.3mf', threemf(model))], terminal, once)
    expect(objects.map(({ mesh, transform }) => meshBox(mesh, transform).max[0] <= 200)).toEqual([true, true])
  })

  it('doubts a size below 2 mm, and believes a unit that is given', async () => {
    const path = file('inches.stl', binaryStl(boxTriangles([0, 0, 0], [0.8, 0.8, 0.8])))
    expect((await loadPlate([path], terminal, once)).problems).toMatchObject([{ code: 'model/suspicious-unit', values: { unit: 'inch' } }])
    const { objects, problems } = await loadPlate([path], terminal, { ...once, unit: 'inch' })
    expect(problems).toEqual([])
    expect(meshBox(objects[0]!.mesh).max[0]).toBeCloseTo(20.32, 3)
    await expect(loadPlate([path], terminal, { ...once, unit: 'parsec' })).rejects.toThrow(UsageError)
  })

  it.each([
    ['an open sheet', binaryStl(cube.slice(0, 2)), 'mesh/sheet'],
    ['an empty file', new Uint8Array(), 'model/empty-file'],
    ['noise', Uint8Array.from({ length: 900 }, (_, i) => (i * i * 31) % 251), 'stl/not-stl'],
    ['what is wider than the bed', binaryStl(boxTriangles([0, 0, 0], [300, 10, 10])), 'arrange/too-large'],
    ['what is taller than the machine', binaryStl(boxTriangles([0, 0, 0], [10, 10, 101])), 'arrange/too-tall'],
  ])('refuses %s', async (_title, bytes, code) => {
    const failure = await loadPlate([file('bad.stl', bytes)], terminal, once).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CommandFailure)
    expect((failure as CommandFailure).problems.map((problem) => problem.code)).toEqual([code])
  })
})

describe('inspecting a model', () => {
  it('tells what it is and what a repair would do, in both languages', () => {
    const bytes = binaryStl(cube.slice(2))
    const { json, text } = inspectModel(bytes, 'open.stl', terminal)
    expect(json).toMatchObject({ ok: true, kind: 'model', format: 'stl', triangles: 10, sizeMm: [20, 20, 20], isWatertight: false, parts: [{ name: 'open', report: { holeCount: 1 }, repair: { steps: [{ kind: 'close-holes', count: 1 }], report: { isWatertight: true } } }] })
    expect(text).toContain('closed 1 hole')
    expect(inspectModel(bytes, 'open.stl', { ...terminal, language: 'ko' }).text).toContain('구멍 1개를 막았습니다')
    expect(() => JSON.stringify(json)).not.toThrow()
  })

  it('ends with exit code 1 when nothing is solid', () => {
    expect(inspectModel(binaryStl(cube.slice(0, 2)), 'sheet.stl', terminal)).toMatchObject({ exitCode: 1, json: { ok: false } })
  })
})
