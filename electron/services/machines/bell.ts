/** Least time between two values of a live topic, ms. */
const PACE_MS = 100

/** Wakes the followers of a live topic when something changed. */
export class Bell {
  private readonly waiting = new Set<() => void>()

  ring(): void {
    if (this.waiting.size === 0) return
    const wake = [...this.waiting]
    this.waiting.clear()
    for (const go of wake) go()
  }

  /** Resolves at the next ring, or when the follower leaves. */
  async next(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return
    await new Promise<void>((resolve) => {
      const go = () => {
        signal?.removeEventListener('abort', go)
        this.waiting.delete(go)
        resolve()
      }
      this.waiting.add(go)
      signal?.addEventListener('abort', go, { once: true })
    })
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })
}

/**
 * A live topic: what `read` gives now, then again after changes, at most ten times a second; `undefined` of `read` is passed over.
 * Ends with the signal.
 */
export async function* followTopic<T>(bell: Bell, read: () => T | undefined, signal?: AbortSignal): AsyncGenerator<T, void, void> {
  while (signal?.aborted !== true) {
    // Asked for before reading, so that a change in between isn't missed.
    const rung = bell.next(signal)
    const value = read()
    if (value !== undefined) yield value
    await rung
    await pause(PACE_MS, signal)
  }
}

/** Keeps the newest items under running numbers. */
export class Ring<T> {
  private readonly items: T[] = []
  /** Number that the next item gets. */
  next = 0

  constructor(private readonly limit: number) {}

  push(item: T): void {
    this.items[this.next % this.limit] = item
    this.next++
  }

  /** Items from a number on, as far as they are kept; oldest first. */
  from(seq: number): T[] {
    const found: T[] = []
    for (let i = Math.max(seq, this.next - this.limit, 0); i < this.next; i++) found.push(this.items[i % this.limit] as T)
    return found
  }
}

/** A live topic of a ring: all that is kept, then what is new. */
export function followRing<T>(bell: Bell, ring: Ring<T>, signal?: AbortSignal): AsyncGenerator<T[], void, void> {
  let seq = 0
  let isFirst = true
  const read = (): T[] | undefined => {
    const items = ring.from(seq)
    seq = ring.next
    if (items.length === 0 && !isFirst) return undefined
    isFirst = false
    return items
  }
  return followTopic(bell, read, signal)
}
