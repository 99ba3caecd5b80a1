import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../shared/formats/parse-model'
import { repairMesh } from '../../shared/mesh/repair-mesh'
import { asciiStl, binaryStl, bytesOf, meshXml, modelXml, threemf } from '../shared/formats/files'
import { boxTriangles, cube, type Triangle } from '../shared/mesh/meshes'

const float = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 })
const corner = fc.tuple(float, float, float)
const triangles = fc.array(fc.tuple(corner, corner, corner), { minLength: 1, maxLength: 30 }) as fc.Arbitrary<Triangle[]>

function cornersOf(bytes: Uint8Array, name: string): number[] {
  const result = parseModel(bytes, name)
  if (!result.ok) throw new Error(result.problems.map(({ code }) => code).join())
  return result.value.parts.flatMap(({ mesh }) => [...mesh.indices].flatMap((index) => [...mesh.positions.subarray(3 * index, 3 * index + 3)]))
}

describe('any triangles', () => {
  const given = (list: readonly Triangle[]) => list.flat(2).map((value) => Math.fround(value) + 0)

  it('come back from binary STL bit for bit', () => {
    fc.assert(
      fc.property(triangles, (list) => {
        expect(cornersOf(binaryStl(list), 'a.stl')).toEqual(given(list))
      }),
      { seed: 1 },
    )
  })

  it('come back from ASCII STL, OBJ, PLY and 3MF bit for bit', () => {
    fc.assert(
      fc.property(triangles, (list) => {
        const vertices = list.flat()
        const faces = list.map((_, t) => [3 * t, 3 * t + 1, 3 * t + 2])
        const obj = `${vertices.map((one) => `v ${one.join(' ')}`).join('\n')}\n${faces.map((face) => `f ${face.map((i) => i + 1).join(' ')}`).join('\n')}`
        const ply = `ply\nformat ascii 1.0\nelement vertex ${vertices.length}\nproperty float x\nproperty float y\nproperty float z\nelement face ${faces.length}\nproperty list uchar int vertex_index\nend_header\n${vertices.map((one) => one.join(' ')).join('\n')}\n${faces.map((face) => `3 ${face.join(' ')}`).join('\n')}`
        expect(cornersOf(bytesOf(asciiStl(list)), 'a.stl')).toEqual(given(list))
        expect(cornersOf(bytesOf(obj), 'a.obj')).toEqual(given(list))
        expect(cornersOf(bytesOf(ply), 'a.ply')).toEqual(given(list))
        expect(cornersOf(threemf(modelXml(`<resources><object id="1">${meshXml(list)}</object></resources>`, '<item objectid="1"/>')), 'a.3mf')).toEqual(given(list))
      }),
      { seed: 2, numRuns: 60 },
    )
  })
})

describe('damaged files', () => {
  const pair = [...cube, ...boxTriangles([30, 0, 0], [40, 10, 10])]
  const plyHead = 'ply\nformat binary_little_endian 1.0\nelement vertex 8\nproperty float x\nproperty float y\nproperty float z\nelement face 6\nproperty list uchar int vertex_indices\nend_header\n'
  const plyBytes = new Uint8Array(plyHead.length + 96 + 6 * 17).fill(4)
  plyBytes.set(bytesOf(plyHead))
  const samples: readonly (readonly [string, Uint8Array])[] = [
    ['a.stl', binaryStl(pair)],
    ['b.stl', bytesOf(asciiStl(pair))],
    ['c.obj', bytesOf(`o a\n${pair.flat().map((one) => `v ${one.join(' ')}`).join('\n')}\nf 1 2 3\nf -1 -2 -3 -4 \\\n -5\ng b\nf 4/1/1 5//2 6\n`)],
    ['d.ply', plyBytes],
    ['e.3mf', threemf(modelXml(`<metadata name="Title">T</metadata><resources><object id="1">${meshXml(pair)}</object><object id="2"><components><component objectid="1"/></components></object></resources>`, '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 0 0 0"/>'))],
    ['f.model', bytesOf(modelXml('', ''))],
  ]

  it('never make a reader throw, hang, or give a mesh that points outside itself', () => {
    const change = fc.record({ at: fc.nat(), value: fc.nat(255) })
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(change, { maxLength: 12 }), fc.nat(), fc.boolean(), ([name, original], changes, cut, isCut) => {
        const bytes = original.slice(0, isCut ? cut % (original.length + 1) : original.length)
        for (const { at, value } of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
        const result = parseModel(bytes, name)
        const parts = result.ok ? result.value.parts : []
        expect(result.ok || result.problems.length > 0).toBe(true)
        for (const { mesh } of parts) {
          expect(mesh.positions.every(Number.isFinite)).toBe(true)
          expect(mesh.indices.every((index) => index < mesh.positions.length / 3)).toBe(true)
          expect(Number.isNaN(repairMesh(mesh).after.volumeMm3)).toBe(false)
        }
      }),
      { numRuns: 1500, seed: 3 },
    )
  })

  it('never make a reader throw when they are any bytes behind the beginning of a format', () => {
    const starts = ['', 'solid ', 'ply\nformat ascii 1.0\n', 'ply\nformat binary_big_endian 1.0\nelement vertex 9999999\nproperty list uchar double x\n', 'PK\u0003\u0004', 'v 1 2 3\nf ', 'facet normal ']
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 2000 }), fc.constantFrom('a.stl', 'a.obj', 'a.ply', 'a.3mf', 'a'), (start, rest, name) => {
        const bytes = new Uint8Array(start.length + rest.length)
        bytes.set(bytesOf(start))
        bytes.set(rest, start.length)
        const result = parseModel(bytes, name)
        expect(result.ok || result.problems.every(({ code, message }) => code.includes('/') && message.length > 10)).toBe(true)
      }),
      { numRuns: 1000, seed: 4 },
    )
  })
})
