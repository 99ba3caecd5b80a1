/** What to do with a live topic's values. */
export interface TopicListener<T> {
  /** A new run of the topic begins (first, or after the line was lost): what was collected so far starts over. */
  readonly onOpen?: () => void
  readonly onValue: (value: T) => void
}

const RETRY_MS = 1000

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

/** Listens to a live topic, again after each loss of the line, until the returned function is called. */
export function followTopic<T>(open: (signal: AbortSignal) => Promise<AsyncIterable<T>>, listener: TopicListener<T>, retryMs = RETRY_MS): () => void {
  const end = new AbortController()
  const listen = async () => {
    let isFirst = true
    for await (const value of await open(end.signal)) {
      if (end.signal.aborted) return
      if (isFirst) listener.onOpen?.()
      isFirst = false
      listener.onValue(value)
    }
  }
  const keepListening = async () => {
    while (!end.signal.aborted) {
      // Whatever ended the topic (studio stopped, line lost), the answer is the same: try again.
      await listen().catch(() => undefined)
      await pause(retryMs, end.signal)
    }
  }
  void keepListening()
  return () => end.abort()
}
