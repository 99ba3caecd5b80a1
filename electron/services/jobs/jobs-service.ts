import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Job, jobSchema, type ResumePlan } from '../../../shared/contract/jobs'
import { isCardName } from '../../../shared/machine/marlin/card'
import type { JobLines } from '../../../shared/machine/marlin/job-lines'
import { resumedLines, resumePreamble } from '../../../shared/machine/marlin/resume-job'
import { StudioError } from '../../../shared/units/studio-error'
import type { BlobStore } from '../../store/blob-store'
import type { Records } from '../../store/records'
import { Bell, followTopic } from '../machines/bell'
import { cardIsFree } from '../machines/card-status'
import { heatOf, parkPlan, type JobOptions } from '../machines/machine-session'
import type { JobRunner, MachinesService } from '../machines/machines-service'
import { JobJournals, type JournalEntry } from './job-journal'
import { layerAt } from './job-plan'
import { measures, type KnownPlan } from './known-plan'
import { JobLoader, type Loaded } from './load-job'
import type { LongJob } from './long-job'
import { grblOptions, type GrblStart, onlyPrinters, refusal, SAFE_Z_MM, toolsAreThere } from './may-start'
import { planResume, pointAt } from './resume-plan'

export interface JobsServiceParts {
  readonly machines: Pick<MachinesService, 'runner' | 'emergencyStop'>
  readonly records: Records
  readonly blobs: Pick<BlobStore, 'size' | 'readBytes' | 'path'>
  readonly dataDir: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Files longer than this are read while they are sent; 32 MiB unless given. */
  readonly longBytes?: number
  /** How long machines may take to end their jobs when the studio closes; 12 s unless given. */
  readonly closeMs?: number
}

/** What a job is made from; the rest comes about. */
export type NewJob = Pick<Job, 'name' | 'machineId' | 'gcodeSha256' | 'thumbnailSha256' | 'sources' | 'material' | 'quality' | 'estimateS' | 'filamentMm' | 'filamentCm3' | 'massG' | 'layerCount'>

type Named = { readonly jobId: string }

export interface JobsService {
  /** Newest first. */
  list(input: { readonly machineId?: string | undefined; readonly limit: number }): Job[]
  watch(signal?: AbortSignal): AsyncIterable<Job[]>
  create(input: NewJob & { readonly start: boolean } & Partial<GrblStart>): Promise<Job>
  start(input: Named): Promise<Job>
  hold(input: Named): Job
  resume(input: Named): Job
  cancel(input: Named): Job
  /** @throws StudioError 'job/not-failed' | 'job/no-place' | 'job/nothing-left' */
  resumePlan(input: Named): Promise<ResumePlan>
  resumeFrom(input: Named & { readonly line: number; readonly standsAtZMm: number }): Promise<Job>
  /** @throws StudioError 'job/card-name' | 'job/too-large-for-card' and those of the file and the machine */
  toCard(input: { readonly machineId: string; readonly gcodeSha256: string; readonly name: string }): Promise<void>
  remove(input: Named): void
  isAnyRunning(): boolean
  /** Cancels what runs and waits for the machines to say so; a machine that is too long in a move is stopped at once, so that no heater stays on. */
  dispose(): Promise<void>
}

const KIND = 'job'
const WATCHED = 200
const JOURNAL_EVERY_MS = 1000
/** About a minute at 115,200 baud. */
const MAX_CARD_BYTES = 512 * 1024
const CLOSE_MS = 12_000
/** A stop at once is on the wire before this. */
const STOP_MS = 2000
const MOTION_DIGITS = 4

/** Makes the service behind `jobs.*`. A job that ran when the last studio ended is shown as failed, with the line it had reached; nothing starts by itself. */
export function createJobsService(parts: JobsServiceParts): JobsService {
  return new Jobs(parts)
}

