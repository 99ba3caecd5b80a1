import { failure, success, type Result } from '../../units/problem'
import type { OnProgress } from '../../units/progress'
import { AsciiScanner } from '../ascii-scanner'
import { cutParts, type PartRange } from '../cut-parts'
import { FaceCollector } from '../face-collector'
import { GrowingFloats } from '../growing-array'
import type { ParsedModel } from '../model'
import { noTriangles } from '../stl/parse-stl'

const V = 118
const F = 102
const O = 111
const G = 103
const BACKSLASH = 92
const PROGRESS_EVERY_BYTES = 1 << 23

/**
 * Reads Wavefront OBJ: vertices, faces of any number of corners (also by negative numbers), objects and groups as parts. Colours, normals, textures,
 * materials, lines and curves are passed over.
 */
export function parseObj(bytes: Uint8Array, name: string, onProgress?: OnProgress): Result<ParsedModel> {
  const reader = new ObjReader(bytes, onProgress)
  reader.read()
  const problems = reader.faces.problems()
  if (reader.faces.length === 0) return failure(noTriangles(), ...problems)
  onProgress?.({ stage: 'weld', done: 0, total: 1 })
  return success({ format: 'obj', parts: cutParts(reader.faces.mesh(reader.positions.filled()), reader.ranges, name), metadata: {} }, problems)
}

class ObjReader {
  readonly positions: GrowingFloats
  readonly faces: FaceCollector
  readonly ranges: PartRange[] = []
  private readonly scan: AsciiScanner
  private readonly corners: number[] = []
  private partName = ''
  private partFrom = 0

  constructor(
    bytes: Uint8Array,
    private readonly onProgress?: OnProgress,
  ) {
    this.scan = new AsciiScanner(bytes, bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0)
    // A vertex and its two faces take about 75 bytes; the blocks grow when they are shorter.
    this.positions = new GrowingFloats(Math.ceil(bytes.length / 75) * 3)
    this.faces = new FaceCollector(Math.ceil(bytes.length / 40))
  }

  read(): void {
    const { scan } = this
    let reportAt = scan.at + PROGRESS_EVERY_BYTES
    while (!scan.isDone) {
      scan.skipBlank()
      this.statement()
      scan.nextLine()
      if (scan.at >= reportAt) {
        this.onProgress?.({ stage: 'parse', done: scan.at, total: scan.end })
        reportAt = scan.at + PROGRESS_EVERY_BYTES
      }
    }
    this.endPart()
  }

  private statement(): void {
    const { scan } = this
    const letter = scan.peek()
    const follows = scan.at + 1 < scan.end ? scan.bytes[scan.at + 1] : 10
    if (follows !== 32 && follows !== 9) return
    scan.at++
    if (letter === V) this.positions.push3(this.coordinate(), this.coordinate(), this.coordinate())
    else if (letter === F) this.face()
    else if (letter === O || letter === G) {
      this.endPart()
      this.partName = scan.restOfLine()
    }
  }

  private coordinate(): number {
    this.skipContinuation()
    return this.scan.number()
  }

  /** `f 1 2 3`, `f 1/1/1 2/2/2 -1//3`: only the number before the slash counts. */
  private face(): void {
    const { scan, corners } = this
    const vertexCount = this.positions.length / 3
    corners.length = 0
    for (;;) {
      this.skipContinuation()
      const number = scan.integer()
      if (Number.isNaN(number)) break
      // Zero is no vertex: it stays out of range.
      corners.push(number < 0 ? vertexCount + number : number === 0 ? -1 : number - 1)
      if (scan.peek() > 32) skipSlashes(scan)
    }
    if (corners.length >= 3) this.faces.add(this.positions.values, vertexCount, corners)
  }

  /** A backslash before the line's end goes on in the next line. */
  private skipContinuation(): void {
    const { scan } = this
    scan.skipSpaces()
    while (scan.peek() === BACKSLASH) {
      scan.nextLine()
      scan.skipSpaces()
    }
  }

  private endPart(): void {
    if (this.faces.length > this.partFrom) this.ranges.push({ name: this.partName, from: this.partFrom, to: this.faces.length })
    this.partFrom = this.faces.length
  }
}

function skipSlashes(scan: AsciiScanner): void {
  const { bytes, end } = scan
  let at = scan.at
  while (at < end && bytes[at] > 32 && bytes[at] !== BACKSLASH) at++
  scan.at = at
}
