import type { Problem } from '../../units/problem'
import type { OnProgress } from '../../units/progress'

const HEADER_BYTES = 84
const FACET_BYTES = 50
/** Coordinates beyond this are noise: no part is a thousand kilometres long. */
const LARGEST = 1e9
const PROGRESS_EVERY = 1 << 17

/** Loose triangles of a file: nine numbers a triangle. */
export interface StlFacets {
  readonly corners: Float32Array
  readonly problems: readonly Problem[]
}

/**
 * Reads binary STL; the count in the header is believed only as far as the file's length bears it out. Facets with NaN or infinite corners are
 * left out and counted. Normals and attribute bytes (colours) are ignored: the order of corners tells the side.
 * Returns undefined when the bytes are no STL (the length doesn't fit the count, and most facets hold impossible numbers).
 */
export function parseStlBinary(bytes: Uint8Array, onProgress?: OnProgress): StlFacets | undefined {
  if (bytes.length < HEADER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stated = view.getUint32(80, true)
  const { count, problems } = facetCount(view, stated)
  // A length that fits the count is proof enough.
  if (count > 0 && !isExactBinaryStl(bytes) && !isPlausible(view, 0, count)) return undefined
  const read = readFacets(bytes, count, onProgress)
  if (read.length === 9 * count) return { corners: read, problems }
  const dropped = count - read.length / 9
  return { corners: read, problems: [...problems, notFinite(dropped)] }
}

/** The warning for facets whose corners are no numbers. */
export function notFinite(count: number): Problem {
  return { code: 'model/not-finite', severity: 'warning', values: { count }, message: `${count} triangles have corners that are no numbers (NaN or infinite). They were left out.` }
}

/** Whether the length is exactly what the header's count asks for. */
export function isExactBinaryStl(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false
  const stated = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(80, true)
  return stated > 0 && HEADER_BYTES + FACET_BYTES * stated === bytes.length
}

function facetCount(view: DataView, stated: number): { count: number; problems: Problem[] } {
  const body = view.byteLength - HEADER_BYTES
  const present = Math.floor(body / FACET_BYTES)
  const rest = body - FACET_BYTES * present
  const wrongCount = (): Problem => ({ code: 'stl/wrong-count', severity: 'warning', values: { stated, found: present }, message: `The header says ${stated} triangles, the file has ${present}. All of them were read.` })
  if (stated > present) {
    if (rest === 0) return { count: present, problems: [wrongCount()] }
    return { count: present, problems: [{ code: 'stl/truncated', severity: 'warning', values: { stated, found: present }, message: `The file ends in the middle of a triangle: ${present} of ${stated} could be read. Copy or download it again.` }] }
  }
  const trailing = body - FACET_BYTES * stated
  if (trailing === 0) return { count: stated, problems: [] }
  const isWhole = rest === 0 && isPlausible(view, stated, present)
  if (isWhole || stated === 0) return { count: present, problems: [wrongCount()] }
  return { count: stated, problems: [{ code: 'stl/trailing-bytes', severity: 'info', values: { bytes: trailing }, message: `${trailing} bytes stand behind the last triangle. They were ignored.` }] }
}

/** Whether most facets of a range (a thousand of them are looked at) hold coordinates that a model can have. */
function isPlausible(view: DataView, from: number, to: number): boolean {
  const step = Math.max(1, Math.floor((to - from) / 1000))
  let looked = 0
  let bad = 0
  for (let facet = from; facet < to; facet += step) {
    looked++
    const at = HEADER_BYTES + FACET_BYTES * facet
    for (let k = 3; k < 12; k++) {
      const value = Math.abs(view.getFloat32(at + 4 * k, true))
      // Written so that NaN counts as bad; numbers near the smallest that a float can hold are other data read as floats.
      if (!(value <= LARGEST) || (value > 0 && value < 1e-30)) {
        bad++
        break
      }
    }
  }
  return bad <= looked / 2
}

/** A facet is 50 bytes, so its floats are never aligned twice in a row: the twelve are copied through an aligned window. */
function readFacets(bytes: Uint8Array, count: number, onProgress?: OnProgress): Float32Array {
  const corners = new Float32Array(9 * count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let filled = 0
  for (let facet = 0; facet < count; facet++) {
    const at = HEADER_BYTES + FACET_BYTES * facet + 12
    let sum = 0
    for (let k = 0; k < 9; k++) {
      const value = view.getFloat32(at + 4 * k, true)
      corners[filled + k] = value
      sum += Math.abs(value)
    }
    if (sum < LARGEST * 9) filled += 9
    if (facet % PROGRESS_EVERY === 0) onProgress?.({ stage: 'parse', done: facet, total: count })
  }
  return filled === corners.length ? corners : corners.slice(0, filled)
}
