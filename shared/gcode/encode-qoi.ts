import type { RgbaPicture } from './encode-png'

const HEADER_BYTES = 14
const END = [0, 0, 0, 0, 0, 0, 0, 1] as const
const LONGEST_RUN = 62

/**
 * Writes a picture in the Quite OK Image format, four channels, sRGB: what Prusa's printers show, as it is read in a few lines of firmware.
 * @see https://qoiformat.org/qoi-specification.pdf
 */
export function encodeQoi({ width, height, data }: RgbaPicture): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(HEADER_BYTES + width * height * 5 + END.length)
  const view = new DataView(out.buffer)
  out.set([0x71, 0x6f, 0x69, 0x66])
  view.setUint32(4, width)
  view.setUint32(8, height)
  out.set([4, 0], 12)
  const seen = new Uint32Array(64)
  let at = HEADER_BYTES
  let [r, g, b, a] = [0, 0, 0, 255]
  let run = 0
  const endRun = () => {
    if (run > 0) out[at++] = 0xc0 | (run - 1)
    run = 0
  }
  for (let p = 0; p < 4 * width * height; p += 4) {
    const [r1, g1, b1, a1] = [data[p] as number, data[p + 1] as number, data[p + 2] as number, data[p + 3] as number]
    if (r1 === r && g1 === g && b1 === b && a1 === a) {
      run++
      if (run === LONGEST_RUN) endRun()
      continue
    }
    endRun()
    const pixel = ((r1 << 24) | (g1 << 16) | (b1 << 8) | a1) >>> 0
    const place = (r1 * 3 + g1 * 5 + b1 * 7 + a1 * 11) % 64
    if (seen[place] === pixel) out[at++] = place
    else at = a1 === a ? writeNear(out, at, [r1, g1, b1], [r1 - r, g1 - g, b1 - b]) : writeWhole(out, at, [r1, g1, b1, a1])
    seen[place] = pixel
    ;[r, g, b, a] = [r1, g1, b1, a1]
  }
  endRun()
  out.set(END, at)
  return out.slice(0, at + END.length)
}

type Rgb = readonly [number, number, number]

/** A pixel of the same opacity: by how it differs from the last one, where that is little. */
function writeNear(out: Uint8Array, at: number, [r, g, b]: Rgb, [dr, dg, db]: Rgb): number {
  const [red, green, blue] = [wrapped(dr), wrapped(dg), wrapped(db)]
  const isTiny = (step: number) => step >= -2 && step <= 1
  if (isTiny(red) && isTiny(green) && isTiny(blue)) {
    out[at] = 0x40 | ((red + 2) << 4) | ((green + 2) << 2) | (blue + 2)
    return at + 1
  }
  const [redBy, blueBy] = [wrapped(red - green), wrapped(blue - green)]
  if (green >= -32 && green <= 31 && redBy >= -8 && redBy <= 7 && blueBy >= -8 && blueBy <= 7) {
    out[at] = 0x80 | (green + 32)
    out[at + 1] = ((redBy + 8) << 4) | (blueBy + 8)
    return at + 2
  }
  out.set([0xfe, r, g, b], at)
  return at + 4
}

function writeWhole(out: Uint8Array, at: number, pixel: readonly [number, number, number, number]): number {
  out.set([0xff, ...pixel], at)
  return at + 5
}

/** A difference of two bytes as the format counts it: round the corner, -128..127. */
function wrapped(step: number): number {
  return ((step + 128) & 0xff) - 128
}