/** A job on a machine: its plan and its machine. */
interface Running {
  readonly runner: JobRunner
  readonly plan: KnownPlan
  readonly long: LongJob | undefined
  /** Why the studio itself ended it. */
  endedFor: StudioError | undefined
  readonly lines: JobLines
  readonly resendsBefore: number
  journalAtMs: number
  isHeld: boolean
  journalTimer: NodeJS.Timeout | undefined
}

class Jobs implements JobsService {
  private readonly jobs = new Map<string, Job>()
  private readonly running = new Map<string, Running>()
  private readonly starting = new Set<string>()
  private readonly bell = new Bell()
  private readonly journals: JobJournals
  private readonly loader: JobLoader

  constructor(private readonly parts: JobsServiceParts) {
    this.journals = new JobJournals(join(parts.dataDir, 'jobs'))
    this.loader = new JobLoader(parts.blobs, join(parts.dataDir, 'outlines'), parts.longBytes)
    for (const { value } of parts.records.list(KIND)) {
      const read = jobSchema.safeParse(value)
      if (read.success) this.jobs.set(read.data.id, read.data)
    }
    for (const job of this.jobs.values()) if (job.state === 'running' || job.state === 'held') this.studioEnded(job, this.journals.last(job.id))
  }

  /** The studio ended while this job ran: nobody knows what the machine did afterwards. */
  private studioEnded(job: Job, last: JournalEntry | undefined): void {
    const line = last?.line ?? job.linesAcknowledged
    this.keep({
      ...job, state: 'failed', endedAt: last?.atMs ?? this.parts.now(), linesAcknowledged: line, progress: last?.progress ?? job.progress, resends: last?.resends ?? job.resends,
      ...(last && { layer: last.layer, lastHeat: last.heat, ...(last.positionMm && { lastPositionMm: last.positionMm }) }),
      reason: { code: 'job/studio-ended', message: `The studio ended during the job, at line ${line}. Look at the machine: its heaters may still be on.`, values: { line } },
    })
    this.journals.end(job.id)
  }

  private keep(job: Job): Job {
    this.jobs.set(job.id, job)
    this.parts.records.put(KIND, job.id, job)
    this.bell.ring()
    return job
  }

  private find({ jobId }: Named): Job {
    const job = this.jobs.get(jobId)
    if (!job) throw new StudioError('job/not-found', 'There is no such job any more.', { jobId })
    return job
  }

  list({ machineId, limit }: { readonly machineId?: string | undefined; readonly limit: number }): Job[] {
    const all = [...this.jobs.values()].filter((job) => machineId === undefined || job.machineId === machineId)
    // Made in the same millisecond: the later one is the newer.
    const newest = all.map((job, i) => ({ job, i })).sort((a, b) => b.job.createdAt - a.job.createdAt || b.i - a.i)
    return newest.slice(0, limit).map(({ job }) => this.live(job))
  }

  watch(signal?: AbortSignal): AsyncIterable<Job[]> {
    return followTopic(this.bell, () => this.list({ limit: WATCHED }), signal)
  }

  /** The job as it is now. */
  private live(job: Job): Job {
    const running = this.running.get(job.id)
    const run = running?.runner.state.run
    if (!running || !run) return job
    const isHeld = run.state === 'draining' || run.state === 'parking' || run.state === 'held'
    return {
      ...job, state: isHeld ? 'held' : 'running', ...this.progressOf(job, running, run.acknowledged),
      ...(isHeld && run.holdReason && { reason: { ...run.holdReason, values: { ...run.holdReason.values } } }),
    }
  }

  private progressOf(job: Job, { plan, lines, runner, resendsBefore }: Running, acknowledged: number) {
    const line = acknowledged > 0 ? lines.fileLine(acknowledged - 1) : (job.resumedFrom?.line ?? 1) - 1
    const doneS = plan.endS(line)
    const byLines = plan.lineCount > 0 ? line / plan.lineCount : 1
    const progress = Math.min(1, plan.totalS > 0 ? doneS / plan.totalS : byLines)
    return { progress, remainingS: Math.max(0, plan.totalS - doneS), layer: layerAt(plan, line), linesAcknowledged: line, resends: job.resends + runner.state.stream.resends - resendsBefore }
  }

