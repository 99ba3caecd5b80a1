import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { isClosed } from '../../../shared/mesh/mesh-edges'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import { bytesOf } from './files'

const CORNERS = [[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0], [0, 0, 2], [2, 0, 2], [2, 2, 2], [0, 2, 2]]
const QUADS = [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]

function read(content: string | Uint8Array, name: string) {
  const result = parseModel(typeof content === 'string' ? bytesOf(content) : content, name)
  if (!result.ok) throw new Error(result.problems.map(({ code }) => code).join())
  return { parts: result.value.parts, volumes: result.value.parts.map(({ mesh }) => measureMesh(mesh).volumeMm3), codes: result.problems.map(({ code }) => code) }
}

describe('OBJ', () => {
  const vertices = CORNERS.map((corner) => `v ${corner.join(' ')}`).join('\n')
  const faces = (write: (corner: number) => string) => QUADS.map((quad) => `f ${quad.map(write).join(' ')}`).join('\n')

  it.each([
    ['plain', `${vertices}\n${faces((i) => `${i + 1}`)}`],
    ['with textures and normals', `${vertices}\nvt 0 0\nvn 0 0 1\n${faces((i) => `${i + 1}/1/1`)}`],
    ['with normals alone', `${vertices}\n${faces((i) => `${i + 1}//1`)}`],
    ['with negative numbers', `${vertices}\n${faces((i) => `${i - 8}`)}`],
    ['with colours behind vertices', `${vertices.replaceAll('\n', ' 1 0.5 0\n')}\n${faces((i) => `${i + 1}`)}`],
    ['with continued lines', `${vertices}\n${faces((i) => `${i + 1} \\\n`)}`],
    ['with comments, materials, returns', `# made by hand\r\nmtllib a.mtl\r\n${vertices.replaceAll('\n', '\r\n')}\r\nusemtl red\r\ns off\r\n${faces((i) => `${i + 1}`).replaceAll('\n', '\r\n')}`],
  ])('is read %s', (_title, text) => {
    expect(read(text, 'box.obj')).toMatchObject({ volumes: [8], codes: [] })
  })

  it('gives a part for each closed object', () => {
    const second = CORNERS.map(([x, y, z]) => `v ${x! + 5} ${y} ${z}`).join('\n')
    const { parts, volumes } = read(`o one\n${vertices}\n${faces((i) => `${i + 1}`)}\no two\n${second}\n${faces((i) => `${i + 9}`)}`, 'pair.obj')
    expect(parts.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(volumes).toEqual([8, 8])
  })

  it('gives one part when its groups are patches of one surface', () => {
    const [first, ...rest] = faces((i) => `${i + 1}`).split('\n')
    expect(read(`${vertices}\ng top\n${first}\ng sides\n${rest.join('\n')}`, 'box.obj')).toMatchObject({ volumes: [8] })
  })

  it('splits concave polygons within their outline', () => {
    const outline = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]]
    const text = outline.map(([x, y]) => `v ${x} ${y} 0`).join('\n')
    const { parts } = read(`${text}\nf 1 2 3 4 5`, 'arrow.obj')
    expect(measureMesh(parts[0]!.mesh).areaMm2).toBeCloseTo(10, 6)
  })

  it('loses faces over vertices that it does not have, and says so', () => {
    expect(read(`${vertices}\n${faces((i) => `${i + 1}`)}\nf 1 2 99\nf 0 1 2\nf -99 1 2`, 'box.obj')).toMatchObject({ volumes: [8], codes: ['model/bad-index'] })
  })
})

describe('PLY', () => {
  const header = (format: string, extra = '') => `ply\nformat ${format} 1.0\ncomment by hand\nelement vertex 8\nproperty float x\nproperty float y\nproperty float z\n${extra}element face 6\nproperty list uchar int vertex_indices\nend_header\n`
  const body = `${CORNERS.map((corner) => corner.join(' ')).join('\n')}\n${QUADS.map((quad) => `4 ${quad.join(' ')}`).join('\n')}\n`

  function binary(isLittle: boolean): Uint8Array {
    const head = bytesOf(header(isLittle ? 'binary_little_endian' : 'binary_big_endian', 'property uchar red\nproperty double quality\n'))
    const bytes = new Uint8Array(head.length + 8 * 21 + 6 * 17)
    bytes.set(head)
    const view = new DataView(bytes.buffer, head.length)
    CORNERS.forEach((corner, row) => corner.forEach((value, i) => view.setFloat32(21 * row + 4 * i, value, isLittle)))
    QUADS.forEach((quad, row) => {
      view.setUint8(168 + 17 * row, 4)
      quad.forEach((vertex, i) => view.setInt32(168 + 17 * row + 1 + 4 * i, vertex, isLittle))
    })
    return bytes
  }

  it.each([
    ['as text', bytesOf(header('ascii') + body)],
    ['as text with Windows line ends', bytesOf((header('ascii') + body).replaceAll('\n', '\r\n'))],
    ['binary, little end first, with further properties', binary(true)],
    ['binary, big end first, with further properties', binary(false)],
  ])('is read %s', (_title, bytes) => {
    expect(read(bytes, 'box.ply')).toMatchObject({ volumes: [8], codes: [] })
  })

  it('cut short is read as far as it goes', () => {
    const bytes = binary(true)
    const { parts, codes } = read(bytes.subarray(0, bytes.length - 10), 'box.ply')
    expect(parts[0]!.mesh.indices).toHaveLength(30)
    expect(codes).toEqual(['ply/truncated'])
  })

  it('takes no memory for a count that the file is too short for', () => {
    const lie = header('binary_little_endian').replace('vertex 8', 'vertex 4000000000').replace('face 6', 'face 4000000000')
    const result = parseModel(bytesOf(lie + body), 'lie.ply')
    expect(result.problems.map(({ code }) => code)).toContain('ply/truncated')
  })

  it('of points alone is refused as a scan', () => {
    const result = parseModel(bytesOf(`ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n`), 'scan.ply')
    expect(result.problems.map(({ code }) => code)).toEqual(['ply/point-cloud'])
  })

  it('may have triangle strips', () => {
    const text = `ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n0 0 0\n10 0 0\n0 10 0\n0 0 10\n8 0 2 1 3 0 2 -1 0\n`
    const { parts } = read(text, 'tetra.ply')
    expect(isClosed(parts[0]!.mesh)).toBe(true)
  })
})
