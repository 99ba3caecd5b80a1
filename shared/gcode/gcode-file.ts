import type { Problem } from '../units/problem'
import { LineScanner } from './line-scanner'

const TAIL_BYTES = 60_000

/** The filament's diameter by extruder, which slicers write at the end of the file; none where they don't. */
export function diametersInTail(bytes: Uint8Array): number[] {
  const tail = new LineScanner(bytes).text(Math.max(0, bytes.length - TAIL_BYTES), bytes.length, TAIL_BYTES)
  const [, found = ''] = /^; ?(?:filament_diameter|filamentDiameterMm|material_diameter) = ([\d.,]+)/m.exec(tail) ?? []
  const diameters = found.split(',').map(Number)
  return diameters.every((diameter) => diameter > 0.5 && diameter < 5) ? diameters : []
}

/** Why bytes are no G-code text at all. */
export function binaryProblem(bytes: Uint8Array): Problem | undefined {
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte)
  if (starts(0x47, 0x43, 0x44, 0x45)) return { code: 'gcode/binary', severity: 'error', place: { line: 1 }, message: 'This is binary G-code (.bgcode). Export it as plain text G-code: in PrusaSlicer, switch “Export as binary G-code” off.' }
  if (starts(0x50, 0x4b, 3, 4)) return { code: 'gcode/binary', severity: 'error', place: { line: 1 }, message: 'This is an archive, not G-code. Take the .gcode file out of it.' }
  const zero = bytes.indexOf(0)
  if (zero < 0) return undefined
  let line = 1
  for (let i = 0; i < zero; i++) if (bytes[i] === 10) line++
  return { code: 'gcode/binary', severity: 'error', place: { line }, values: { line }, message: `Line ${line} holds a zero byte: this is no G-code text, or the file is damaged. Export it again.` }
}