  async create({ start, check, fromLine, safeZMm = SAFE_Z_MM, ...input }: Parameters<JobsService['create']>[0]): Promise<Job> {
    const runner = this.parts.machines.runner(input.machineId)
    if (start) this.mayStart(runner)
    const loaded = await this.loader.load(input.gcodeSha256, runner)
    const { plan, lines, size } = loaded
    const job = this.keep({
      ...input, id: randomUUID(), machineName: runner.machine.name, state: 'queued', gcodeBytes: size, createdAt: this.parts.now(), progress: 0, lineCount: plan.lineCount, linesAcknowledged: 0, resends: 0,
      ...measures(input, plan),
    })
    const options = grblOptions(runner, lines, { check, fromLine, safeZMm })
    if (start) return this.begin(job, runner, { ...loaded, options })
    loaded.long?.stop()
    return job
  }

  /** @throws StudioError 'machine/not-connected' | 'machine/job-running' */
  private mayStart({ machine, isReady, state }: JobRunner): void {
    const { name } = machine
    if (!isReady) throw new StudioError('machine/not-connected', `${name} isn't connected: connect it first.`, { name })
    cardIsFree(state, name)
    if (state.run || this.starting.has(machine.id)) throw new StudioError('machine/job-running', `A job runs on ${name}: wait for its end, or cancel it first.`, { name })
  }

  async start(input: Named): Promise<Job> {
    const job = this.find(input)
    if (job.state !== 'queued') throw new StudioError('job/not-queued', 'This job has been started before. Make a new one.', { state: job.state })
    const runner = this.parts.machines.runner(job.machineId)
    this.mayStart(runner)
    this.starting.add(job.machineId)
    try {
      const loaded = await this.loader.load(job.gcodeSha256, runner)
      if (this.find(input).state !== 'queued') throw new StudioError('job/not-queued', 'This job was cancelled meanwhile.', { state: this.find(input).state })
      return this.begin(job, runner, loaded)
    } finally {
      this.starting.delete(job.machineId)
    }
  }

  private begin(job: Job, runner: JobRunner, { plan, lines, long, options }: Omit<Loaded, 'size'> & { readonly options?: JobOptions }): Job {
    const running: Running = { runner, plan, lines, long, endedFor: undefined, resendsBefore: runner.state.stream.resends, journalAtMs: 0, isHeld: false, journalTimer: undefined }
    const started = this.keep({ ...job, state: 'running', startedAt: this.parts.now() })
    this.running.set(job.id, running)
    try {
      runner.start({ jobId: job.id, onProgress: () => this.onProgress(job.id), onEnd: (end) => this.onEnd(job.id, end) }, lines, options)
    } catch (error) {
      this.running.delete(job.id)
      long?.stop()
      this.keep(job)
      throw error
    }
    if (long) void this.followLong(job.id, running, long)
    return this.live(started)
  }

  /** Takes up what a long file shows while it is being sent; a line that has no place in it ends the job well before it is reached. */
  private async followLong(jobId: string, running: Running, long: LongJob): Promise<void> {
    const fail = (error: StudioError) => {
      if (this.running.get(jobId) !== running) return
      running.endedFor = error
      running.runner.cancel()
    }
    try {
      const problems = await long.whole
      if (problems.length > 0) return fail(refusal(problems))
      toolsAreThere(long.plan, running.runner)
    } catch (error) {
      return fail(error instanceof StudioError ? error : new StudioError('job/refused', 'The file could not be read to its end.', {}))
    }
    const job = this.jobs.get(jobId)
    if (job && this.running.get(jobId) === running) this.keep({ ...job, ...measures(job, long.plan), lineCount: long.plan.lineCount })
  }

