const POWERS = [1, 10, 100, 1000, 10_000, 100_000] as const
const ZERO = 48
const MINUS = 45
const DOT = 46
const NEWLINE = 10

/** Grows a byte buffer of text; numbers are formatted digit by digit, since a string for each would cost more than the rest. */
export class ByteWriter {
  private bytes: Uint8Array
  length = 0

  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Makes room for that many bytes more. Call before a batch of `byte` and `fixed`. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  byte(value: number): void {
    this.bytes[this.length++] = value
  }

  newline(): void {
    this.bytes[this.length++] = NEWLINE
  }

  /** Appends text as UTF-8. */
  text(text: string): void {
    this.reserve(text.length * 4)
    for (const character of text) {
      const code = character.codePointAt(0) as number
      if (code < 0x80) this.byte(code)
      else this.multiByte(code)
    }
  }

  /** Appends text and a line end. */
  line(text: string): void {
    this.text(text)
    this.reserve(1)
    this.newline()
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /**
   * Appends `scaled / 10^decimals` without trailing zeros. `scaled` is an integer, up to 2^53.
   * 24 bytes must be reserved.
   */
  fixed(scaled: number, decimals: number): void {
    let rest = scaled
    if (rest < 0) {
      this.byte(MINUS)
      rest = -rest
    }
    const power = POWERS[decimals] as number
    const whole = Math.floor(rest / power)
    let fraction = rest - whole * power
    this.integer(whole)
    if (fraction === 0) return
    let digits = decimals
    while (fraction % 10 === 0) {
      fraction /= 10
      digits--
    }
    this.byte(DOT)
    const { bytes } = this
    let at = this.length + digits
    this.length = at
    for (; digits > 0; digits--) {
      const tenth = (fraction / 10) | 0
      bytes[--at] = ZERO + fraction - tenth * 10
      fraction = tenth
    }
  }

  /** The text so far, copied. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  private integer(value: number): void {
    if (value < 10) {
      this.byte(ZERO + value)
      return
    }
    let digits = 0
    for (let v = value; v >= 1; v = Math.floor(v / 10)) digits++
    let at = this.length + digits
    this.length = at
    let rest = value
    for (; digits > 0; digits--) {
      const tenth = Math.floor(rest / 10)
      this.bytes[--at] = ZERO + rest - tenth * 10
      rest = tenth
    }
  }

  private multiByte(code: number): void {
    const tail = (shift: number) => this.byte(0x80 | ((code >> shift) & 0x3f))
    if (code < 0x800) this.byte(0xc0 | (code >> 6))
    else {
      if (code < 0x10000) this.byte(0xe0 | (code >> 12))
      else {
        this.byte(0xf0 | (code >> 18))
        tail(12)
      }
      tail(6)
    }
    tail(0)
  }
}
