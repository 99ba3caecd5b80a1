import type { LinkClosed } from './link'

/** Bytes kept for a first listener at most; a machine that nobody listens to loses the rest, as a serial buffer would. */
const KEPT_BYTES = 1 << 20

/** The listening side that every link shares: early bytes are kept for the first listener, the end is told once to everyone. */
export class LinkEvents {
  private readonly dataListeners = new Set<(bytes: Uint8Array) => void>()
  private readonly closedListeners = new Set<(closed: LinkClosed) => void>()
  private early: Uint8Array[] = []
  private earlyBytes = 0
  private hasListened = false
  /** How it ended; undefined while it is open. */
  closed: LinkClosed | undefined

  /** Hands bytes to the listeners, or keeps them. */
  data(bytes: Uint8Array): void {
    if (this.closed !== undefined) return
    if (this.hasListened) {
      for (const listener of this.dataListeners) listener(bytes)
    } else if (this.earlyBytes + bytes.length <= KEPT_BYTES) {
      this.early.push(bytes)
      this.earlyBytes += bytes.length
    }
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.dataListeners.add(listener)
    if (!this.hasListened) {
      this.hasListened = true
      const { early } = this
      this.early = []
      for (const bytes of early) listener(bytes)
    }
    return () => void this.dataListeners.delete(listener)
  }

  /** Ends it; only the first call counts. */
  end(closed: LinkClosed): void {
    if (this.closed !== undefined) return
    this.closed = closed
    const listeners = [...this.closedListeners]
    this.closedListeners.clear()
    this.dataListeners.clear()
    for (const listener of listeners) listener(closed)
  }

  onClosed(listener: (closed: LinkClosed) => void): () => void {
    if (this.closed !== undefined) {
      listener(this.closed)
      return () => undefined
    }
    this.closedListeners.add(listener)
    return () => void this.closedListeners.delete(listener)
  }
}
