import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { JobJournals } from '../../../../electron/services/jobs/job-journal'
import { resumePlanSchema } from '../../../../shared/contract/jobs'
import type { StudioError } from '../../../../shared/units/studio-error'
import { StudioDouble } from '../machines/studio-double'

const VIRTUAL = { machineId: 'virtual' }
let studio: StudioDouble | undefined

afterEach(async () => {
  await studio?.dispose()
  studio = undefined
})

/** Eight layers of 150 moves; in the midst of the fifth it may wait for the user. */
function tower({ waits = false } = {}): string {
  const lines = ['M140 S60', 'M104 S200', 'G28', 'M190 S60', 'M109 S200', 'G90', 'M83', 'G92 E0']
  for (let layer = 0; layer < 8; layer++) {
    lines.push(';LAYER_CHANGE', `;Z:${((layer + 1) * 0.2).toFixed(1)}`, `G1 Z${((layer + 1) * 0.2).toFixed(1)} F600`, 'G1 X70 Y60 F6000')
    for (let i = 0; i < 150; i++) {
      if (waits && layer === 4 && i === 75) lines.push('M0 Look')
      lines.push(`G1 X${(50 + 20 * Math.cos(i / 20)).toFixed(3)} Y${(60 + 20 * Math.sin(i / 20)).toFixed(3)} E0.05 F2400`)
    }
  }
  return [...lines, 'M104 S0', 'M140 S0', 'G1 Z20 F600', 'M84', ''].join('\n')
}

const rejected = (promise: Promise<unknown>) => promise.then(() => 'nothing was refused', (error: unknown) => (error as StudioError).code)

/** Its cable was pulled in the fourth layer. */
async function failedInItsMidst(): Promise<{ s: StudioDouble; jobId: string }> {
  const s = (studio = new StudioDouble())
  await s.machines.connect(VIRTUAL)
  s.machines.virtual.configure({ ...VIRTUAL, faults: { unplugAtLine: 560 } })
  const job = await s.create(tower())
  await s.until(() => s.job(job.id).state === 'failed', 'the failure')
  s.machines.virtual.configure({ ...VIRTUAL, faults: {} })
  return { s, jobId: job.id }
}

describe('a failed job', () => {
  it('goes on from where it stopped, and the object is whole', async () => {
    const { s, jobId } = await failedInItsMidst()
    const plan = resumePlanSchema.parse(await s.jobs.resumePlan({ jobId }))
    const failed = s.job(jobId)
    expect(plan).toMatchObject({ hotendC: 200, bedC: 60, primeMm: 12, usesLevelling: false, mayMissMoves: false, standsAtZMm: failed.lastPositionMm!.z })
    expect(plan.choices[0]).toMatchObject({ kind: 'place', line: failed.linesAcknowledged + 1, layer: failed.layer })
    expect(plan.choices.filter(({ kind }) => kind === 'layer').map(({ layer }) => layer)).toEqual([failed.layer!, failed.layer! + 1])
    // At the layer's own height, not at that of the layer below, where the part is now.
    expect(plan.choices.map(({ zMm }) => zMm)).toEqual([failed.layer! * 0.2, failed.layer! * 0.2, (failed.layer! + 1) * 0.2].map((z) => Number(z.toFixed(1))))

    // What was planned is printed, cable or not.
    const before = s.machines.virtual.account(VIRTUAL)
    await s.machines.connect(VIRTUAL)
    const next = await s.jobs.resumeFrom({ jobId, line: plan.choices[0]!.line, standsAtZMm: plan.standsAtZMm })
    expect(next).toMatchObject({ state: 'running', resumedFrom: { jobId, line: failed.linesAcknowledged + 1 } })
    await s.until(() => s.job(next.id).state !== 'running', 'the end')
    expect(s.job(next.id)).toMatchObject({ state: 'done', progress: 1, linesAcknowledged: failed.lineCount })
    const account = s.machines.virtual.account(VIRTUAL)
    expect(account.refused).toEqual([])
    // Moves in the planner end with the reset of connecting (16 at most); lines whose answer was lost are printed twice (3 at most).
    expect(account.extrudedMm).toBeGreaterThan(8 * 150 * 0.05 + 12 - 16 * 0.05 - 1e-6)
    expect(account.extrudedMm).toBeLessThan(8 * 150 * 0.05 + 12 + 3 * 0.05 + 1e-6)
    expect(account.extrudedMm).toBeGreaterThan(before.extrudedMm)
    expect(s.job(jobId).state).toBe('failed')
  }, 60_000)

  it('goes on from the beginning of a layer, too', async () => {
    const { s, jobId } = await failedInItsMidst()
    await s.machines.connect(VIRTUAL)
    const plan = await s.jobs.resumePlan({ jobId })
    const layer = plan.choices.find(({ kind, layer: number }) => kind === 'layer' && number === s.job(jobId).layer! + 1)!
    expect(await rejected(s.jobs.resumeFrom({ jobId, line: 200, standsAtZMm: plan.standsAtZMm }))).toBe('job/below-part')
    const next = await s.jobs.resumeFrom({ jobId, line: layer.line, standsAtZMm: plan.standsAtZMm })
    await s.until(() => s.job(next.id).state === 'done', 'the end')
    expect(s.machines.virtual.account(VIRTUAL)).toMatchObject({ refused: [], finalPositionMm: { z: expect.closeTo(20, 3) as number } })
  }, 60_000)

  it('goes on after the studio itself had ended', async () => {
    const s = (studio = new StudioDouble())
    await s.machines.connect(VIRTUAL)
    const job = await s.create(tower({ waits: true }))
    await s.until(() => s.machine().prompt !== undefined, 'the question')
    const acknowledged = s.job(job.id).linesAcknowledged
    const journals = new JobJournals(join(s.dataDir, 'jobs'))
    await vi.waitFor(() => expect(journals.last(job.id)?.line).toBe(acknowledged), 10_000)
    const after = s.restart()
    const [found] = after.list({ limit: 1 })
    expect(found).toMatchObject({ state: 'failed', reason: { code: 'job/studio-ended' }, linesAcknowledged: acknowledged, lastPositionMm: { z: 1 } })
    const plan = await after.resumePlan({ jobId: job.id })
    expect(plan).toMatchObject({ standsAtZMm: 1, choices: [{ kind: 'place', line: acknowledged + 1, layer: 5, zMm: 1 }, { kind: 'layer', layer: 5, zMm: 1 }, { kind: 'layer', layer: 6, zMm: 1.2 }] })
    s.machines.answer({ ...VIRTUAL, button: 0 })
    await s.until(() => s.job(job.id).state === 'done', 'the end')
  }, 60_000)

  it('does not go on when it has not failed, or is not there, or the machine is away', async () => {
    const s = (studio = new StudioDouble())
    await s.machines.connect(VIRTUAL)
    const job = await s.create(tower(), { start: false })
    expect(await rejected(s.jobs.resumePlan({ jobId: job.id }))).toBe('job/not-failed')
    expect(await rejected(s.jobs.resumePlan({ jobId: 'x' }))).toBe('job/not-found')
    await s.machines.disconnect(VIRTUAL)
    expect(await rejected(s.jobs.resumeFrom({ jobId: job.id, line: 5, standsAtZMm: 0 }))).toBe('machine/not-connected')
  })
})
