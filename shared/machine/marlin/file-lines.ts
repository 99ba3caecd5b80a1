import { cleanLine, indexJobLines, type JobIndex, type JobLines } from './job-lines'
import { PLACE_LINES, type JobOutline } from './scan-job'

/** Bytes of a file, at once: a read from the system's cache takes some microseconds. */
export interface LineSource {
  readonly size: number
  /** At most so many bytes from a place. */
  read(offset: number, length: number): Uint8Array
}

/** How long lines take, as far as it is known. */
export interface LineTimes {
  /** Of the whole; 0 while it isn't known. */
  readonly totalS: number
  /** Seconds from the start at the end of a line of the file. */
  endS(line: number): number
  /** At most so long takes a line of the file, s. */
  mostS(line: number): number
}

const PIECE_BYTES = 64 * 1024
/** Longest line that a piece must hold whole. */
const LONGEST_BYTES = 4096
/** So many lines behind those that were asked for are known: whoever compares with `count` isn't told the end too early. */
const AHEAD_LINES = 512
/** Pieces that are kept: where lines are sent, and where they are sent again. */
const KEPT_PIECES = 3

interface Piece {
  readonly first: number
  readonly bytes: Uint8Array
  readonly index: JobIndex
}

/** The lines of a file, read as they are asked for. */
export class FileLines implements JobLines {
  private placeBytes: number[] | Float64Array = []
  private placeLines: number[] | Uint32Array = []
  /** Sent lines that are known, and where the reading of more begins. */
  private known = 0
  private nextByte = 0
  private nextLine = 0
  private isWhole = false
  private tellsProgress = false
  private pieces: readonly Piece[] = []

  constructor(
    private readonly source: LineSource,
    private readonly times: LineTimes,
    private readonly takesMacros: boolean,
  ) {
    this.know(0)
  }

  /** Takes over what a scan has found of the same file. */
  adopt({ placeBytes, placeLines, sendCount, tellsProgress }: JobOutline): void {
    this.placeBytes = placeBytes
    this.placeLines = placeLines
    this.known = sendCount
    this.tellsProgress = tellsProgress
    this.isWhole = true
  }

  get count(): number {
    return this.known
  }

  text(index: number): string {
    const { piece, at } = this.find(index)
    return cleanLine(piece.bytes, piece.index.starts[at] as number, piece.index.ends[at] as number)
  }

  fileLine(index: number): number {
    const { piece, at } = this.find(index)
    return piece.index.lines[at] as number
  }

  expectedS(index: number): number {
    return this.times.mostS(this.fileLine(index))
  }

  progress(index: number): { readonly percent: number; readonly leftMin: number } | undefined {
    const { totalS } = this.times
    if (totalS <= 0 || this.tellsProgress) return undefined
    const doneS = this.times.endS(this.fileLine(index) - 1)
    return { percent: Math.floor((100 * doneS) / totalS), leftMin: Math.round((totalS - doneS) / 60) }
  }

  /** The piece that holds a line. @throws RangeError for a line that the file doesn't have */
  private find(index: number): { readonly piece: Piece; readonly at: number } {
    this.know(index)
    if (index < 0 || index >= this.known) throw new RangeError(`There is no line ${index} of ${this.known}.`)
    const there = this.pieces.find(({ first, index: { count } }) => index >= first && index < first + count)
    const piece = there ?? this.load(index - (index % PLACE_LINES))
    return { piece, at: index - piece.first }
  }

  private load(first: number): Piece {
    const place = first / PLACE_LINES
    const read = this.readPiece(this.placeBytes[place] ?? 0)
    const piece = { first, ...this.indexed(read, (this.placeLines[place] ?? 1) - 1) }
    this.keep(piece)
    return piece
  }

  private keep(piece: Piece): void {
    this.pieces = [...this.pieces.slice(1 - KEPT_PIECES), piece]
  }

  /** Learns where lines are until those behind an index are known. */
  private know(index: number): void {
    while (!this.isWhole && this.known <= index + AHEAD_LINES) {
      const bytes = this.readPiece(this.nextByte)
      const piece = { first: this.known, ...this.indexed(bytes, this.nextLine) }
      const { starts, lines, count, tellsProgress } = piece.index
      for (let i = (PLACE_LINES - (this.known % PLACE_LINES)) % PLACE_LINES; i < count; i += PLACE_LINES) {
        ;(this.placeBytes as number[]).push(this.nextByte + (starts[i] as number))
        ;(this.placeLines as number[]).push(lines[i] as number)
      }
      this.known += count
      this.nextByte += bytes.length
      this.nextLine += countLines(bytes)
      this.tellsProgress ||= tellsProgress
      this.isWhole = this.nextByte >= this.source.size || bytes.length === 0
      if (count > 0) this.keep(piece)
    }
  }

  /** Whole lines from a place on. */
  private readPiece(offset: number): Uint8Array {
    const bytes = this.source.read(offset, PIECE_BYTES)
    if (offset + bytes.length >= this.source.size) return bytes
    return bytes.subarray(0, wholeLines(bytes))
  }

  private indexed(bytes: Uint8Array, firstLine: number): { readonly bytes: Uint8Array; readonly index: JobIndex } {
    // Whoever scans the file tells of lines that have no place in a job; here they are only not sent.
    const index = indexJobLines(bytes, { takesMacros: this.takesMacros, firstLine, leavesOut: true })
    return { bytes, index: index.ok ? index.value : EMPTY }
  }
}

const EMPTY: JobIndex = { starts: new Uint32Array(0), ends: new Uint32Array(0), lines: new Uint32Array(0), count: 0, maxTool: 0, tellsProgress: false }

/** Length of the lines that a piece holds whole; all of it when it is one line without end. */
export function wholeLines(bytes: Uint8Array): number {
  const newline = bytes.lastIndexOf(10)
  if (newline >= 0) return newline + 1
  // Line ends of old Macs; the last byte may be the first of two.
  const end = bytes.length - 1
  const carriage = end <= 0 ? -1 : bytes.lastIndexOf(13, end - 1)
  return carriage >= 0 && bytes.length > LONGEST_BYTES ? carriage + 1 : bytes.length
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10 || (bytes[i] === 13 && bytes[i + 1] !== 10)) count++
  const last = bytes.at(-1)
  return bytes.length > 0 && last !== 10 && last !== 13 ? count + 1 : count
}