  /** Called for every acknowledged line. The journal gets one entry a second, the last one of a burst included. */
  private onProgress(jobId: string): void {
    this.bell.ring()
    const running = this.running.get(jobId)
    const run = running?.runner.state.run
    if (!running || !run) return
    // Where the nozzle was put aside is noted at once.
    const isNewHold = run.state === 'held' && !running.isHeld
    running.isHeld = run.state === 'held'
    const waitMs = running.journalAtMs + JOURNAL_EVERY_MS - performance.now()
    if (isNewHold || waitMs <= 0) return this.note(jobId, running)
    running.journalTimer ??= setTimeout(() => this.note(jobId, running), waitMs).unref()
  }

  private note(jobId: string, running: Running): void {
    clearTimeout(running.journalTimer)
    running.journalTimer = undefined
    const { run, modal } = running.runner.state
    if (!run || this.running.get(jobId) !== running) return
    running.journalAtMs = performance.now()
    const { linesAcknowledged: line, layer, progress, resends } = this.progressOf(this.find({ jobId }), running, run.acknowledged)
    const { x, y, z, e } = modal
    const mm = (value: number) => Number(value.toFixed(MOTION_DIGITS))
    const positionMm = x === undefined || y === undefined || z === undefined ? undefined : { x: mm(x), y: mm(y), z: mm(z), e: mm(e ?? 0) }
    this.journals.note(jobId, { atMs: this.parts.now(), line, layer, progress, resends, ...(positionMm && { positionMm }), heat: heatOf(running.runner.state, this.parts.now) })
  }

  private onEnd(jobId: string, end: Parameters<Parameters<JobRunner['start']>[0]['onEnd']>[0]): void {
    const running = this.running.get(jobId)
    const job = this.jobs.get(jobId)
    if (!running || !job) return
    const { remainingS, ...progress } = this.progressOf(job, running, end.acknowledged)
    const { endedFor } = running
    const isDone = end.outcome === 'done'
    const failed = endedFor ? { code: endedFor.code, message: endedFor.message, values: endedFor.values as Record<string, string | number> } : end.outcome === 'failed' ? end.reason : undefined
    clearTimeout(running.journalTimer)
    running.long?.stop()
    this.running.delete(jobId)
    this.keep({
      ...job, ...progress, state: failed ? 'failed' : end.outcome, endedAt: this.parts.now(),
      ...(isDone && { progress: 1, remainingS: 0, linesAcknowledged: job.lineCount }),
      ...(failed && { remainingS, reason: { ...failed, values: { ...failed.values } }, lastHeat: heatOf(running.runner.state, this.parts.now), ...('positionMm' in end && end.positionMm && { lastPositionMm: { ...end.positionMm } }) }),
    })
    this.journals.end(jobId)
  }

  hold(input: Named): Job {
    this.runningOf(input).runner.hold()
    return this.noted(input)
  }

  resume(input: Named): Job {
    const { runner } = this.runningOf(input)
    if (this.live(this.find(input)).state !== 'held') throw new StudioError('job/not-held', 'The job is not held.', {})
    runner.resume()
    return this.noted(input)
  }

  /** Records the state that a hold or a resume made, so that it is known after a crash. */
  private noted(input: Named): Job {
    const job = this.find(input)
    const live = this.live(job)
    this.keep(live.state === job.state ? job : { ...job, state: live.state })
    return live
  }

  private runningOf(input: Named): Running {
    const job = this.find(input)
    const running = this.running.get(job.id)
    if (!running) throw new StudioError('job/not-running', 'The job does not run.', { state: job.state })
    return running
  }

  cancel(input: Named): Job {
    const job = this.find(input)
    if (job.state === 'queued') return this.keep({ ...job, state: 'cancelled', endedAt: this.parts.now() })
    this.runningOf(input).runner.cancel()
    return this.live(this.find(input))
  }

  async resumePlan(input: Named): Promise<ResumePlan> {
    onlyPrinters(this.parts.machines.runner(this.find(input).machineId))
    return this.resumable(input).then(planResume)
  }

