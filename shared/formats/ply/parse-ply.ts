import { failure, success, type Problem, type Result } from '../../units/problem'
import type { OnProgress } from '../../units/progress'
import { cutParts } from '../cut-parts'
import { FaceCollector } from '../face-collector'
import { GrowingFloats } from '../growing-array'
import type { ParsedModel } from '../model'
import { noTriangles } from '../stl/parse-stl'
import { parsePlyHeader, type PlyElement, type PlyHeader } from './ply-header'
import { plyRows } from './ply-rows'

const INDICES = /^vertex_ind(ices|ex)$/
const PROGRESS_EVERY_ROWS = 1 << 17

/** Reads PLY (Stanford): text or binary of both byte orders, vertices with any further properties, polygons and triangle strips. A point cloud is refused. */
export function parsePly(bytes: Uint8Array, name: string, onProgress?: OnProgress): Result<ParsedModel> {
  const header = parsePlyHeader(bytes)
  if (!header.ok) return header
  const vertices = header.value.elements.find((element) => element.name === 'vertex')
  const axes = ['x', 'y', 'z'].map((axis) => vertices?.properties.findIndex((property) => property.name === axis && property.countType === undefined) ?? -1)
  if (axes.includes(-1)) return failure({ code: 'ply/no-vertices', severity: 'error', message: 'The PLY file has no vertices with x, y and z. Export the model again.' })
  if (!header.value.elements.some(hasFaces)) {
    return failure({ code: 'ply/point-cloud', severity: 'error', values: { count: vertices?.count ?? 0 }, message: 'The file holds points without faces (a scan). Make a surface of it in the scanning program and export that.' })
  }
  const { positions, faces, problems } = readElements(bytes, header.value, { axes, onProgress })
  const all = [...problems, ...faces.problems()]
  if (faces.length === 0) return failure(noTriangles(), ...all)
  onProgress?.({ stage: 'weld', done: 0, total: 1 })
  const metadata: Record<string, string> = header.value.comments.length > 0 ? { comment: header.value.comments.slice(0, 20).join('\n').slice(0, 2000) } : {}
  return success({ format: 'ply', parts: cutParts(faces.mesh(positions.filled()), [], name), metadata }, all)
}

function hasFaces({ name, count, properties }: PlyElement): boolean {
  return count > 0 && (name === 'face' || name === 'tristrips') && properties.some((property) => property.countType !== undefined && INDICES.test(property.name))
}

interface ReadOptions {
  readonly axes: readonly number[]
  readonly onProgress: OnProgress | undefined
}

function readElements(bytes: Uint8Array, header: PlyHeader, { axes: [x, y, z], onProgress }: ReadOptions) {
  // A count in the header is believed only as far as the file has bytes for it.
  const positions = new GrowingFloats(3 * bounded(header, 'vertex', bytes.length))
  const faces = new FaceCollector(2 * bounded(header, 'face', bytes.length))
  const problems: Problem[] = []
  const rows = plyRows(bytes, header)
  for (const element of header.elements) {
    let row = 0
    const visit = visitorOf(element, { positions, faces, axes: [x, y, z] })
    const found = rows.read(element, INDICES, (numbers, list) => {
      visit(numbers, list)
      if (++row % PROGRESS_EVERY_ROWS === 0) onProgress?.({ stage: 'parse', done: rows.at, total: bytes.length })
    })
    if (found < element.count) {
      problems.push({ code: 'ply/truncated', severity: 'warning', values: { element: element.name, stated: element.count, found }, message: `The file ends early: ${found} of ${element.count} rows “${element.name}” could be read. Copy or download it again.` })
      break
    }
  }
  return { positions, faces, problems }
}

interface Target {
  readonly positions: GrowingFloats
  readonly faces: FaceCollector
  readonly axes: readonly [number, number, number]
}

function visitorOf({ name }: PlyElement, { positions, faces, axes: [x, y, z] }: Target): (numbers: Float64Array, list: readonly number[]) => void {
  if (name === 'vertex') return (numbers) => positions.push3(numbers[x], numbers[y], numbers[z])
  if (name === 'face') {
    return (_, list) => {
      if (list.length >= 3) faces.add(positions.values, positions.length / 3, list)
    }
  }
  if (name === 'tristrips') return (_, list) => addStrips(list, (corners) => faces.add(positions.values, positions.length / 3, corners))
  return () => undefined
}

/** Strips end at -1; every second triangle of one is turned. */
function addStrips(list: readonly number[], add: (corners: readonly number[]) => void): void {
  let start = 0
  for (let i = 0; i < list.length; i++) {
    if (list[i] < 0) start = i + 1
    else if (i - start >= 2) add((i - start) % 2 === 0 ? [list[i - 2], list[i - 1], list[i]] : [list[i - 1], list[i - 2], list[i]])
  }
}

function bounded({ elements }: PlyHeader, name: string, byteLength: number): number {
  const element = elements.find((one) => one.name === name)
  return Math.min(element?.count ?? 0, Math.ceil(byteLength / 4))
}
