import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import { boxTriangles, cube, type Triangle } from '../mesh/meshes'
import { asciiStl, binaryStl, bytesOf } from './files'

function read(bytes: Uint8Array, name = 'cube.stl') {
  const result = parseModel(bytes, name)
  if (!result.ok) throw new Error(result.problems.map(({ code }) => code).join())
  return {
    parts: result.value.parts,
    triangles: result.value.parts.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0),
    volume: result.value.parts.reduce((sum, { mesh }) => sum + measureMesh(mesh).volumeMm3, 0),
    codes: result.problems.map(({ code }) => code),
  }
}

function refusal(bytes: Uint8Array, name = 'cube.stl'): string[] {
  const result = parseModel(bytes, name)
  return result.ok ? [] : result.problems.map(({ code }) => code)
}

describe('binary STL', () => {
  it('is read and welded', () => {
    const { parts, triangles, volume, codes } = read(binaryStl(cube))
    expect([triangles, volume, codes]).toEqual([12, 8000, []])
    expect(parts[0]!.name).toBe('cube')
    expect(parts[0]!.mesh.positions).toHaveLength(24)
  })

  it('is known by its length even when its header begins with "solid"', () => {
    expect(read(binaryStl(cube, { header: 'solid facet normal' })).volume).toBe(8000)
  })

  it('is read whole when its count is wrong, and says so', () => {
    for (const count of [0, 3, 9999, 0xffffffff]) expect(read(binaryStl(cube, { count }))).toMatchObject({ triangles: 12, codes: ['stl/wrong-count'] })
  })

  it('is read up to where it was cut', () => {
    const bytes = binaryStl(cube)
    expect(read(bytes.subarray(0, bytes.length - 20))).toMatchObject({ triangles: 11, codes: ['stl/truncated'] })
  })

  it('may have bytes behind its triangles', () => {
    const bytes = new Uint8Array(84 + 600 + 36)
    bytes.set(binaryStl(cube))
    expect(read(bytes)).toMatchObject({ triangles: 12, codes: ['stl/trailing-bytes'] })
  })

  it('loses triangles whose corners are no numbers, and says how many', () => {
    const bad: Triangle = [[NaN, 0, 0], [1, 0, 0], [0, 1, 0]]
    const infinite: Triangle = [[0, 0, 0], [Infinity, 0, 0], [0, 1, 0]]
    expect(read(binaryStl([...cube, bad, infinite]))).toMatchObject({ triangles: 12, volume: 8000, codes: ['model/not-finite'] })
  })

  it('joins 0 and -0', () => {
    const negative = cube.map((triangle) => triangle.map((corner) => corner.map((value) => (value === 0 ? -0 : value)))) as unknown as Triangle[]
    expect(read(binaryStl([...cube.slice(0, 6), ...negative.slice(6)])).parts[0]!.mesh.positions).toHaveLength(24)
  })

  it('is not seen in noise', () => {
    let state = 1
    const noise = Uint8Array.from({ length: 5000 }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16)
    expect(refusal(noise)).toEqual(['stl/not-stl'])
  })

  it('without triangles is refused', () => {
    expect(refusal(binaryStl([]))).toEqual(['model/empty'])
    expect(refusal(new Uint8Array())).toEqual(['model/empty-file'])
  })
})

describe('ASCII STL', () => {
  const text = asciiStl(cube)
  it.each([
    ['with a byte order mark', `\ufeff${text}`],
    ['with returns alone', text.replaceAll('\n', '\r')],
    ['with Windows line ends', text.replaceAll('\n', '\r\n')],
    ['in upper case', text.toUpperCase()],
    ['on one line', text.replaceAll('\n', ' ')],
    ['without endsolid', asciiStl(cube, { end: '' })],
    ['with exponents', asciiStl(cube, { number: (value) => value.toExponential(6).replace('e+', 'E+0') })],
    ['with decimal commas', asciiStl(cube, { number: (value) => value.toFixed(3).replace('.', ',') })],
    ['with tabs and many blanks', text.replaceAll(' ', '\t  ')],
    ['with blank lines before', `\n\n  ${text}`],
    ['with a name that speaks of vertices', asciiStl(cube, { name: 'vertex 1 2 3' })],
    ['without a name', asciiStl(cube, { name: '' })],
  ])('is read %s', (_title, changed) => {
    expect(read(bytesOf(changed))).toMatchObject({ triangles: 12, volume: 8000, codes: [] })
  })

  it('gives a part for each closed solid', () => {
    const { parts, volume } = read(bytesOf(asciiStl(cube, { name: 'left' }) + asciiStl(boxTriangles([30, 0, 0], [40, 10, 10]), { name: 'right' })))
    expect(parts.map(({ name }) => name)).toEqual(['left', 'right'])
    expect(volume).toBe(9000)
  })

  it('gives one part when its solids are patches of one surface', () => {
    const { parts, volume } = read(bytesOf(asciiStl(cube.slice(0, 4), { name: 'inlet' }) + asciiStl(cube.slice(4), { name: 'wall' })))
    expect(parts.map(({ name }) => name)).toEqual(['cube'])
    expect(volume).toBe(8000)
  })

  it('cut short loses its last triangle, and says so', () => {
    const cut = text.slice(0, text.lastIndexOf('vertex'))
    expect(read(bytesOf(cut))).toMatchObject({ triangles: 11, codes: ['stl/short-facet'] })
  })

  it('loses triangles with nan, inf and the 1.#QNAN of old programs', () => {
    const odd = ['nan', 'inf', '-NaN', '1.#QNAN'].map((word) => `facet normal 0 0 0\nouter loop\nvertex ${word} 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\n`).join('')
    expect(read(bytesOf(text.replace('endsolid', `${odd}endsolid`)))).toMatchObject({ triangles: 12, codes: ['model/not-finite'] })
  })

  it('may have facets of four corners', () => {
    const quad = 'facet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 1 1 0\nvertex 0 1 0\nendloop\nendfacet\n'
    expect(read(bytesOf(`solid x\n${quad}endsolid x`)).triangles).toBe(2)
  })

  it('keeps fifteen digits of a number', () => {
    const one = (value: string) => `solid\nfacet normal 0 0 1\nouter loop\nvertex ${value} 0 0\nvertex 1e3 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid`
    for (const value of ['0.1', '-123.456789012345', '1.17549435e-38', '+5', '.5', '5.', '0.000000000000000000000001', '123456789012345678901234567890e-20']) {
      expect(read(bytesOf(one(value))).parts[0]!.mesh.positions[0]).toBe(Math.fround(Number(value)))
    }
  })
})
