const NEWLINE = 10
const LONGEST_SHOWN = 120

/** Where each line of a file begins, then its end, length lines + 1. */
export function lineOffsets(bytes: Uint8Array): Uint32Array {
  let count = 1
  for (const byte of bytes) if (byte === NEWLINE) count++
  const offsets = new Uint32Array(count + 1)
  let line = 1
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === NEWLINE) offsets[line++] = at + 1
  offsets[count] = bytes.length + 1
  return offsets
}

/** Text of a line (from 1), without its end, cut where it is very long. */
export function gcodeLine(bytes: Uint8Array, offsets: Uint32Array, line: number): string {
  const from = offsets[line - 1]
  const to = offsets[line]
  if (from === undefined || to === undefined) return ''
  return new TextDecoder().decode(bytes.subarray(from, Math.min(to - 1, from + LONGEST_SHOWN))).trimEnd()
}
