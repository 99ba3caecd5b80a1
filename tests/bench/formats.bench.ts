import { it, expect } from 'vitest'
import { parseModel } from '../../shared/formats/parse-model'
import { diagnoseMesh } from '../../shared/mesh/diagnose-mesh'
import { repairMesh } from '../../shared/mesh/repair-mesh'
import { weldTriangles } from '../../shared/mesh/weld-mesh'
import { asciiStl, binaryStl, bytesOf, meshXml, modelXml, threemf } from '../shared/formats/files'
import { cornersOf, type Triangle } from '../shared/mesh/meshes'

/** A wavy ball of 2 n² triangles: numbers with as many digits as those of real models. */
function wavyBall(n: number): Triangle[] {
  const at = (i: number, j: number) => {
    const [polar, around] = [(Math.PI * i) / n, (2 * Math.PI * (j % n)) / n]
    const ring = i === 0 || i === n ? 0 : Math.sin(polar)
    const radius = 40 + Math.sin(9 * polar) * Math.cos(7 * around) * ring
    return [Math.fround(radius * ring * Math.cos(around)), Math.fround(radius * ring * Math.sin(around)), Math.fround(radius * Math.cos(polar))] as const
  }
  return Array.from({ length: n * n }, (_, k): Triangle[] => {
    const [i, j] = [Math.floor(k / n), k % n]
    return [[at(i, j), at(i + 1, j), at(i + 1, j + 1)], [at(i, j), at(i + 1, j + 1), at(i, j + 1)]]
  }).flat()
}

function best(work: () => void): number {
  return Math.min(...Array.from({ length: 4 }, () => {
    const startMs = performance.now()
    work()
    return performance.now() - startMs
  }))
}

const triangles = wavyBall(330)
const number = (value: number) => value.toFixed(6)

it('reads each format', () => {
  const text = { vertices: triangles.flat().map((corner) => corner.map(number)), faces: triangles.map((_, t) => [3 * t, 3 * t + 1, 3 * t + 2]) }
  const obj = `${text.vertices.map((one) => `v ${one.join(' ')}`).join('\n')}\n${text.faces.map((face) => `f ${face.map((i) => i + 1).join(' ')}`).join('\n')}`
  const ply = `ply\nformat ascii 1.0\nelement vertex ${text.vertices.length}\nproperty float x\nproperty float y\nproperty float z\nelement face ${text.faces.length}\nproperty list uchar int vertex_index\nend_header\n${text.vertices.map((one) => one.join(' ')).join('\n')}\n${text.faces.map((face) => `3 ${face.join(' ')}`).join('\n')}`
  const model = modelXml(`<resources><object id="1">${meshXml(triangles)}</object></resources>`, '<item objectid="1"/>')
  const files: readonly (readonly [string, Uint8Array, number?])[] = [
    ['binary.stl', binaryStl(triangles)],
    ['ascii.stl', bytesOf(asciiStl(triangles, { number }))],
    ['mesh.obj', bytesOf(obj)],
    ['mesh.ply', bytesOf(ply)],
    ['mesh.3mf', threemf(model), model.length],
  ]
  for (const [name, bytes, unpacked = bytes.length] of files) {
    const ms = best(() => expect(parseModel(bytes, name).ok).toBe(true))
    console.log(`${name.padEnd(11)} ${(unpacked / 1e6).toFixed(1).padStart(6)} MB  ${ms.toFixed(0).padStart(5)} ms  ${(unpacked / 1e3 / ms).toFixed(0).padStart(5)} MB/s (with weld)`)
  }
})

it('welds, diagnoses and repairs a million triangles', () => {
  const corners = cornersOf(wavyBall(707))
  const mesh = weldTriangles(corners)
  const open = { positions: mesh.positions, indices: mesh.indices.slice(30_000) }
  const report = (title: string, work: () => void) => console.log(`${title.padEnd(28)} ${best(work).toFixed(0).padStart(6)} ms of ${mesh.indices.length / 3} triangles`)
  report('weld', () => weldTriangles(corners))
  report('diagnose', () => diagnoseMesh(mesh))
  report('diagnose, with a hole', () => diagnoseMesh(open))
  report('repair, with a hole', () => repairMesh(open))
  expect(repairMesh(open).after.isWatertight).toBe(true)
})
