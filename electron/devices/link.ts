/** Why a link is closed: `lost` when the other end went away (cable pulled, pty closed), `closed` when we closed it. */
export interface LinkClosed {
  readonly kind: 'closed' | 'lost'
  readonly detail: string
}

/**
 * The byte connection to a device, open from its making to its closing. Its reader and error listener are always on; a write is
 * handed to the system at once and is never awaited, so the caller keeps its own window of unanswered bytes.
 */
export interface Link {
  readonly path: string
  readonly baudRate: number
  /** Hands bytes over; nothing happens after the end. `performance.now()` of the hand-over. */
  write(bytes: Uint8Array): number
  /** Bytes as they come; returns the unsubscribe. Bytes that came before the first listener are kept for it. */
  onData(listener: (bytes: Uint8Array) => void): () => void
  /** Called once, also when it is over already; returns the unsubscribe. */
  onClosed(listener: (closed: LinkClosed) => void): () => void
  /** Drops and raises DTR, which resets many boards; false where the system can't (a pty). */
  pulseDtr(): Promise<boolean>
  /** Ends within a second whatever the other end does. */
  close(): Promise<void>
}