  /** A failed job with its file and its machine. @throws StudioError 'job/not-failed' and those of its file */
  private async resumable(input: Named) {
    const job = this.find(input)
    if (job.state !== 'failed') throw new StudioError('job/not-failed', 'Only a job that failed can go on from a line.', { state: job.state })
    const runner = this.parts.machines.runner(job.machineId)
    const loaded = await this.loader.load(job.gcodeSha256, runner)
    // Where to go on is told by the whole file.
    const problems = (await loaded.long?.whole) ?? []
    if (problems.length > 0) throw refusal(problems)
    return { job, runner, ...loaded, park: parkPlan(runner.profile) }
  }

  async resumeFrom({ jobId, line, standsAtZMm }: Parameters<JobsService['resumeFrom']>[0]): Promise<Job> {
    this.mayStart(this.parts.machines.runner(this.find({ jobId }).machineId))
    const { job, runner, plan, lines, long, park } = await this.resumable({ jobId })
    onlyPrinters(runner)
    const point = await pointAt({ lines, plan }, line)
    if (layerAt(plan, line) < layerAt(plan, job.linesAcknowledged)) throw new StudioError('job/below-part', 'This layer is under what was printed since: the nozzle would run into the part.', { line })
    const all = resumedLines(lines, point, resumePreamble(point, park, standsAtZMm))
    this.mayStart(runner)
    const { reason: _, endedAt: __, lastHeat: ___, lastPositionMm: ____, ...kept } = job
    const next: Job = { ...kept, id: randomUUID(), state: 'queued', createdAt: this.parts.now(), linesAcknowledged: line - 1, resends: 0, resumedFrom: { jobId: job.id, line } }
    return this.begin(this.keep(next), runner, { plan, lines: all, ...(long && { long }) })
  }

  async toCard({ machineId, gcodeSha256, name }: Parameters<JobsService['toCard']>[0]): Promise<void> {
    const runner = this.parts.machines.runner(machineId)
    this.mayStart(runner)
    if (!isCardName(name)) throw new StudioError('job/card-name', 'A file on the card has a short name: up to 8 letters A to Z, digits, - or _, then .GCO.', { name })
    const size = (await this.parts.blobs.size(gcodeSha256)) ?? 0
    if (size > MAX_CARD_BYTES) throw new StudioError('job/too-large-for-card', `The file is too large to write it over the cable (${size} bytes, at most ${MAX_CARD_BYTES}): put it on the card at a computer.`, { bytes: size, limitBytes: MAX_CARD_BYTES })
    const { lines } = await this.loader.load(gcodeSha256, runner)
    runner.card({ kind: 'upload', name, lines: Array.from({ length: lines.count }, (_, i) => lines.text(i)) })
  }

  remove(input: Named): void {
    const job = this.find(input)
    if (this.running.has(job.id)) throw new StudioError('job/still-running', 'The job runs: cancel it first.', {})
    this.jobs.delete(job.id)
    this.parts.records.remove(KIND, job.id)
    this.bell.ring()
  }

  isAnyRunning(): boolean {
    return this.running.size > 0
  }

  async dispose(): Promise<void> {
    for (const { runner } of this.running.values()) if (runner.isReady) runner.cancel()
    await this.untilEnded(this.parts.closeMs ?? CLOSE_MS)
    for (const running of this.running.values()) {
      if (!running.runner.isReady) continue
      const { name, id: machineId } = running.runner.machine
      running.endedFor = new StudioError('job/stopped-at-closing', `The studio was closed while ${name} was in a long move: the machine was stopped at once, heaters off. Switch it off and on, and home it before the next job.`, { name })
      this.parts.machines.emergencyStop({ machineId })
    }
    await this.untilEnded(STOP_MS)
    for (const jobId of this.running.keys()) {
      const job = this.live(this.find({ jobId }))
      this.running.delete(jobId)
      this.studioEnded(job, undefined)
    }
  }

  private async untilEnded(waitMs: number): Promise<void> {
    const untilMs = performance.now() + waitMs
    while (this.running.size > 0 && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
