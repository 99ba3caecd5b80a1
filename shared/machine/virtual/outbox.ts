const NONE = new Uint8Array(0)

interface Delayed {
  readonly dueMs: number
  readonly text: string
}

/** What the board writes: Latin-1 text, gathered until it is taken, held back while answers are to be late. */
export class Outbox {
  delayMs = 0
  private text = ''
  private late: Delayed[] = []

  write(text: string, nowMs: number): void {
    if (this.delayMs === 0 && this.late.length === 0) this.text += text
    else this.late.push({ dueMs: Math.max(nowMs + this.delayMs, this.late.at(-1)?.dueMs ?? 0), text })
  }

  /** When the next late answer is due; Infinity without any. */
  get dueMs(): number {
    return this.late[0]?.dueMs ?? Infinity
  }

  /** Lets late answers go that are due. */
  release(nowMs: number): void {
    while (this.late[0] !== undefined && this.late[0].dueMs <= nowMs) this.text += this.late.shift()?.text ?? ''
  }

  /** Bytes that have left by now. */
  take(nowMs: number): Uint8Array {
    this.release(nowMs)
    const { text } = this
    if (text === '') return NONE
    this.text = ''
    const bytes = new Uint8Array(text.length)
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  }

  /** Forgets what wasn't taken yet: the port is gone. */
  clear(): void {
    this.text = ''
    this.late = []
  }
}
