/** Bytes without a newline after which what came is taken for noise. */
const MAX_LENGTH = 4096

/** Cuts what comes from the link into lines, bytes read as Latin-1; a line without end is cut at 4 KiB. */
export class LineSplitter {
  private rest = ''
  /** Bytes that are no printable ASCII, and all bytes, since the beginning: many mean a wrong baud rate. */
  unprintable = 0
  total = 0

  /** Hands on each line that is complete now, without its end, in order. */
  push(bytes: Uint8Array, onLine: (line: string) => void): void {
    let from = 0
    this.total += bytes.length
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (byte === 10) {
        const line = this.rest + latin1(bytes, from, i)
        this.rest = ''
        from = i + 1
        onLine(line)
      } else if ((byte < 0x20 && byte !== 13 && byte !== 9) || byte > 0x7e) this.unprintable++
    }
    this.rest += latin1(bytes, from, bytes.length)
    if (this.rest.length <= MAX_LENGTH) return
    const line = this.rest
    this.rest = ''
    onLine(line)
  }
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}
