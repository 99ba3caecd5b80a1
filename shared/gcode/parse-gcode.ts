import type { Result } from '../units/problem'
import { GcodeReader } from './gcode-reader'
import type { ParsedGcode, ParseGcodeOptions } from './parsed-gcode'

/**
 * Reads G-code back into a toolpath: linear moves and arcs (flattened within 0.02 mm), absolute and relative, mm and
 * inches, `G92`, homing, tools, heat, fan, dwells, and the comments of Cura, PrusaSlicer and relatives, Kiri:Moto and
 * our own. Anything else is skipped and counted: garbage gives warnings, never an exception.
 *
 * Fails with `gcode/binary` (NUL bytes or a binary container) and `gcode/empty`.
 */
export function parseGcode(bytes: Uint8Array, options: ParseGcodeOptions = {}): Result<ParsedGcode> {
  return new GcodeReader(bytes, options).read()
}
