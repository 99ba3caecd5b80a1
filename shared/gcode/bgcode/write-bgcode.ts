import { strToU8 } from 'fflate'
import { crc32 } from '../crc32'
import type { GcodeThumbnail } from '../gcode-options'
import { BGCODE_MAGIC, BLOCK, COMPRESSION, ENCODING, HEADER_BYTES, HEATSHRINK, PICTURE_FORMATS } from './bgcode-format'
import { encodeHeatshrink } from './heatshrink'

/** Printers unpack a block at a time in little memory. */
const BLOCK_BYTES = 32 * 1024
const NEWLINE = 10

/** What goes into a binary file besides the G-code. */
export interface BgcodeParts {
  readonly generator: string
  readonly thumbnails: readonly GcodeThumbnail[]
  /** For what a printer checks before it prints: its model, nozzle, material ... */
  readonly printer: Readonly<Record<string, string>>
  /** Times and amounts. */
  readonly print: Readonly<Record<string, string>>
  /** The slicer's settings. */
  readonly slicer: Readonly<Record<string, string>>
}

/**
 * Writes G-code text as a binary G-code file, version 1, with checksums: metadata and pictures as they are, the G-code in blocks that end with a line, packed by
 * heatshrink (window 12, length 4), which the firmware of Prusa's printers unpacks.
 */
export function writeBgcode(gcode: Uint8Array, { generator, thumbnails, printer, print, slicer }: BgcodeParts): Uint8Array<ArrayBuffer> {
  const blocks = [
    metadata(BLOCK.file, { Producer: generator }),
    metadata(BLOCK.printer, printer),
    ...thumbnails.map(({ format = 'png', width, height, bytes }) => block({ type: BLOCK.thumbnail, parameters: [PICTURE_FORMATS.indexOf(format), width, height], data: bytes })),
    metadata(BLOCK.print, print),
    metadata(BLOCK.slicer, slicer),
    ...pieces(gcode).map((piece) => block({ type: BLOCK.gcode, parameters: [ENCODING.none], data: piece, isPacked: true })),
  ]
  const header = new Uint8Array(HEADER_BYTES)
  const view = new DataView(header.buffer)
  header.set(BGCODE_MAGIC)
  view.setUint32(4, 1, true)
  view.setUint16(8, 1, true)
  const file = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, HEADER_BYTES))
  file.set(header)
  let at = HEADER_BYTES
  for (const bytes of blocks) {
    file.set(bytes, at)
    at += bytes.length
  }
  return file
}

function metadata(type: number, values: Readonly<Record<string, string>>): Uint8Array {
  return block({ type, parameters: [0], data: strToU8(Object.entries(values).map(([key, value]) => `${key}=${value.replace(/[\r\n]+/g, ' ')}\n`).join('')) })
}

function block({ type, parameters, data, isPacked = false }: { readonly type: number; readonly parameters: readonly number[]; readonly data: Uint8Array; readonly isPacked?: boolean }): Uint8Array {
  const sizes = HEATSHRINK[COMPRESSION.heatshrink12]
  const packed = isPacked && sizes !== undefined ? encodeHeatshrink(data, sizes) : data
  // What grows by packing stays as it is.
  const isSmaller = packed.length < data.length
  const stored = isSmaller ? packed : data
  const head = (isSmaller ? 12 : 8) + 2 * parameters.length
  const bytes = new Uint8Array(head + stored.length + 4)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, type, true)
  view.setUint16(2, isSmaller ? COMPRESSION.heatshrink12 : COMPRESSION.none, true)
  view.setUint32(4, data.length, true)
  if (isSmaller) view.setUint32(8, stored.length, true)
  parameters.forEach((value, i) => view.setUint16((isSmaller ? 12 : 8) + 2 * i, value, true))
  bytes.set(stored, head)
  view.setUint32(head + stored.length, crc32(bytes.subarray(0, head + stored.length)), true)
  return bytes
}

/** Text in pieces of whole lines. */
function pieces(text: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = []
  for (let from = 0; from < text.length; ) {
    const most = Math.min(text.length, from + BLOCK_BYTES)
    const lineEnd = most === text.length ? most : text.lastIndexOf(NEWLINE, most - 1) + 1
    const to = lineEnd > from ? lineEnd : most
    all.push(text.subarray(from, to))
    from = to
  }
  return all
}
