/** What one side tells and the other takes in order, until the end or a failure. One listener. */
export class NewsQueue<T> implements AsyncIterable<T> {
  private readonly waiting: T[] = []
  private isEnded = false
  private error: { readonly thrown: unknown } | undefined
  private wake: (() => void) | undefined

  put(news: T): void {
    this.waiting.push(news)
    this.wake?.()
  }

  end(): void {
    this.isEnded = true
    this.wake?.()
  }

  fail(thrown: unknown): void {
    this.error = { thrown }
    this.end()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      const next = this.waiting.shift()
      if (next !== undefined) {
        yield next
        continue
      }
      if (this.error !== undefined) throw this.error.thrown
      if (this.isEnded) return
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }
}
