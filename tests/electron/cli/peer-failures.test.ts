import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLine } from './test-terminal'

// Files on which PrusaSlicer 2.5 or CuraEngine 4.13 (as installed from Debian) print a stump, write an empty file and say it went well, refuse, or abort.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Corner = readonly [number, number, number]
const SIDES = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]] as const

/** Triangles of a box on the bed, facing outward. */
function boxTriangles(x: number, y: number, z: number): Corner[][] {
  const corner = (i: number): Corner => [i & 1 ? x : 0, i & 2 ? y : 0, i & 4 ? z : 0]
  return SIDES.flatMap(([a, b, c, d]) => [[corner(a), corner(b), corner(c)], [corner(a), corner(c), corner(d)]])
}

function asciiStl(triangles: readonly (readonly Corner[])[], { newline = '\n', decimal = '.', isUpper = false } = {}): string {
  const number = (value: number) => value.toFixed(4).replace('.', decimal)
  const lines = ['solid part', ...triangles.flatMap((corners) => ['facet normal 0 0 0', 'outer loop', ...corners.map((corner) => `vertex ${corner.map(number).join(' ')}`), 'endloop', 'endfacet']), 'endsolid part', '']
  const text = lines.join(newline)
  return isUpper ? text.toUpperCase() : text
}

function binaryStl(triangles: readonly (readonly Corner[])[]): Buffer {
  const bytes = Buffer.alloc(84 + 50 * triangles.length)
  bytes.writeUInt32LE(triangles.length, 80)
  triangles.forEach((corners, t) => corners.forEach((corner, c) => corner.forEach((value, axis) => bytes.writeFloatLE(value, 84 + 50 * t + 12 + 12 * c + 4 * axis))))
  return bytes
}

interface Sliced {
  readonly code: number
  readonly layers?: number
  readonly filamentCm3?: number
  readonly extrusionMm?: number
  readonly repairs?: readonly { readonly kind: string }[]
  readonly problems?: readonly { readonly code: string; readonly message: string }[]
}

async function slice(name: string, bytes: string | Buffer, ...options: readonly string[]): Promise<Sliced> {
  writeFileSync(join(folder, name), bytes)
  const { code, out } = await runLine(['slice', name, '-o', 'out.gcode', '--set', 'skirtLines=0', '--set', 'thumbnails=false', ...options, '--json'], { cwd: folder })
  return { code, ...(JSON.parse(out) as object) }
}

const cube = boxTriangles(10, 10, 10)

/** What the whole cube takes. */
async function wholeCube(): Promise<number> {
  return (await slice('whole.stl', binaryStl(cube))).filamentCm3!
}

describe('where other slicers print a stump', () => {
  it.each(Array.from({ length: 12 }, (_, i) => i))('prints a cube without its triangle %i whole, and says what was mended', async (missing) => {
    const { code, layers, filamentCm3, repairs } = await slice('open.stl', binaryStl(cube.filter((_, i) => i !== missing)))
    expect([code, layers]).toEqual([0, 50])
    expect(Math.abs(filamentCm3! / (await wholeCube()) - 1)).toBeLessThan(0.01)
    expect(repairs!.map(({ kind }) => kind)).toContain('close-holes')
  })
})

describe('where other slicers write an empty file and say that it went well, or refuse what can be read', () => {
  it.each([
    ['a byte order mark', () => `\uFEFF${asciiStl(cube)}`],
    ['decimal commas', () => asciiStl(cube, { decimal: ',' })],
    ['carriage returns alone as line ends', () => asciiStl(cube, { newline: '\r' })],
    ['upper-case keywords', () => asciiStl(cube, { isUpper: true })],
    ['bytes behind the last triangle', () => Buffer.concat([binaryStl(cube), Buffer.from('made by some exporter')])],
  ] as const)('prints a cube whose file has %s', async (_what, file) => {
    const { code, layers, filamentCm3 } = await slice('cube.stl', file())
    expect([code, layers]).toEqual([0, 50])
    expect(Math.abs(filamentCm3! / (await wholeCube()) - 1)).toBeLessThan(0.01)
  })

  it('prints a cube one of whose vertices is no number, and says that a triangle was lost', async () => {
    const { code, layers } = await slice('nan.stl', asciiStl(cube).replace('vertex 10.0000 10.0000 10.0000', 'vertex nan 10.0000 10.0000'))
    expect([code, layers]).toEqual([0, 50])
  })

  it('prints an OBJ whose faces have four corners', async () => {
    const vertices = Array.from({ length: 8 }, (_, i) => `v ${i & 1 ? 10 : 0} ${i & 2 ? 10 : 0} ${i & 4 ? 10 : 0}`)
    const { code, layers, filamentCm3 } = await slice('quads.obj', [...vertices, ...SIDES.map((side) => `f ${side.map((i) => i + 1).join(' ')}`), ''].join('\n'))
    expect([code, layers]).toEqual([0, 50])
    expect(Math.abs(filamentCm3! / (await wholeCube()) - 1)).toBeLessThan(0.01)
  })

  it.each([0.3, 0.7])('prints a wall of %d mm as continuous lines of its volume', async (widthMm) => {
    const { code, layers, filamentCm3 } = await slice('wall.stl', binaryStl(boxTriangles(30, widthMm, 5)))
    expect([code, layers]).toEqual([0, 25])
    expect(Math.abs((filamentCm3! * 1000) / (30 * widthMm * 5) - 1)).toBeLessThan(0.08)
  })
})

describe('where other slicers say that an empty file is a success, or abort', () => {
  it('refuses random bytes, with a reason, and leaves no file', async () => {
    const { code, problems } = await slice('random.stl', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + ((i * i) % 251)) & 255)))
    expect(code).toBe(1)
    expect(problems!.length).toBeGreaterThan(0)
  })

  it('refuses an open sheet, and says that it is no solid', async () => {
    const sheet: Corner[][] = [[[0, 0, 0], [20, 0, 0], [20, 20, 3]], [[0, 0, 0], [20, 20, 3], [0, 20, 1]]]
    const { code, problems } = await slice('sheet.stl', binaryStl(sheet))
    expect(code).toBe(1)
    expect(problems!.map(({ message }) => message).join(' ')).toMatch(/solid|sheet|closed/i)
  })

  it('refuses a part that is larger than the bed with its size and that of the bed, and ends cleanly', async () => {
    const { code, problems } = await slice('large.stl', binaryStl(boxTriangles(400, 30, 5)), '--volume', '200x200x200')
    expect(code).toBe(1)
    expect(problems!.map(({ message }) => message).join(' ')).toMatch(/400.*200/s)
  })
})
