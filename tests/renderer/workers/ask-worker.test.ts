import { describe, expect, it } from 'vitest'
import { askWorker } from '../../../renderer/workers/ask-worker'

type Reply = { readonly kind: 'progress' | 'done'; readonly value: number } | { readonly kind: 'crashed'; readonly message: string }

/** A worker that answers what the test lets it. */
class WorkerDouble extends EventTarget {
  isTerminated = false
  readonly asked: unknown[] = []
  postMessage(call: unknown): void {
    this.asked.push(call)
  }
  terminate(): void {
    this.isTerminated = true
  }
  answer(data: Reply): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}
const ask = (worker: WorkerDouble, options?: Parameters<typeof askWorker<Reply>>[2]) => askWorker<Reply>(worker as unknown as Worker, 'a call', options)

describe('a worker that is asked once', () => {
  it('ends with its answer; those on the way are taken', async () => {
    const worker = new WorkerDouble()
    const seen: number[] = []
    const asked = ask(worker, { isOnTheWay: (reply) => (reply.kind === 'progress' ? seen.push(reply.value) > 0 : false) })
    worker.answer({ kind: 'progress', value: 1 })
    worker.answer({ kind: 'progress', value: 2 })
    expect(worker.isTerminated).toBe(false)
    worker.answer({ kind: 'done', value: 3 })
    expect(await asked).toEqual({ kind: 'done', value: 3 })
    expect([worker.asked, seen, worker.isTerminated]).toEqual([['a call'], [1, 2], true])
  })

  it('is ended at once by a cancel, before and after it began', async () => {
    const [worker, late] = [new WorkerDouble(), new WorkerDouble()]
    const over = new AbortController()
    const asked = ask(worker, { signal: over.signal })
    over.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    await expect(ask(late, { signal: over.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect([worker.isTerminated, late.isTerminated, late.asked]).toEqual([true, true, []])
  })

  it('tells of a crash', async () => {
    const worker = new WorkerDouble()
    const asked = ask(worker)
    worker.answer({ kind: 'crashed', message: 'out of memory' })
    await expect(asked).rejects.toThrow('out of memory')
    expect(worker.isTerminated).toBe(true)
  })
})
