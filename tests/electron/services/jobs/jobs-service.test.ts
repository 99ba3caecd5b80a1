import { afterEach, describe, expect, it } from 'vitest'
import { JobJournals } from '../../../../electron/services/jobs/job-journal'
import { planJob, layerAt } from '../../../../electron/services/jobs/job-plan'
import { jobSchema } from '../../../../shared/contract/jobs'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import type { StudioError } from '../../../../shared/units/studio-error'
import { smallPrint } from '../../../shared/machine/marlin/small-print'
import { StudioDouble } from '../machines/studio-double'
import { join } from 'node:path'

let studio: StudioDouble | undefined
afterEach(async () => {
  await studio?.dispose()
  studio = undefined
})

const VIRTUAL = { machineId: 'virtual' }
const PROFILE = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!
const rejected = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing was refused', (error: unknown) => (error as StudioError).code)

async function connected(...options: ConstructorParameters<typeof StudioDouble>): Promise<StudioDouble> {
  studio = new StudioDouble(...options)
  await studio.machines.connect(VIRTUAL)
  return studio
}

/** Slow enough that a job is still in its midst when the test acts; `fast` lets it end. */
const SLOW = { timeScale: 200 }
const fast = (s: StudioDouble) => s.machines.virtual.configure({ ...VIRTUAL, timeScale: 10_000 })

