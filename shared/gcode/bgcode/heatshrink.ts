/** Sizes of heatshrink's two fields, bits: how far back a repetition lies, and how long it is. */
export interface HeatshrinkSizes {
  readonly windowBits: number
  readonly lengthBits: number
}

/** A repetition shorter than this takes no fewer bits than its bytes do. */
const LEAST_REPEATED = 3
/** How many earlier places with the same beginning are looked at. */
const PLACES = 16

/**
 * Decodes heatshrink: a bit 1 and a byte, or a bit 0, how far back less one, and how many bytes less one; the highest bit first. Undefined when the stream
 * ends early or points before its beginning.
 * @see https://github.com/atomicobject/heatshrink for the format; the code is our own
 */
export function decodeHeatshrink(bytes: Uint8Array, { windowBits, lengthBits }: HeatshrinkSizes, length: number): Uint8Array | undefined {
  const out = new Uint8Array(length)
  const bits = new BitReader(bytes)
  for (let at = 0; at < length; ) {
    const tag = bits.take(1)
    if (tag === 1) {
      const byte = bits.take(8)
      if (byte === undefined) return undefined
      out[at++] = byte
      continue
    }
    const [back, count] = [bits.take(windowBits), bits.take(lengthBits)]
    if (back === undefined || count === undefined || back + 1 > at) return undefined
    const end = Math.min(length, at + count + 1)
    for (; at < end; at++) out[at] = out[at - back - 1] as number
  }
  return out
}

/** Encodes bytes as `decodeHeatshrink` reads them; the longest repetition among some is taken. */
export function encodeHeatshrink(bytes: Uint8Array, { windowBits, lengthBits }: HeatshrinkSizes): Uint8Array {
  const bits = new BitWriter(bytes.length)
  const [window, longest] = [1 << windowBits, 1 << lengthBits]
  const places = new Map<number, number[]>()
  for (let at = 0; at < bytes.length; ) {
    const { back, count } = longestRepeat(bytes, at, { window, longest, places })
    const step = count >= LEAST_REPEATED ? count : 1
    if (count >= LEAST_REPEATED) {
      bits.put(0, 1)
      bits.put(back - 1, windowBits)
      bits.put(count - 1, lengthBits)
    } else {
      bits.put(1, 1)
      bits.put(bytes[at] as number, 8)
    }
    for (const end = at + step; at < end; at++) remember(bytes, at, places)
  }
  return bits.finish()
}

interface Search {
  readonly window: number
  readonly longest: number
  readonly places: Map<number, number[]>
}

function longestRepeat(bytes: Uint8Array, at: number, { window, longest, places }: Search): { readonly back: number; readonly count: number } {
  let [back, count] = [0, 0]
  const most = Math.min(longest, bytes.length - at)
  for (const place of places.get(keyAt(bytes, at)) ?? []) {
    if (at - place > window) continue
    let same = 0
    while (same < most && bytes[place + same] === bytes[at + same]) same++
    if (same > count) [back, count] = [at - place, same]
  }
  return { back, count }
}

function remember(bytes: Uint8Array, at: number, places: Map<number, number[]>): void {
  const key = keyAt(bytes, at)
  const known = places.get(key)
  if (known === undefined) places.set(key, [at])
  else if (known.unshift(at) > PLACES) known.pop()
}

function keyAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
}

class BitReader {
  private at = 0
  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): number | undefined {
    if (this.at + count > 8 * this.bytes.length) return undefined
    let value = 0
    for (let i = 0; i < count; i++, this.at++) value = (value << 1) | (((this.bytes[this.at >> 3] as number) >> (7 - (this.at & 7))) & 1)
    return value
  }
}

class BitWriter {
  private bytes: Uint8Array
  private at = 0
  constructor(expected: number) {
    this.bytes = new Uint8Array(expected + 16)
  }

  put(value: number, count: number): void {
    if (this.at + count > 8 * this.bytes.length) {
      const grown = new Uint8Array(2 * this.bytes.length)
      grown.set(this.bytes)
      this.bytes = grown
    }
    for (let i = count - 1; i >= 0; i--, this.at++) if (((value >> i) & 1) === 1) this.bytes[this.at >> 3] = (this.bytes[this.at >> 3] as number) | (1 << (7 - (this.at & 7)))
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, Math.ceil(this.at / 8))
  }
}
