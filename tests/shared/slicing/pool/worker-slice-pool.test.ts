import { describe, expect, it } from 'vitest'
import { answerSliceCalls } from '../../../../shared/slicing/pool/answer-slice-calls'
import { packRegions, unpackRegions } from '../../../../shared/slicing/pool/packed'
import type { SliceCall, SliceReply } from '../../../../shared/slicing/pool/slice-task'
import { type SliceWorkerHost, WorkerSlicePool } from '../../../../shared/slicing/pool/worker-slice-pool'
import { SliceCancelled } from '../../../../shared/slicing/slice-pool'
import { settingsWith } from '../solids'

interface FakeWorker {
  readonly calls: SliceCall[]
  readonly reply: (reply: SliceReply) => void
  readonly crash: (error: Error) => void
  isTerminated: boolean
}

/** Workers that do nothing by themselves, and a timer that the test turns. */
function fakeHost(workerCount: number) {
  const workers: FakeWorker[] = []
  let tick: (() => void) | undefined
  const host: SliceWorkerHost = {
    workerCount,
    start(onReply, onCrash) {
      const worker: FakeWorker = { calls: [], reply: onReply, crash: onCrash, isTerminated: false }
      workers.push(worker)
      return { post: (call) => void worker.calls.push(call), terminate: () => void (worker.isTerminated = true) }
    },
    every(_periodMs, call) {
      tick = call
      return () => void (tick = undefined)
    },
  }
  return { host, workers, tick: () => tick?.(), isTicking: () => tick !== undefined }
}

const square = Float64Array.of(0, 0, 10, 0, 10, 10, 0, 10)
const task = () => ({ kind: 'outline' as const, packed: packRegions([[square]]), settings: settingsWith(), firstLayer: 0 })
const quiet = { onLayers: () => undefined, isCancelled: () => false }
const done = (call: SliceCall): SliceReply => ({ kind: 'done', id: call.id, packed: packRegions([[square]]) })

describe('a pool of workers', () => {
  it('starts its workers at once and gives each one task at a time', async () => {
    const { host, workers } = fakeHost(2)
    const pool = new WorkerSlicePool(host)
    expect(workers).toHaveLength(2)
    const results = [1, 2, 3].map(() => pool.run(task(), quiet))
    expect(workers.map(({ calls }) => calls.length)).toEqual([1, 1])
    workers[1]!.reply(done(workers[1]!.calls[0]!))
    expect(workers.map(({ calls }) => calls.length)).toEqual([1, 2])
    workers[0]!.reply(done(workers[0]!.calls[0]!))
    workers[1]!.reply(done(workers[1]!.calls[1]!))
    expect(unpackRegions((await Promise.all(results))[2]!)).toEqual([[square]])
  })

  it('ends running workers when the caller cancels, and rejects what waits too', async () => {
    const { host, workers, tick, isTicking } = fakeHost(1)
    const pool = new WorkerSlicePool(host)
    let isCancelled = false
    const results = [1, 2].map(() => pool.run(task(), { ...quiet, isCancelled: () => isCancelled }))
    tick()
    expect(workers[0]!.isTerminated).toBe(false)
    isCancelled = true
    tick()
    expect(workers[0]!.isTerminated).toBe(true)
    for (const result of results) await expect(result).rejects.toBeInstanceOf(SliceCancelled)
    expect(isTicking()).toBe(false)
  })

  it('works on with a new worker after a cancel', async () => {
    const { host, workers, tick } = fakeHost(1)
    const pool = new WorkerSlicePool(host)
    let isCancelled = false
    const cancelled = pool.run(task(), { ...quiet, isCancelled: () => isCancelled })
    isCancelled = true
    tick()
    await expect(cancelled).rejects.toBeInstanceOf(SliceCancelled)
    const next = pool.run(task(), quiet)
    workers[1]!.reply(done(workers[1]!.calls[0]!))
    expect(unpackRegions(await next)).toEqual([[square]])
  })

  it('ends nothing of another slicing when what a cancelled one still had in hand comes late', async () => {
    const { host, workers, tick } = fakeHost(2)
    const pool = new WorkerSlicePool(host)
    let isCancelled = false
    const cancelled = { ...quiet, isCancelled: () => isCancelled }
    const first = pool.run(task(), cancelled)
    const other = pool.run(task(), quiet)
    isCancelled = true
    await expect(pool.run(task(), cancelled)).rejects.toBeInstanceOf(SliceCancelled)
    tick()
    await expect(first).rejects.toBeInstanceOf(SliceCancelled)
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
    workers[1]!.reply(done(workers[1]!.calls[0]!))
    expect(unpackRegions(await other)).toEqual([[square]])
  })

  it('rejects the task of a worker that crashed, and goes on with the next', async () => {
    const { host, workers } = fakeHost(1)
    const pool = new WorkerSlicePool(host)
    const [first, second] = [pool.run(task(), quiet), pool.run(task(), quiet)]
    workers[0]!.crash(new Error('out of memory'))
    await expect(first).rejects.toThrow('out of memory')
    workers[1]!.reply(done(workers[1]!.calls[0]!))
    expect(unpackRegions(await second)).toEqual([[square]])
  })

  it('leaves no timer and no worker when it is disposed of', async () => {
    const { host, workers, isTicking } = fakeHost(2)
    const pool = new WorkerSlicePool(host)
    const running = pool.run(task(), quiet)
    pool.dispose()
    await expect(running).rejects.toBeInstanceOf(SliceCancelled)
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true)
    expect(isTicking()).toBe(false)
    await expect(pool.run(task(), quiet)).rejects.toBeInstanceOf(SliceCancelled)
  })
})

describe('what a worker answers', () => {
  const ask = (call: SliceCall) => new Promise<SliceReply[]>((resolve) => {
    const replies: SliceReply[] = []
    answerSliceCalls((reply) => {
      replies.push(reply)
      if (reply.kind !== 'layers') resolve(replies)
    })(call)
  })

  it('is progress for all layers, then the packed result', async () => {
    const replies = await ask({ id: 7, task: { kind: 'outline', packed: packRegions(Array.from({ length: 10 }, () => [square])), settings: settingsWith(), firstLayer: 0 } })
    expect(replies.reduce((sum, reply) => sum + (reply.kind === 'layers' ? reply.count : 0), 0)).toBe(10)
    const last = replies.at(-1)!
    expect(last).toMatchObject({ kind: 'done', id: 7 })
    expect(last.kind === 'done' && unpackRegions(last.packed)).toHaveLength(10)
  })

  it('is a sentence when the task fails', async () => {
    const broken = { kind: 'plan', packed: packRegions([[square]]), settings: undefined, firstLayer: 0, places: [], from: 0, to: 1 } as unknown as SliceCall['task']
    expect((await ask({ id: 1, task: broken })).at(-1)).toMatchObject({ kind: 'failed', id: 1, message: expect.stringContaining('TypeError') })
  })
})