describe('a job', () => {
  it.each(['memory', 'pty'] as const)('runs to its end over %s, and is kept with what came of it', async (transport) => {
    const s = await connected({ transport })
    const text = smallPrint(400)
    const job = await s.create(text)
    expect(job).toMatchObject({ state: 'running', machineName: 'Virtual printer' })
    await s.until(() => s.job(job.id).state !== 'running', 'the end')
    expect(jobSchema.parse(s.job(job.id))).toMatchObject({ state: 'done', progress: 1, remainingS: 0, linesAcknowledged: job.lineCount, resends: 0 })
    expect(s.machines.virtual.account(VIRTUAL)).toMatchObject({ linesInOrder: true, refused: [], extrudedMm: expect.closeTo(100, 3) as number })
    expect(s.machine()).toMatchObject({ state: 'ready' })
    expect(s.restart().list({ limit: 10 })).toMatchObject([{ id: job.id, state: 'done' }])
  })

  it('does not start by itself, and runs once', async () => {
    const s = await connected()
    const job = await s.create(smallPrint(20), { start: false })
    expect(job.state).toBe('queued')
    expect(s.restart().list({ limit: 10 })).toMatchObject([{ state: 'queued' }])
    expect((await s.jobs.start({ jobId: job.id })).state).toBe('running')
    await s.until(() => s.job(job.id).state === 'done')
    expect(await rejected(s.jobs.start({ jobId: job.id }))).toBe('job/not-queued')
  })

  it('is refused when the machine is away or at work, or the file is not for it', async () => {
    studio = new StudioDouble({ timeScale: 1 })
    expect(await rejected(studio.create(smallPrint(20)))).toBe('machine/not-connected')
    await studio.machines.connect(VIRTUAL)
    expect(await rejected(studio.create('G28\nG1 X900 F600\n'))).toBe('gcode/outside-volume')
    expect(await rejected(studio.create('G28\nM109 S900\nG1 X9 E1 F600\n'))).toBe('gcode/too-hot')
    expect(await rejected(studio.create('G28\nM112\nG1 X9 E1 F600\n'))).toBe('job/forbidden-command')
    expect(await rejected(studio.jobs.create({ name: 'x', machineId: 'virtual', gcodeSha256: '0'.repeat(64), sources: [], start: false }))).toBe('blob/missing')
    expect(studio.jobs.list({ limit: 10 })).toEqual([])
    await studio.create('G28\nG1 X9 F600\nG1 X20\n')
    expect(await rejected(studio.create(smallPrint(20)))).toBe('machine/job-running')
    expect(await rejected(studio.machines.disconnect(VIRTUAL))).toBe('machine/job-running')
    expect(() => studio!.machines.command({ ...VIRTUAL, command: { kind: 'home', axes: [] } })).toThrow(/A job runs/)
    studio.machines.virtual.configure({ ...VIRTUAL, timeScale: 10_000 })
    await studio.until(() => !studio!.jobs.isAnyRunning())
  })

  it('is refused when it uses a tool that the machine has not', async () => {
    const s = await connected()
    expect(await rejected(s.create(smallPrint(20).replace('G92 E0', 'T1\nG92 E0')))).toBe('job/no-such-tool')
    const job = await s.create(smallPrint(20).replace('G92 E0', 'T0\nG92 E0'))
    await s.until(() => s.job(job.id).state === 'done')
  })

  it('tells layer, progress and time left on the way', async () => {
    const plan = planJob(new TextEncoder().encode(`${smallPrint(50)}\n;LAYER_CHANGE\n;Z:0.4\n`), PROFILE)
    expect(plan.ok).toBe(true)
    if (!plan.ok) return
    expect(plan.value.totalS).toBeGreaterThan(10)
    expect(plan.value.lineEndS.length).toBe(plan.value.lineCount)
    expect([...plan.value.lineEndS].every((s, i, all) => i === 0 || s >= (all[i - 1] ?? 0))).toBe(true)
    expect(layerAt({ layerLines: Uint32Array.of(10, 20, 30) }, 25)).toBe(2)
    expect(layerAt({ layerLines: Uint32Array.of(10, 20, 30) }, 5)).toBe(0)
  })

  it('is held and resumed', async () => {
    const s = await connected(SLOW)
    const job = await s.create(smallPrint(1500))
    await s.until(() => s.job(job.id).progress > 0.05)
    expect(s.jobs.hold({ jobId: job.id }).state).toBe('held')
    await s.until(() => s.machine().state === 'held', 'the hold')
    fast(s)
    expect(s.jobs.resume({ jobId: job.id })).toMatchObject({ id: job.id })
    await s.until(() => s.job(job.id).state === 'done', 'the end')
    expect(s.machines.virtual.account(VIRTUAL).extrudedMm).toBeCloseTo(375, 2)
    expect(() => s.jobs.resume({ jobId: job.id })).toThrow(/does not run/)
  })

  it('is cancelled, heaters off', async () => {
    const s = await connected(SLOW)
    const job = await s.create(smallPrint(1500))
    await s.until(() => s.job(job.id).progress > 0.05)
    s.jobs.cancel({ jobId: job.id })
    fast(s)
    await s.until(() => s.job(job.id).state === 'cancelled', 'the end')
    await s.until(() => s.machine().hotends[0]?.targetC === 0, 'heaters off')
    expect(s.machine().state).toBe('ready')
  })

  it('fails when the cable is pulled, with the line, the heat and the reason; the studio goes on', async () => {
    const s = await connected({ transport: 'pty', ...SLOW })
    const job = await s.create(smallPrint(1500))
    await s.until(() => s.job(job.id).progress > 0.05)
    s.machines.virtual.unplug(VIRTUAL)
    await s.until(() => s.job(job.id).state === 'failed', 'the failure')
    const failed = s.job(job.id)
    expect(failed).toMatchObject({ reason: { code: 'machine/link-lost' }, lastHeat: { hotendTargetC: 200 } })
    expect(failed.linesAcknowledged).toBeGreaterThan(20)
    expect(failed.reason?.values['line']).toBe(failed.linesAcknowledged)
    fast(s)
    await s.machines.connect(VIRTUAL)
    const next = await s.create(smallPrint(20))
    await s.until(() => s.job(next.id).state === 'done', 'the next job')
  })

  it('fails with an emergency stop', async () => {
    const s = await connected(SLOW)
    const job = await s.create(smallPrint(1500))
    await s.until(() => s.job(job.id).progress > 0.02)
    s.machines.emergencyStop(VIRTUAL)
    expect(s.job(job.id)).toMatchObject({ state: 'failed', reason: { code: 'machine/emergency-stopped' } })
  })

  it('is failed after the studio ended in its midst, with the line it had reached', async () => {
    const s = await connected({ timeScale: 50 })
    const job = await s.create(`G28\nG90\nG1 Z5 F600\n${Array.from({ length: 2000 }, (_, i) => `G1 X${10 + (i % 90)} Y${10 + (i % 7)} F6000`).join('\n')}\n`)
    await s.until(() => s.job(job.id).linesAcknowledged > 60)
    const found = s.restart().list({ limit: 10 })[0]
    expect(found).toMatchObject({ id: job.id, state: 'failed', reason: { code: 'job/studio-ended' } })
    expect(found!.linesAcknowledged).toBeLessThanOrEqual(s.job(job.id).linesAcknowledged)
    s.jobs.cancel({ jobId: job.id })
    await s.until(() => !s.jobs.isAnyRunning())
  })

  it('runs on several machines at the same time, each for itself', async () => {
    const s = await connected()
    const second = s.machines.add({ name: 'Second', port: 'virtual', profileId: 'generic-marlin' })
    await s.machines.connect({ machineId: second.id })
    s.machines.virtual.configure({ machineId: second.id, faults: { seed: 3, dropByte: 0.0003, loseOk: 0.01 } })
    const jobs = await Promise.all([s.create(smallPrint(300)), s.create(smallPrint(300), { machineId: second.id })])
    await s.until(() => jobs.every(({ id }) => s.job(id).state === 'done'), 'both ends')
    expect(s.job(jobs[0].id).resends).toBe(0)
    expect(s.machines.virtual.account({ machineId: second.id })).toMatchObject({ linesInOrder: true, extrudedMm: expect.closeTo(75, 3) as number })
  })

  it('stays in the history until it is removed', async () => {
    const s = await connected()
    const job = await s.create(smallPrint(20), { start: false })
    s.jobs.cancel({ jobId: job.id })
    expect(s.job(job.id).state).toBe('cancelled')
    s.jobs.remove({ jobId: job.id })
    expect(s.restart().list({ limit: 10 })).toEqual([])
  })
})

describe('the journal', () => {
  it('gives the last entry back, and is gone when the job is over', () => {
    studio = new StudioDouble()
    const folder = join(studio.dataDir, 'journals')
    const journals = new JobJournals(folder)
    const heat = { hotendC: 200, hotendTargetC: 200, bedC: 60, bedTargetC: 60, atMs: 5 }
    for (let line = 1; line <= 610; line++) journals.note('a', { atMs: line, line, layer: 1, progress: 0.5, resends: 0, heat })
    expect(new JobJournals(folder).last('a')).toMatchObject({ line: 610 })
    journals.end('a')
    expect(new JobJournals(folder).last('a')).toBeUndefined()
  })
})
