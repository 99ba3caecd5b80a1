/**
 * MeatPack: two characters of G-code in a byte where both are common ones, as Marlin's `MEATPACK` takes it.
 *
 * A byte holds two nibbles, the first character in the low one; 15 stands for a character that follows as it is. Two bytes 0xFF
 * begin a command. What follows a newline in its own byte is skipped.
 * @see Marlin, Marlin/src/feature/meatpack.h, for the format; the code is our own.
 */
const COMMON = '0123456789. \nGX'
const FULL = 15
const NEWLINE = 10
const COMMAND = 0xff
const [ENABLE, DISABLE, RESET, QUERY, NO_SPACES, SPACES] = [0xfb, 0xfa, 0xf9, 0xf8, 0xf7, 0xf6] as const
/** Without spaces, the place of the space stands for an E. */
const [SPACE_NIBBLE, LETTER_E] = [11, 69] as const
const NIBBLES = new Uint8Array(256).fill(FULL)
for (let i = 0; i < COMMON.length; i++) NIBBLES[COMMON.charCodeAt(i)] = i

/** What switches packing on and off, Latin-1. */
export const PACKING_ON = String.fromCharCode(COMMAND, COMMAND, ENABLE)
export const PACKING_OFF = String.fromCharCode(COMMAND, COMMAND, DISABLE)

/** Packs text that ends with a newline, ASCII; gives Latin-1. */
export function packText(text: string): string {
  let packed = ''
  for (let i = 0; i < text.length; ) {
    const first = text.charCodeAt(i++)
    const low = NIBBLES[first] as number
    if (first === NEWLINE) {
      packed += String.fromCharCode(low)
      continue
    }
    // A text without newline at its end gets a space, which no firmware minds.
    const second = i < text.length ? text.charCodeAt(i++) : 32
    const high = NIBBLES[second] as number
    packed += String.fromCharCode(low | (high << 4))
    if (low === FULL) packed += String.fromCharCode(first)
    if (high === FULL) packed += String.fromCharCode(second)
  }
  return packed
}

/** All that packed bytes say. Spaces that were left out stay out: G-code needs none. */
export function unpackText(bytes: Uint8Array): Uint8Array {
  const reader = new MeatPackReader()
  const text = new Uint8Array(2 * bytes.length)
  let length = 0
  for (const byte of bytes) {
    const count = reader.take(byte)
    if (count === 'report') continue
    for (let i = 0; i < count; i++) text[length++] = reader.out[i] as number
  }
  return text.slice(0, length)
}

/** The end that reads: bytes as they come, characters as they go on. */
export class MeatPackReader {
  isOn = false
  /** Characters of the byte that was taken last. */
  readonly out = new Uint8Array(4)
  private marks = 0
  private isCommand = false
  private fullLeft = 0
  private second = -1
  private count = 0
  private hasSpaces = true

  /** Takes a byte; how many characters of `out` it gave, or `report` when a command was carried out that is answered with the state. */
  take(byte: number): number | 'report' {
    this.count = 0
    if (byte === COMMAND) {
      if (this.marks === 1) {
        this.marks = 0
        this.isCommand = true
      } else this.marks = 1
      return 0
    }
    if (this.isCommand) {
      this.isCommand = false
      return this.command(byte) ? 'report' : 0
    }
    if (this.marks === 1) {
      this.marks = 0
      this.unpack(COMMAND)
    }
    this.unpack(byte)
    return this.count
  }

  /** As after a reset of the board. */
  reset(): void {
    this.isOn = false
    this.hasSpaces = true
    this.marks = 0
    this.isCommand = false
    this.fullLeft = 0
    this.second = -1
  }

  private command(byte: number): boolean {
    if (byte === ENABLE) this.isOn = true
    else if (byte === DISABLE) this.isOn = false
    else if (byte === RESET) this.reset()
    else if (byte === NO_SPACES || byte === SPACES) this.hasSpaces = byte === SPACES
    else if (byte !== QUERY) return false
    return true
  }

  private unpack(byte: number): void {
    if (!this.isOn) return this.give(byte)
    if (this.fullLeft > 0) {
      this.give(byte)
      if (this.second >= 0) this.give(this.second)
      this.second = -1
      this.fullLeft--
      return
    }
    const [low, high] = [byte & 15, byte >> 4]
    if (low === FULL) {
      this.fullLeft = high === FULL ? 2 : 1
      this.second = high === FULL ? -1 : this.common(high)
      return
    }
    const first = this.common(low)
    this.give(first)
    if (first === NEWLINE) return
    if (high === FULL) this.fullLeft = 1
    else this.give(this.common(high))
  }

  private common(nibble: number): number {
    return nibble === SPACE_NIBBLE && !this.hasSpaces ? LETTER_E : COMMON.charCodeAt(nibble)
  }

  private give(character: number): void {
    this.out[this.count++] = character
  }
}
