import { isClosed } from '../../mesh/mesh-edges'
import { weldTriangles } from '../../mesh/weld-mesh'
import { failure, success, type Problem, type Result } from '../../units/problem'
import type { OnProgress } from '../../units/progress'
import type { ModelPart, ParsedModel } from '../model'
import { parseStlAscii, type StlSolid } from './parse-stl-ascii'
import { isExactBinaryStl, parseStlBinary } from './parse-stl-binary'

/** Files with more solids than this are read as one part: no plate has so many. */
const MAX_PARTS = 1000

/** Reads STL, ASCII or binary as the bytes say: a binary file may begin with "solid", so its length is asked first. */
export function parseStl(bytes: Uint8Array, name: string, onProgress?: OnProgress): Result<ParsedModel> {
  if (!isExactBinaryStl(bytes) && looksLikeAsciiStl(bytes)) return fromAscii(bytes, name, onProgress)
  const read = parseStlBinary(bytes, onProgress)
  if (read === undefined) return failure({ code: 'stl/not-stl', severity: 'error', message: 'This is no STL file, or it is damaged: its numbers make no triangles. Export the model again.' })
  if (read.corners.length === 0) return failure(noTriangles(), ...read.problems)
  onProgress?.({ stage: 'weld', done: 0, total: 1 })
  return success(model([{ name, mesh: weldTriangles(read.corners) }]), read.problems)
}

/** Whether the first kilobytes are STL text: "solid" or "facet" first, and a facet or an end soon. */
export function looksLikeAsciiStl(bytes: Uint8Array): boolean {
  let start = ''
  for (let i = 0; i < Math.min(bytes.length, 4096); i++) {
    const byte = bytes[i]
    if (byte === 0) return false
    start += String.fromCharCode(byte)
  }
  return /^(\u00ef\u00bb\u00bf)?\s*(solid\b[^]*?(\bfacet\b|\bendsolid\b|\bvertex\b)|facet\s+normal\b)/i.test(start)
}

/** The refusal of a file without triangles. */
export function noTriangles(): Problem {
  return { code: 'model/empty', severity: 'error', message: 'The file has no triangles, so there is nothing to make. Export the model again, with its surfaces.' }
}

function fromAscii(bytes: Uint8Array, name: string, onProgress?: OnProgress): Result<ParsedModel> {
  const { solids, problems } = parseStlAscii(bytes, onProgress)
  if (solids.length === 0) return failure(noTriangles(), ...problems)
  onProgress?.({ stage: 'weld', done: 0, total: 1 })
  return success(model(partsOf(solids, name)), problems)
}

/** Each solid is a part, unless some are open: then they are patches of one surface, as simulation programs write them. */
function partsOf(solids: readonly StlSolid[], name: string): readonly ModelPart[] {
  if (solids.length > 1 && solids.length <= MAX_PARTS) {
    const parts = solids.map((solid, index) => ({ name: solid.name || `${name} ${index + 1}`, mesh: weldTriangles(solid.corners) }))
    if (parts.every(({ mesh }) => isClosed(mesh))) return parts
  }
  const all = new Float32Array(solids.reduce((sum, { corners }) => sum + corners.length, 0))
  let at = 0
  for (const { corners } of solids) {
    all.set(corners, at)
    at += corners.length
  }
  return [{ name, mesh: weldTriangles(all) }]
}

function model(parts: readonly ModelPart[]): ParsedModel {
  return { format: 'stl', parts, metadata: {} }
}
