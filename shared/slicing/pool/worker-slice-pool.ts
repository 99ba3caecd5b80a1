import { SliceCancelled, type SlicePool, type SliceRunOptions } from '../slice-pool'
import type { Packed } from './packed'
import type { SliceCall, SliceReply, SliceTask } from './slice-task'

const CANCEL_POLL_MS = 50

/** A worker as the pool needs it: a thread of Node or a worker of the browser. */
export interface SliceWorker {
  post(call: SliceCall, transfer: ArrayBuffer[]): void
  terminate(): void
}

/** What starts workers and asks again and again; handed in since this code has neither threads nor timers. */
export interface SliceWorkerHost {
  readonly workerCount: number
  start(onReply: (reply: SliceReply) => void, onCrash: (error: Error) => void): SliceWorker
  /** Calls until stopped; the timer must not keep a process alive. */
  every(periodMs: number, call: () => void): () => void
}

interface Waiting {
  readonly id: number
  readonly task: SliceTask
  readonly options: SliceRunOptions
  readonly resolve: (packed: Packed) => void
  readonly reject: (error: Error) => void
}

interface Place {
  worker: SliceWorker | undefined
  job: Waiting | undefined
}

/** A pool of workers that can be ended at any moment. */
export class WorkerSlicePool implements SlicePool {
  readonly workerCount: number
  private readonly places: Place[]
  private readonly queue: Waiting[] = []
  private lastId = 0
  private stopPolling: (() => void) | undefined
  private isDisposed = false

  /** Starts the workers at once, so that they are there when the first task comes. */
  constructor(private readonly host: SliceWorkerHost) {
    this.workerCount = host.workerCount
    this.places = Array.from({ length: host.workerCount }, () => ({ worker: undefined, job: undefined }))
    for (const place of this.places) this.startWorker(place)
  }

  run(task: SliceTask, options: SliceRunOptions): Promise<Packed> {
    if (this.isDisposed) return Promise.reject(new SliceCancelled('the pool was disposed of'))
    // What a cancelled slicing still had in hand must not start, nor end what runs for another.
    if (options.isCancelled()) return Promise.reject(new SliceCancelled('cancelled'))
    return new Promise((resolve, reject) => {
      this.queue.push({ id: ++this.lastId, task, options, resolve, reject })
      this.stopPolling ??= this.host.every(CANCEL_POLL_MS, () => this.poll())
      this.dispatch()
    })
  }

  dispose(): void {
    this.isDisposed = true
    this.end(new SliceCancelled('the pool was disposed of'), () => true)
    this.rest()
    for (const place of this.places) {
      place.worker?.terminate()
      place.worker = undefined
    }
  }

  private startWorker(place: Place): SliceWorker {
    const worker = this.host.start(
      (reply) => this.receive(place, reply),
      (error) => this.crash(place, error),
    )
    place.worker = worker
    return worker
  }

  private dispatch(): void {
    for (const place of this.places) {
      if (place.job !== undefined) continue
      const job = this.queue.shift()
      if (job === undefined) break
      place.job = job
      const { packed } = job.task
      const worker = place.worker ?? this.startWorker(place)
      worker.post({ id: job.id, task: job.task }, [packed.counts.buffer, packed.values.buffer])
    }
    if (this.places.every(({ job }) => job === undefined)) this.rest()
  }

  private receive(place: Place, reply: SliceReply): void {
    const { job } = place
    if (job === undefined || job.id !== reply.id) return
    if (reply.kind === 'layers') {
      job.options.onLayers(reply.stage, reply.count)
      return
    }
    place.job = undefined
    if (reply.kind === 'done') job.resolve(reply.packed)
    else job.reject(new Error(reply.message))
    this.dispatch()
  }

  private crash(place: Place, error: Error): void {
    place.worker?.terminate()
    place.worker = undefined
    const { job } = place
    place.job = undefined
    job?.reject(error)
    if (!this.isDisposed) this.dispatch()
  }

  private poll(): void {
    this.end(new SliceCancelled('cancelled'), ({ options }) => options.isCancelled())
    this.dispatch()
  }

  /** Ends what is meant of all that runs or waits: a worker in the middle of a task can only be stopped by ending it. */
  private end(error: Error, isMeant: (job: Waiting) => boolean): void {
    const ended = this.queue.filter(isMeant)
    this.queue.splice(0, this.queue.length, ...this.queue.filter((job) => !ended.includes(job)))
    for (const place of this.places) {
      if (place.job === undefined || !isMeant(place.job)) continue
      ended.push(place.job)
      place.job = undefined
      place.worker?.terminate()
      place.worker = undefined
    }
    for (const { reject } of ended) reject(error)
  }

  private rest(): void {
    this.stopPolling?.()
    this.stopPolling = undefined
  }
}
