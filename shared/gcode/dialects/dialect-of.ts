import type { Dialect } from './dialect'
import { klipper } from './klipper'
import { marlin } from './marlin'
import { prusa } from './prusa'
import { reprapfirmware } from './reprapfirmware'
import { smoothie } from './smoothie'

const DIALECTS = { marlin, prusa, klipper, reprapfirmware, smoothie } as const

export type DialectName = keyof typeof DIALECTS

/** The dialect of a firmware family. */
export function dialectOf(firmware: DialectName): Dialect {
  return DIALECTS[firmware]
}
