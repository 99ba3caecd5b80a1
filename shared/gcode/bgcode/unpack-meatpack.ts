const COMMON = '0123456789. \nGX'
const FULL = 15
const [COMMAND, ENABLE, DISABLE, RESET, NO_SPACES, SPACES] = [0xff, 0xfb, 0xfa, 0xf9, 0xf7, 0xf6] as const
const NEWLINE = 10
/** Without spaces, the place of the space stands for an E. */
const [SPACE_NIBBLE, LETTER_E] = [11, 69] as const

/**
 * Text that was packed as MeatPack: two characters a byte where both are common ones, the first in the low nibble; 15 for one that follows as it is. Two bytes
 * 0xFF begin a command. What shares a byte with a newline before it is skipped. Spaces that were left out stay out: G-code needs none.
 * @see Marlin, Marlin/src/feature/meatpack.h, for the format; the code is our own
 */
export function unpackMeatpack(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(2 * bytes.length)
  let [count, marks, isOn, hasSpaces] = [0, 0, false, true]
  /** What is still to come of the byte that was taken last: characters as they are, and one that was packed beside them. */
  let [fullLeft, held] = [0, -1]
  const charOf = (nibble: number) => (nibble === SPACE_NIBBLE && !hasSpaces ? LETTER_E : COMMON.charCodeAt(nibble))
  const take = (byte: number): void => {
    if (!isOn) {
      out[count++] = byte
      return
    }
    if (fullLeft > 0) {
      out[count++] = byte
      if (held >= 0) out[count++] = held
      held = -1
      fullLeft--
      return
    }
    const [low, high] = [byte & 15, byte >> 4]
    if (low === FULL) {
      fullLeft = high === FULL ? 2 : 1
      held = high === FULL ? -1 : charOf(high)
      return
    }
    out[count++] = charOf(low)
    if (out[count - 1] === NEWLINE) return
    if (high === FULL) fullLeft = 1
    else out[count++] = charOf(high)
  }
  const obey = (command: number): void => {
    if (command === ENABLE) isOn = true
    else if (command === DISABLE || command === RESET) isOn = false
    else if (command === NO_SPACES) hasSpaces = false
    else if (command === SPACES) hasSpaces = true
  }
  for (const byte of bytes) {
    if (byte === COMMAND) {
      marks++
      continue
    }
    if (marks >= 2) obey(byte)
    else {
      if (marks === 1) take(COMMAND)
      take(byte)
    }
    marks = 0
  }
  return out.slice(0, count)
}
