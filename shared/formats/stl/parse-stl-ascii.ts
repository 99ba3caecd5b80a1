import type { Problem } from '../../units/problem'
import type { OnProgress } from '../../units/progress'
import { AsciiScanner } from '../ascii-scanner'
import { GrowingFloats } from '../growing-array'
import { notFinite } from './parse-stl-binary'

const V = 118
const F = 102
const S = 115
const E = 101
const PROGRESS_EVERY_BYTES = 1 << 23

/** One `solid ... endsolid` of a file: loose triangles, nine numbers each. */
export interface StlSolid {
  readonly name: string
  readonly corners: Float32Array
}

/** The solids of an ASCII file and what was odd about them. */
export interface StlSolids {
  readonly solids: readonly StlSolid[]
  readonly problems: readonly Problem[]
}

/**
 * Reads ASCII STL by its `vertex` words alone: upper case, any line ends or none, missing `endsolid`, normals of any kind, polygons of more than
 * three corners (fanned), decimal commas and several solids are taken. A facet that ends early is left out and said. The bytes may begin with a BOM.
 */
export function parseStlAscii(bytes: Uint8Array, onProgress?: OnProgress): StlSolids {
  return new StlAsciiReader(bytes, onProgress).read()
}

class StlAsciiReader {
  private readonly scan: AsciiScanner
  private readonly solids: StlSolid[] = []
  private readonly corners: GrowingFloats
  private readonly loop: number[] = []
  private solidStart = 0
  private name = ''
  private short = 0
  private bad = 0

  constructor(
    bytes: Uint8Array,
    private readonly onProgress?: OnProgress,
  ) {
    this.scan = new AsciiScanner(bytes, bytes[0] === 0xef ? 3 : 0)
    // A facet takes about 250 bytes of text; the block grows when they are shorter.
    this.corners = new GrowingFloats(Math.ceil(bytes.length / 250) * 9)
  }

  read(): StlSolids {
    const { scan, loop } = this
    let reportAt = scan.at + PROGRESS_EVERY_BYTES
    while (!scan.isDone) {
      scan.skipBlank()
      const letter = scan.peek() | 32
      if (letter === V && scan.isAt('vertex')) this.vertex()
      else if (letter === F && scan.isAt('facet')) this.endFacet()
      else if (letter === S && scan.isAt('solid')) this.startSolid()
      else if (letter === E && scan.isAt('endsolid')) this.endSolid()
      else scan.skipToken()
      if (scan.at >= reportAt) {
        this.onProgress?.({ stage: 'parse', done: scan.at, total: scan.end })
        reportAt = scan.at + PROGRESS_EVERY_BYTES
      }
    }
    if (loop.length > 0) this.endFacet()
    this.closeSolid()
    return { solids: this.solids, problems: this.problems() }
  }

  private vertex(): void {
    const { scan, loop } = this
    scan.at += 6
    loop.push(scan.number(), scan.number(), scan.number())
    // Hostile files may have one endless facet: what is full goes out as a fan.
    if (loop.length >= 3000) this.endFacet()
  }

  /** Fans the corners since the last facet into triangles. */
  private endFacet(): void {
    this.scan.skipToken()
    const { loop, corners } = this
    if (loop.length === 0) return
    if (loop.length < 9) this.short++
    for (let k = 3; k + 5 < loop.length; k += 3) {
      const sum = loop[0] + loop[1] + loop[2] + loop[k] + loop[k + 1] + loop[k + 2] + loop[k + 3] + loop[k + 4] + loop[k + 5]
      if (!(Math.abs(sum) < 1e30)) {
        this.bad++
        continue
      }
      corners.push3(loop[0], loop[1], loop[2])
      corners.push3(loop[k], loop[k + 1], loop[k + 2])
      corners.push3(loop[k + 3], loop[k + 4], loop[k + 5])
    }
    loop.length = 0
  }

  private startSolid(): void {
    this.endFacet()
    this.closeSolid()
    const { scan } = this
    scan.at = Math.min(scan.at, scan.end)
    this.name = solidName(scan)
  }

  private endSolid(): void {
    this.endFacet()
    this.closeSolid()
    solidName(this.scan)
  }

  private closeSolid(): void {
    if (this.corners.length === this.solidStart) return
    this.solids.push({ name: this.name, corners: this.corners.filled(this.solidStart) })
    this.solidStart = this.corners.length
  }

  private problems(): Problem[] {
    const problems: Problem[] = []
    if (this.short > 0) problems.push({ code: 'stl/short-facet', severity: 'warning', values: { count: this.short }, message: `${this.short} triangles have fewer than three corners. They were left out: the file may be cut short.` })
    if (this.bad > 0) problems.push(notFinite(this.bad))
    return problems
  }
}

/** The name behind `solid`: the rest of the line, or what stands before `facet` in files without line ends. */
function solidName(scan: AsciiScanner): string {
  scan.skipSpaces()
  const line = new AsciiScanner(scan.bytes, scan.at, scan.end)
  const text = line.restOfLine()
  const facet = /(^|\s)facet\s+normal\s/i.exec(text)
  if (facet === null) {
    scan.at = line.at
    return text
  }
  scan.at += facet.index
  return text.slice(0, facet.index).trim()
}
