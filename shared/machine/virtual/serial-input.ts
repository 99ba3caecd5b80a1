import { MeatPackReader } from '../../gcode/meatpack'
import { type CommandLine, LINE_LIMIT } from './command-line'

/** Marlin's RX_BUFFER_SIZE; one place always stays free. */
const RING = 128
const NEWLINE = 10
const RETURN = 13
const SEMICOLON = 59
const STAR = 42
const LETTER_M = 77
const LETTER_N = 78

/** What reading a line came to: nothing complete yet, a command, an error to answer, or a line that gets no answer. */
export type LineOutcome = 'none' | 'command' | 'error' | 'ignored' | 'packing'

/**
 * The board's serial side: the receive ring, lines, comments, line numbers and checksums.
 * @see Marlin, Marlin/src/gcode/queue.cpp, for the behaviour; the code is our own.
 */
export class SerialInput {
  lastLineNumber = 0
  linesReceived = 0
  /** Text of the `Error:` line after the outcome `error`. */
  error: 'checksum mismatch' | 'No Checksum with line number' | 'Line Number is not Last Line Number+1' = 'checksum mismatch'
  private readonly ring = new Uint8Array(RING)
  private head = 0
  private tail = 0
  private readonly line = new Uint8Array(LINE_LIMIT)
  private length = 0
  private isComment = false
  /** Where the board unpacks what it reads. */
  private readonly unpacker: MeatPackReader | undefined

  constructor(unpacks = false) {
    this.unpacker = unpacks ? new MeatPackReader() : undefined
  }

  /** How the board reads, as it tells it. */
  get packing(): string {
    return `[MP] PV01 ${this.unpacker?.isOn === true ? 'ON' : 'OFF'} ESP`
  }

  /** The board starts anew. */
  reset(): void {
    this.flush()
    this.lastLineNumber = 0
    this.unpacker?.reset()
  }

  /** Puts a byte into the ring; false when it is full and the byte must be lost. */
  push(byte: number): boolean {
    const next = (this.tail + 1) % RING
    if (next === this.head) return false
    this.ring[this.tail] = byte
    this.tail = next
    return true
  }

  /** Throws away what has come and the line under way: what Marlin does before it asks for a line again. */
  flush(): void {
    this.head = this.tail
    this.length = 0
    this.isComment = false
  }

  /** Reads on to the end of a line; a command lands in `slot`. */
  read(slot: CommandLine): LineOutcome {
    const { ring, unpacker } = this
    while (this.head !== this.tail) {
      const byte = ring[this.head] as number
      this.head = (this.head + 1) % RING
      if (!unpacker) {
        if (this.take(byte)) return this.endLine(slot)
        continue
      }
      const count = unpacker.take(byte)
      if (count === 'report') return 'packing'
      // A newline is the last of what a byte gives, or the next is a character by itself.
      for (let i = 0; i < count; i++) if (this.take(unpacker.out[i] as number)) return this.endLine(slot)
    }
    return 'none'
  }

  /** Takes a character; true at the end of a line that isn't empty. */
  private take(byte: number): boolean {
    if (byte === NEWLINE || byte === RETURN) {
      this.isComment = false
      return this.length > 0
    }
    if (this.isComment) return false
    if (byte === SEMICOLON) this.isComment = true
    else if (this.length < LINE_LIMIT) this.line[this.length++] = byte
    return false
  }

  private endLine(slot: CommandLine): LineOutcome {
    const { length } = this
    this.length = 0
    return this.judge(length, slot)
  }

  private judge(length: number, slot: CommandLine): LineOutcome {
    const { line } = this
    this.linesReceived++
    let i = 0
    while (line[i] === 32 && i < length) i++
    const star = line.lastIndexOf(STAR, length - 1)
    slot.lineNumber = -1
    slot.hasChecksum = star >= 0
    slot.isFromCard = false
    if (line[i] === LETTER_N) {
      const m110 = this.findM110(i, length)
      const renumbered = m110 < 0 ? -1 : line.indexOf(LETTER_N, m110 + 4)
      const number = this.readInteger(renumbered >= 0 && renumbered < length ? renumbered + 1 : i + 1, length)
      const outcome = this.checkNumber(number, m110 >= 0, { star, length })
      if (outcome !== 'command') return outcome
      this.lastLineNumber = number
      slot.lineNumber = number
    }
    slot.bytes.set(line.subarray(0, length))
    slot.length = length
    return 'command'
  }

  private checkNumber(number: number, isM110: boolean, { star, length }: { star: number; length: number }): LineOutcome {
    if (number !== this.lastLineNumber + 1 && !isM110) {
      // The last two lines again: the host missed an answer. Marlin says nothing at all.
      if (number === this.lastLineNumber || number === this.lastLineNumber - 1) return 'ignored'
      this.error = 'Line Number is not Last Line Number+1'
      return 'error'
    }
    if (star < 0) {
      this.error = 'No Checksum with line number'
      return 'error'
    }
    let checksum = 0
    for (let i = 0; i < star; i++) checksum ^= this.line[i] as number
    if (this.readInteger(star + 1, length) === checksum) return 'command'
    this.error = 'checksum mismatch'
    return 'error'
  }

  /** Marlin looks for `M110` anywhere in the line. */
  private findM110(from: number, length: number): number {
    const { line } = this
    for (let i = from; i < length - 3; i++) if (line[i] === LETTER_M && line[i + 1] === 49 && line[i + 2] === 49 && line[i + 3] === 48) return i
    return -1
  }

  private readInteger(from: number, to: number): number {
    let i = from
    while (i < to && this.line[i] === 32) i++
    const isNegative = this.line[i] === 45
    if (isNegative) i++
    let value = 0
    for (; i < to; i++) {
      const digit = (this.line[i] as number) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    return isNegative ? -value : value
  }
}
