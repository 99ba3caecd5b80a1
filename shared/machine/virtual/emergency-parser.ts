/** A command that is taken off the wire before the queue. */
export type EmergencyCommand = { readonly code: 108 | 112 | 410 } | { readonly code: 876; readonly button: number }

const NEWLINE = 10
const LINE_LIMIT = 24
const PATTERN = /^ *(?:N-?\d+ *)?M(?:(108|112|410)(?!\d)|876 *S(\d+))/

/**
 * Listens to the bytes as they come in, beside the queue: M108, M112, M410 and `M876 Sn`, also after a line number.
 * @see Marlin, Marlin/src/feature/e_parser.h, for the behaviour; the code is our own.
 */
export class EmergencyParser {
  private text = ''
  private isIgnored = false

  /** The command that ends with this byte, if any. */
  take(byte: number): EmergencyCommand | undefined {
    if (byte === NEWLINE || byte === 13) {
      const found = this.text.length < 4 ? null : PATTERN.exec(this.text)
      this.text = ''
      this.isIgnored = false
      if (found === null) return undefined
      return found[2] === undefined ? { code: Number(found[1]) as 108 | 112 | 410 } : { code: 876, button: Number(found[2]) }
    }
    if (this.isIgnored) return undefined
    // Only a line that begins like one of the four is gathered: G1 lines cost one comparison.
    const isPossible = this.text === '' ? byte === 77 || byte === 78 || byte === 32 : this.text.length < LINE_LIMIT && byte !== 71
    if (isPossible) this.text += String.fromCharCode(byte)
    else this.forget()
    return undefined
  }

  private forget(): void {
    this.text = ''
    this.isIgnored = true
  }
}
