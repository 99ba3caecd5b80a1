import { strFromU8, strToU8, unzlibSync } from 'fflate'
import { failure, success, type Problem, type Result } from '../../units/problem'
import { encodeBase64 } from '../base64'
import { crc32 } from '../crc32'
import { BLOCK, COMPRESSION, ENCODING, HEADER_BYTES, HEATSHRINK, isBgcode, PICTURE_FORMATS } from './bgcode-format'
import { decodeHeatshrink } from './heatshrink'
import { unpackText } from '../meatpack'
import { joinArrays } from '../../units/join-arrays'

/** A block of a file says how large it is unpacked; more than this is no G-code of a printer. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024
const PICTURE_LINE = 78
const NEWLINE = Uint8Array.of(10)

/**
 * The text of a binary G-code file (version 1): pictures as comments at its head, the G-code, what its metadata says as comments at its end; bytes that are text already
 * as they are. Checksums are checked where the file has them.
 *
 * Problems: `gcode/bgcode-damaged` with the block from 1, `gcode/bgcode-newer`.
 */
export function bgcodeToText(bytes: Uint8Array): Result<Uint8Array> {
  if (!isBgcode(bytes)) return success(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES) return failure(damaged(1))
  if (view.getUint32(4, true) !== 1) return failure({ code: 'gcode/bgcode-newer', severity: 'error', message: 'The binary G-code is of a newer form than version 1. Export it as plain text G-code.' })
  const hasChecksums = view.getUint16(8, true) === 1
  const text = new TextOfBlocks()
  let number = 0
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    number++
    const block = readBlock(bytes, view, { at, hasChecksums })
    if (block === undefined || !text.take(block)) return failure(damaged(number))
    at = block.end
  }
  return success(text.finish())
}

function damaged(block: number): Problem {
  return { code: 'gcode/bgcode-damaged', severity: 'error', place: { blockNumber: block }, values: { block }, message: `Block ${block} of the binary G-code is damaged or cut. Export the file again.` }
}

interface Block {
  readonly type: number
  /** What says how the data are to be read: encoding, or format and size of a picture. */
  readonly parameters: readonly number[]
  readonly data: Uint8Array
  readonly end: number
}

/** Undefined when the block is cut, its checksum is wrong, or its data can't be unpacked. */
function readBlock(bytes: Uint8Array, view: DataView, { at, hasChecksums }: { readonly at: number; readonly hasChecksums: boolean }): Block | undefined {
  if (at + 8 > bytes.length) return undefined
  const [type, compression, length] = [view.getUint16(at, true), view.getUint16(at + 2, true), view.getUint32(at + 4, true)]
  const isPacked = compression !== COMPRESSION.none
  if (length > MAX_BLOCK_BYTES || (isPacked && at + 12 > bytes.length)) return undefined
  const stored = isPacked ? view.getUint32(at + 8, true) : length
  const parametersAt = at + (isPacked ? 12 : 8)
  const count = type === BLOCK.thumbnail ? 3 : 1
  const dataAt = parametersAt + 2 * count
  const dataEnd = dataAt + stored
  const end = dataEnd + (hasChecksums ? 4 : 0)
  if (end > bytes.length || (hasChecksums && view.getUint32(dataEnd, true) !== crc32(bytes.subarray(at, dataEnd)))) return undefined
  const data = unpack(bytes.subarray(dataAt, dataEnd), compression, length)
  return data === undefined ? undefined : { type, parameters: Array.from({ length: count }, (_, i) => view.getUint16(parametersAt + 2 * i, true)), data, end }
}

function unpack(data: Uint8Array, compression: number, length: number): Uint8Array | undefined {
  if (compression === COMPRESSION.none) return data
  const sizes = HEATSHRINK[compression]
  if (sizes !== undefined) return decodeHeatshrink(data, sizes, length)
  if (compression !== COMPRESSION.deflate) return undefined
  try {
    return unzlibSync(data, { out: new Uint8Array(length) })
  } catch {
    return undefined
  }
}

/** Puts the blocks into the order that a text has. */
class TextOfBlocks {
  private readonly head: Uint8Array[] = []
  private readonly gcode: Uint8Array[] = []
  private readonly tail: Uint8Array[] = []

  /** False for a block that nothing is known of how to read. */
  take({ type, parameters, data }: Block): boolean {
    const [first = 0, width = 0, height = 0] = parameters
    if (type === BLOCK.thumbnail) this.picture(data, { format: first, width, height })
    else if (type === BLOCK.gcode) {
      if (first > ENCODING.meatpackComments) return false
      this.gcode.push(first === ENCODING.none ? data : unpackText(data))
    } else if (type <= BLOCK.print) this.metadata(data, type)
    return true
  }

  finish(): Uint8Array {
    return joinArrays([...this.head, ...this.gcode, NEWLINE, ...this.tail], (length) => new Uint8Array(length))
  }

  private picture(data: Uint8Array, { format, width, height }: { readonly format: number; readonly width: number; readonly height: number }): void {
    const name = PICTURE_FORMATS[format] === 'png' ? 'thumbnail' : `thumbnail_${(PICTURE_FORMATS[format] ?? 'unknown').toUpperCase()}`
    const base64 = encodeBase64(data)
    const lines = [`; ${name} begin ${width}x${height} ${base64.length}`]
    for (let i = 0; i < base64.length; i += PICTURE_LINE) lines.push(`; ${base64.slice(i, i + PICTURE_LINE)}`)
    this.head.push(strToU8(`${[...lines, `; ${name} end`, ''].join('\n')}`))
  }

  private metadata(data: Uint8Array, type: number): void {
    const lines = strFromU8(data).split('\n').map((line) => /^([^=]+)=(.*)$/.exec(line.trim())).filter((found) => found !== null)
    const written = lines.map(([, key = '', value = '']) => (type === BLOCK.file && key === 'Producer' ? `; generated by ${value}` : `; ${key.trim()} = ${value}`))
    if (type === BLOCK.file) this.head.unshift(strToU8(`${[...written, ''].join('\n')}`))
    else this.tail.push(strToU8(`${[...written, ''].join('\n')}`))
  }
}
