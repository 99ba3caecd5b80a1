const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const TAB = 9
const SEMICOLON = 59
const STAR = 42
const DOT = 46
const MINUS = 45
const PLUS = 43
const A = 65
const N = 78
const G = 71
const M = 77
const T = 84
const NEGATIVE_POWERS = Float64Array.from({ length: 20 }, (_, i) => 10 ** -i)

/** What a line of G-code is. `command`: letter and number with words; `name`: a word that is no G-code, as Klipper's macros. */
export type LineKind = 'empty' | 'comment' | 'command' | 'name'

/**
 * Steps through G-code line by line over its bytes, without a string for each: the words of a command stay in `values`
 * (index: letter - A), valid where `present` has the letter's bit. Any bytes are taken; none makes it throw.
 */
export class LineScanner {
  at = 0
  /** Counted from 1, of the line last read. */
  lineNumber = 0
  /** Start and end (without line end) of the line last read. */
  lineStart = 0
  lineEnd = 0
  /** Of the command. */
  letter = 0
  code = 0
  present = 0
  readonly values = new Float64Array(26)
  /** Where the line's comment begins, after its semicolon; -1 without. */
  commentStart = -1
  /** Where the text after the command word begins. */
  textStart = 0
  /** End of the command part, without comment and spaces before it. */
  commandEnd = 0

  constructor(readonly bytes: Uint8Array) {}

  get isDone(): boolean {
    return this.at >= this.bytes.length
  }

  has(letter: number): boolean {
    return (this.present & (1 << (letter - A))) !== 0
  }

  value(letter: number): number {
    return this.values[letter - A] as number
  }

  /** Reads the next line. */
  next(): LineKind {
    this.lineNumber++
    this.lineStart = this.at
    this.present = 0
    this.commentStart = -1
    this.skipSpaces()
    if (this.peek() === N || this.peek() === N + 32) this.skipLineNumber()
    const kind = this.body()
    this.toLineEnd()
    return kind
  }

  /** Latin-1 text of a range of bytes, at most that long. */
  text(from: number, to: number, longest = 2000): string {
    let text = ''
    for (let i = from; i < Math.min(to, from + longest); i++) text += String.fromCharCode(this.bytes[i] as number)
    return text
  }

  private body(): LineKind {
    const first = this.peek()
    this.commandEnd = this.at
    if (first === SEMICOLON) {
      this.commentStart = this.at + 1
      return 'comment'
    }
    if (first === NEWLINE || first === RETURN || first === -1) return 'empty'
    const letter = first & 0xdf
    if ((letter !== G && letter !== M && letter !== T) || !isNumberStart(this.bytes[this.at + 1] ?? 0)) return 'name'
    this.letter = letter
    this.at++
    this.code = this.number()
    this.textStart = this.at
    this.commandEnd = this.at
    if (!(letter === M && isTextCommand(this.code))) this.words()
    return 'command'
  }

  /** `X1.5 Y-2 ...` up to a comment, a checksum or the end of the line. */
  private words(): void {
    const { bytes, values } = this
    const length = bytes.length
    while (this.at < length) {
      const byte = bytes[this.at] as number
      if (byte === NEWLINE || byte === RETURN || byte === SEMICOLON || byte === STAR) return
      const letter = byte & 0xdf
      if (letter >= A && letter < A + 26 && byte >= A) {
        this.at++
        values[letter - A] = this.number()
        this.present |= 1 << (letter - A)
        this.commandEnd = this.at
      } else {
        this.at++
        if (byte !== SPACE && byte !== TAB) this.commandEnd = this.at
      }
    }
  }

  /** A decimal number without exponent; NaN where there is none. */
  private number(): number {
    const { bytes } = this
    const length = bytes.length
    let at = this.at
    while (at < length && bytes[at] === SPACE) at++
    const sign = bytes[at] as number
    if (sign === MINUS || sign === PLUS) at++
    const start = at
    let value = 0
    let decimals = 0
    let digit = (bytes[at] as number) - 48
    for (; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - 48) value = value * 10 + digit
    let digits = at - start
    if (bytes[at] === DOT) {
      digit = (bytes[++at] as number) - 48
      for (; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - 48) {
        value = value * 10 + digit
        decimals++
      }
      digits += decimals
    }
    if (digits === 0) return NaN
    this.at = at
    if (decimals > 0) value = decimals < 20 ? value * (NEGATIVE_POWERS[decimals] as number) : value / 10 ** decimals
    return sign === MINUS ? -value : value
  }

  private peek(): number {
    return this.at < this.bytes.length ? (this.bytes[this.at] as number) : -1
  }

  private skipSpaces(): void {
    while (this.bytes[this.at] === SPACE || this.bytes[this.at] === TAB) this.at++
  }

  private skipLineNumber(): void {
    if (!isNumberStart(this.bytes[this.at + 1] ?? 0)) return
    this.at++
    this.number()
    this.skipSpaces()
  }

  /** Moves behind the line's end; `\r\n`, `\n` and a lone `\r` end lines. */
  private toLineEnd(): void {
    const { bytes } = this
    const length = bytes.length
    let at = this.at
    while (at < length) {
      const byte = bytes[at] as number
      if (byte === NEWLINE || byte === RETURN) break
      if (byte === SEMICOLON && this.commentStart < 0) this.commentStart = at + 1
      if (this.commentStart < 0 && byte !== SPACE) this.commandEnd = at + 1
      at++
    }
    this.lineEnd = at
    if (at < length) at += bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? 2 : 1
    this.at = at
  }
}

function isNumberStart(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === MINUS || byte === DOT
}

/** M commands whose argument is text: SD file names, messages, prompts, host commands, custom probes of strings. */
function isTextCommand(code: number): boolean {
  return code === 117 || code === 118 || code === 23 || code === 28 || code === 30 || code === 32 || code === 33 || code === 928 || code === 0 || code === 1 || code === 115 || code === 550 || code === 587 || code === 16
}
