/** Readers of pictures written apart from the writers, by the formats' specifications; slow and plain. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha. */
  readonly data: Uint8Array
}

/** Reads QOI as its specification says. */
export function readQoi(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (String.fromCharCode(...bytes.slice(0, 4)) !== 'qoif') throw new Error('no QOI')
  const [width, height] = [view.getUint32(4), view.getUint32(8)]
  const data = new Uint8Array(4 * width * height)
  const index = Array.from({ length: 64 }, () => [0, 0, 0, 0])
  let pixel = [0, 0, 0, 255]
  let at = 14
  for (let i = 0; i < width * height; ) {
    const byte = bytes[at++]!
    let run = 1
    const shifted = (r: number, g: number, b: number) => [(pixel[0]! + r) & 255, (pixel[1]! + g) & 255, (pixel[2]! + b) & 255, pixel[3]!]
    if (byte === 0xfe) pixel = [bytes[at++]!, bytes[at++]!, bytes[at++]!, pixel[3]!]
    else if (byte === 0xff) pixel = [bytes[at++]!, bytes[at++]!, bytes[at++]!, bytes[at++]!]
    else if (byte >> 6 === 0) pixel = index[byte]!
    else if (byte >> 6 === 1) pixel = shifted(((byte >> 4) & 3) - 2, ((byte >> 2) & 3) - 2, (byte & 3) - 2)
    else if (byte >> 6 === 2) {
      const green = (byte & 63) - 32
      const second = bytes[at++]!
      pixel = shifted(green - 8 + (second >> 4), green, green - 8 + (second & 15))
    } else run = (byte & 63) + 1
    index[(pixel[0]! * 3 + pixel[1]! * 5 + pixel[2]! * 7 + pixel[3]! * 11) % 64] = pixel
    for (; run > 0; run--) data.set(pixel, 4 * i++)
  }
  if (bytes.slice(at).join() !== '0,0,0,0,0,0,0,1') throw new Error('no end')
  return { width, height, data }
}

interface Component {
  readonly quanta: number
  dc: number
  ac: number
  last: number
}

/** Reads baseline JPEG of three channels without subsampling. */
export function readJpeg(bytes: Uint8Array): Picture {
  const quanta: number[][] = []
  const tables = new Map<number, Map<string, number>>()
  const components: Component[] = []
  let [width, height, at] = [0, 0, 2]
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Error('no JPEG')
  for (let isHead = true; isHead; ) {
    const marker = bytes[at + 1]!
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!
    const body = bytes.slice(at + 4, at + 2 + length)
    if (marker === 0xdb) quanta[body[0]! & 15] = Array.from(body.slice(1, 65))
    if (marker === 0xc4) tables.set(body[0]!, readCodes(body.slice(1)))
    if (marker === 0xc0) {
      ;[height, width] = [(body[1]! << 8) | body[2]!, (body[3]! << 8) | body[4]!]
      for (let c = 0; c < body[5]!; c++) {
        if (body[7 + 3 * c] !== 0x11) throw new Error('subsampled')
        components.push({ quanta: body[8 + 3 * c]!, dc: 0, ac: 0, last: 0 })
      }
    }
    if (marker === 0xda) {
      components.forEach((component, c) => Object.assign(component, { dc: body[2 + 2 * c]! >> 4, ac: 0x10 | (body[2 + 2 * c]! & 15) }))
      isHead = false
    }
    at += 2 + length
  }
  return { width, height, data: readBlocks(bitsOf(bytes, at), { width, height, quanta, tables, components }) }
}

function readCodes(body: Uint8Array): Map<string, number> {
  const codes = new Map<string, number>()
  let [code, symbol] = [0, 16]
  for (let bits = 1; bits <= 16; bits++) {
    for (let k = 0; k < body[bits - 1]!; k++) codes.set((code++).toString(2).padStart(bits, '0'), body[symbol++]!)
    code <<= 1
  }
  return codes
}

function bitsOf(bytes: Uint8Array, from: number): () => number {
  let [at, bit] = [from, 7]
  return () => {
    const value = (bytes[at]! >> bit) & 1
    if (bit-- === 0) {
      at += bytes[at] === 0xff ? 2 : 1
      bit = 7
    }
    return value
  }
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly quanta: readonly number[][]
  readonly tables: ReadonlyMap<number, ReadonlyMap<string, number>>
  readonly components: readonly Component[]
}

function readBlocks(bit: () => number, { width, height, quanta, tables, components }: Frame): Uint8Array {
  const symbol = (table: number) => {
    let code = ''
    for (;;) {
      code += bit()
      const found = tables.get(table)!.get(code)
      if (found !== undefined) return found
      if (code.length > 16) throw new Error('no such code')
    }
  }
  const value = (size: number) => {
    let v = 0
    for (let i = 0; i < size; i++) v = 2 * v + bit()
    return size > 0 && v < 2 ** (size - 1) ? v - 2 ** size + 1 : v
  }
  const data = new Uint8Array(4 * width * height).fill(255)
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      const planes = components.map((component) => {
        const zigzag = Array.from({ length: 64 }, () => 0)
        component.last += value(symbol(component.dc))
        zigzag[0] = component.last
        for (let k = 1; k < 64; k++) {
          const word = symbol(component.ac)
          if (word === 0) break
          k += word >> 4
          zigzag[k] = value(word & 15)
        }
        return unblocked(zigzag.map((v, k) => v * quanta[component.quanta]![k]!))
      })
      for (let y = 0; y < 8 && top + y < height; y++) {
        for (let x = 0; x < 8 && left + x < width; x++) {
          const [l, cb, cr] = planes.map((plane) => plane[8 * y + x]!)
          const rgb = [l! + 128 + 1.402 * cr!, l! + 128 - 0.344136 * cb! - 0.714136 * cr!, l! + 128 + 1.772 * cb!]
          rgb.forEach((v, c) => (data[4 * ((top + y) * width + left + x) + c] = Math.max(0, Math.min(255, Math.round(v)))))
        }
      }
    }
  }
  return data
}

/** Where the k-th value of a zigzag stands, walked along the diagonals. */
const PLACES = Array.from({ length: 15 }, (_, d) => {
  const diagonal = Array.from({ length: 8 }, (_unused, y) => [d - y, y] as const).filter(([x]) => x >= 0 && x < 8)
  return d % 2 === 0 ? diagonal.toReversed() : diagonal
}).flat()

function unblocked(zigzag: readonly number[]): Float64Array {
  const block = new Float64Array(64)
  const weight = (u: number) => (u === 0 ? Math.SQRT1_2 : 1)
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0
      PLACES.forEach(([u, v], k) => (sum += zigzag[k]! * weight(u) * weight(v) * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16)))
      block[8 * y + x] = sum / 4
    }
  }
  return block
}
