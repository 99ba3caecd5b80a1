import { AC_CHROMA, AC_LUMA, DC_CHROMA, DC_LUMA, type HuffmanTable, jpegHead, QUANTA_CHROMA, QUANTA_LUMA, ZIGZAG } from './jpeg-tables'
import type { RgbaPicture } from './encode-png'

/** What stands behind what is transparent: the grey of printer screens. */
const GROUND = 40
const SIDE = 8
/** cos((2x + 1) u π / 16), times the weight of u, by u and x. */
const COSINES = Float64Array.from({ length: SIDE * SIDE }, (_, i) => Math.cos(((2 * (i % SIDE) + 1) * Math.floor(i / SIDE) * Math.PI) / 16) * (i < SIDE ? Math.SQRT1_2 : 1) * 0.5)

/**
 * Writes a picture as baseline JPEG, full colour resolution, for screens that read nothing else. Transparent pixels get a dark ground.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function encodeJpeg(picture: RgbaPicture): Uint8Array<ArrayBuffer> {
  const { width, height } = picture
  const bits = new BitWriter(jpegHead(width, height))
  const planes = toYCbCr(picture)
  const channels = [[QUANTA_LUMA, DC_LUMA, AC_LUMA], [QUANTA_CHROMA, DC_CHROMA, AC_CHROMA], [QUANTA_CHROMA, DC_CHROMA, AC_CHROMA]] as const
  const last = [0, 0, 0]
  const block = new Float64Array(SIDE * SIDE)
  for (let top = 0; top < height; top += SIDE) {
    for (let left = 0; left < width; left += SIDE) {
      channels.forEach(([quanta, dc, ac], c) => {
        takeBlock(block, planes[c] as Float32Array, { left, top, width, height })
        last[c] = writeBlock(bits, transformed(block, quanta), { dc, ac, before: last[c] as number })
      })
    }
  }
  return bits.finish()
}

/** Brightness and two colour differences, -128..127, a plane each. */
function toYCbCr({ width, height, data }: RgbaPicture): readonly Float32Array[] {
  const planes = [0, 1, 2].map(() => new Float32Array(width * height))
  for (let i = 0, p = 0; i < width * height; i++, p += 4) {
    const share = (data[p + 3] as number) / 255
    const over = (value: number) => GROUND + (value - GROUND) * share
    const [r, g, b] = [over(data[p] as number), over(data[p + 1] as number), over(data[p + 2] as number)]
    ;(planes[0] as Float32Array)[i] = 0.299 * r + 0.587 * g + 0.114 * b - 128
    ;(planes[1] as Float32Array)[i] = -0.168736 * r - 0.331264 * g + 0.5 * b
    ;(planes[2] as Float32Array)[i] = 0.5 * r - 0.418688 * g - 0.081312 * b
  }
  return planes
}

/** Eight by eight values; beyond the edge the last ones again. */
function takeBlock(block: Float64Array, plane: Float32Array, { left, top, width, height }: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }): void {
  for (let y = 0; y < SIDE; y++) {
    const row = Math.min(height - 1, top + y) * width
    for (let x = 0; x < SIDE; x++) block[y * SIDE + x] = plane[row + Math.min(width - 1, left + x)] as number
  }
}

/** The block's frequencies in zigzag order, divided by their quanta. */
function transformed(block: Float64Array, quanta: readonly number[]): Int32Array {
  const rows = new Float64Array(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) {
    for (let u = 0; u < SIDE; u++) {
      let sum = 0
      for (let x = 0; x < SIDE; x++) sum += (block[y * SIDE + x] as number) * (COSINES[u * SIDE + x] as number)
      rows[y * SIDE + u] = sum
    }
  }
  return Int32Array.from(ZIGZAG, (place, k) => {
    const [u, v] = [place % SIDE, Math.floor(place / SIDE)]
    let sum = 0
    for (let y = 0; y < SIDE; y++) sum += (rows[y * SIDE + u] as number) * (COSINES[v * SIDE + y] as number)
    return Math.round(sum / (quanta[k] as number))
  })
}

/** Writes a block; gives its mean, from which the next one's is told. */
function writeBlock(bits: BitWriter, values: Int32Array, { dc, ac, before }: { readonly dc: HuffmanTable; readonly ac: HuffmanTable; readonly before: number }): number {
  const mean = values[0] as number
  bits.value(dc, 0, mean - before)
  let zeros = 0
  for (let k = 1; k < values.length; k++) {
    const value = values[k] as number
    if (value === 0) {
      zeros++
      continue
    }
    for (; zeros > 15; zeros -= 16) bits.code(ac, 0xf0)
    bits.value(ac, zeros, value)
    zeros = 0
  }
  if (zeros > 0) bits.code(ac, 0)
  return mean
}

class BitWriter {
  private readonly bytes: number[]
  private held = 0
  private heldBits = 0

  constructor(head: readonly number[]) {
    this.bytes = [...head]
  }

  code(table: HuffmanTable, symbol: number): void {
    const found = table.get(symbol)
    if (found !== undefined) this.put(found.code, found.bits)
  }

  /** The length of a value after some zeros, then the value. */
  value(table: HuffmanTable, zeros: number, value: number): void {
    const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value))
    this.code(table, (zeros << 4) | size)
    if (size > 0) this.put(value < 0 ? value + (1 << size) - 1 : value, size)
  }

  finish(): Uint8Array<ArrayBuffer> {
    if (this.heldBits > 0) this.put((1 << (8 - this.heldBits)) - 1, 8 - this.heldBits)
    return Uint8Array.from([...this.bytes, 0xff, 0xd9])
  }

  private put(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.held = (this.held << 1) | ((value >> bit) & 1)
      if (++this.heldBits < 8) continue
      this.bytes.push(this.held)
      // After a byte of ones a zero says that no marker begins here.
      if (this.held === 0xff) this.bytes.push(0)
      this.held = 0
      this.heldBits = 0
    }
  }
}
