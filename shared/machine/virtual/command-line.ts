/** Marlin's MAX_CMD_SIZE less its closing zero: what is longer is cut. */
export const LINE_LIMIT = 95
const SPACE = 32
const LETTER_A = 65
const LETTER_N = 78
const STAR = 42
const TENTHS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i)

/** One command of the board's queue, made once and filled again and again. */
export class CommandLine {
  readonly bytes = new Uint8Array(LINE_LIMIT + 1)
  length = 0
  /** Number that it was sent with; -1 without one. */
  lineNumber = -1
  hasChecksum = false
  /** Read from the card: it gets no `ok`. */
  isFromCard = false
  /** `G`, `M`, `T`; 0 when it is no command. */
  letter = 0
  code = -1
  private readonly values = new Float64Array(26)
  private seenMask = 0
  private valueMask = 0
  /** Where the command begins, where its arguments begin, and where all ends (at the checksum or a NUL). */
  private from = 0
  private argsFrom = 0
  private to = 0

  /** Becomes a line of the card. */
  load(text: string): void {
    this.length = Math.min(LINE_LIMIT, text.length)
    for (let i = 0; i < this.length; i++) this.bytes[i] = text.charCodeAt(i)
    this.lineNumber = -1
    this.hasChecksum = false
    this.isFromCard = true
  }

  /** Reads letter, code and arguments; an unreadable line has letter 0. */
  parse(): void {
    const { bytes } = this
    this.seenMask = 0
    this.valueMask = 0
    this.letter = 0
    this.code = -1
    let i = this.skipSpaces(0)
    if (bytes[i] === LETTER_N && this.lineNumber >= 0) {
      i++
      while (isDigit(bytes[i]) || bytes[i] === 45) i++
      i = this.skipSpaces(i)
    }
    this.from = i
    this.to = this.findEnd(i)
    const letter = upper(bytes[i] ?? 0)
    if (letter !== 71 && letter !== 77 && letter !== 84) return
    i++
    if (i >= this.to || !isDigit(bytes[i])) return
    let code = 0
    while (i < this.to && isDigit(bytes[i])) code = code * 10 + (bytes[i++] as number) - 48
    // A subcode (`G38.2`) is read over.
    if (bytes[i] === 46) i++
    while (i < this.to && isDigit(bytes[i])) i++
    this.letter = letter
    this.code = code
    this.argsFrom = i
    this.readArguments(i)
  }

  private readArguments(from: number): void {
    const { bytes, to } = this
    let i = from
    while (i < to) {
      const index = upper(bytes[i] as number) - LETTER_A
      i++
      if (index < 0 || index > 25) continue
      this.seenMask |= 1 << index
      while (i < to && bytes[i] === SPACE) i++
      let isNegative = false
      if (bytes[i] === 45 || bytes[i] === 43) isNegative = bytes[i++] === 45
      const start = i
      let mantissa = 0
      let decimals = 0
      let isAfterPoint = false
      for (; i < to; i++) {
        const byte = bytes[i] as number
        if (byte === 46 && !isAfterPoint) isAfterPoint = true
        else if (isDigit(byte)) {
          mantissa = mantissa * 10 + byte - 48
          if (isAfterPoint) decimals++
        } else break
      }
      if (i === start) continue
      this.valueMask |= 1 << index
      const value = mantissa / (TENTHS[Math.min(decimals, 22)] as number)
      this.values[index] = isNegative ? -value : value
    }
  }

  private skipSpaces(from: number): number {
    let i = from
    while (i < this.length && this.bytes[i] === SPACE) i++
    return i
  }

  private findEnd(from: number): number {
    for (let i = from; i < this.length; i++) if (this.bytes[i] === 0 || (this.bytes[i] === STAR && this.hasChecksum)) return i
    return this.length
  }

  /** Whether a letter stands in the arguments, with or without a value. */
  has(letter: string): boolean {
    return (this.seenMask & (1 << (letter.charCodeAt(0) - LETTER_A))) !== 0
  }

  /** The value of a letter; undefined when it isn't there or has none. */
  number(letter: string): number | undefined {
    const index = letter.charCodeAt(0) - LETTER_A
    return (this.valueMask & (1 << index)) !== 0 ? this.values[index] : undefined
  }

  /** The command as it was sent, without line number and checksum. */
  text(): string {
    return latin1(this.bytes, this.from, this.to).trimEnd()
  }

  /** What follows letter and code, without outer spaces. */
  argument(): string {
    return latin1(this.bytes, this.argsFrom, this.to).trim()
  }
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
}

function upper(byte: number): number {
  return byte >= 97 && byte <= 122 ? byte - 32 : byte
}
