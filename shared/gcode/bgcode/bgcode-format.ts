import type { ThumbnailFormat } from '../gcode-options'
import type { HeatshrinkSizes } from './heatshrink'

// Binary G-code as Prusa Research describes it: https://github.com/prusa3d/libbgcode/blob/main/doc/specifications.md. Numbers are little-endian.

export const BGCODE_MAGIC = [0x47, 0x43, 0x44, 0x45] as const
export const HEADER_BYTES = 10
export const BLOCK = { file: 0, gcode: 1, slicer: 2, printer: 3, print: 4, thumbnail: 5 } as const
export const COMPRESSION = { none: 0, deflate: 1, heatshrink11: 2, heatshrink12: 3 } as const
export const HEATSHRINK: Readonly<Record<number, HeatshrinkSizes>> = { [COMPRESSION.heatshrink11]: { windowBits: 11, lengthBits: 4 }, [COMPRESSION.heatshrink12]: { windowBits: 12, lengthBits: 4 } }
export const ENCODING = { none: 0, meatpack: 1, meatpackComments: 2 } as const
/** In the order of their numbers. */
export const PICTURE_FORMATS: readonly ThumbnailFormat[] = ['png', 'jpg', 'qoi']

/** Whether bytes begin as a binary G-code file does. */
export function isBgcode(bytes: Uint8Array): boolean {
  return BGCODE_MAGIC.every((byte, i) => bytes[i] === byte)
}
