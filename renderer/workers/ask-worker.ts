/** What a worker may answer besides what it was asked for. */
type Answer = { readonly kind: 'crashed'; readonly message: string } | { readonly kind: string }

export interface AskOptions<P> {
  /** Moved to the worker instead of copied. */
  readonly transfer?: readonly Transferable[]
  /** Ends the worker at once, with all the workers that it started. */
  readonly signal?: AbortSignal | undefined
  /** Takes answers on the way; false for the one that ends the call. */
  readonly isOnTheWay?: (answer: P) => boolean
}

/**
 * Asks a worker that is made for this one call: a cancel or a crash leaves nothing behind, and nothing is kept in memory between calls.
 * @throws AbortError when cancelled, an Error when the worker crashes or can't be started
 */
export function askWorker<R extends Answer>(worker: Worker, call: unknown, { transfer = [], signal, isOnTheWay }: AskOptions<R> = {}): Promise<R> {
  return new Promise((resolve, reject) => {
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal?.reason)
    }
    if (signal?.aborted === true) return abort()
    signal?.addEventListener('abort', abort)
    worker.addEventListener('message', ({ data }: MessageEvent<R>) => {
      if (isOnTheWay?.(data) === true) return
      end()
      if (data.kind === 'crashed') reject(new Error('message' in data ? data.message : 'the worker crashed'))
      else resolve(data)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new Error(event.message === '' ? 'the worker could not be started' : event.message))
    })
    worker.postMessage(call, [...transfer])
  })
}
