import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { StudioError } from '../../../../shared/units/studio-error'
import { longPrint } from '../../../shared/machine/marlin/small-print'
import { StudioDouble } from '../machines/studio-double'

let studio: StudioDouble | undefined
afterEach(async () => {
  await studio?.dispose()
  studio = undefined
})

const VIRTUAL = { machineId: 'virtual' }
const rejected = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing was refused', (error: unknown) => (error as StudioError).code)

/** A studio to which every file is a long one. */
async function connected(timeScale = 10_000): Promise<StudioDouble> {
  studio = new StudioDouble({ longBytes: 0, timeScale })
  await studio.machines.connect(VIRTUAL)
  return studio
}

describe('a job of a file that is too long for memory', () => {
  it('runs to its end, and is kept with its lines, layers and time', async () => {
    const s = await connected()
    const job = await s.create(longPrint(5, 60))
    await s.until(() => s.job(job.id).state !== 'running', 'the end')
    expect(s.job(job.id)).toMatchObject({ state: 'done', progress: 1, layerCount: 5, lineCount: longPrint(5, 60).split('\n').length - 1 })
    expect(s.job(job.id).estimateS).toBeGreaterThan(10)
    expect(s.machines.virtual.account(VIRTUAL)).toMatchObject({ linesInOrder: true, refused: [], extrudedMm: expect.closeTo(15, 3) as number })
  })

  it('is refused before it starts when its beginning is wrong', async () => {
    const s = await connected()
    expect(await rejected(s.create(`G28\nG1 X900 F600\n${longPrint(2, 20)}`))).toBe('gcode/outside-volume')
    expect(await rejected(s.create(`G28\nM112\n${longPrint(2, 20)}`))).toBe('job/forbidden-command')
    expect(s.jobs.list({ limit: 10 })).toEqual([])
  })

  it('is ended with the reason when a line far behind is wrong, before it is reached', async () => {
    const s = await connected(100)
    // More than the piece that is looked through before the start.
    const text = `${longPrint(20, 2000)}M997\n`
    expect(text.length).toBeGreaterThan(1 << 20)
    const job = await s.create(text)
    expect(job.state).toBe('running')
    s.machines.virtual.configure({ ...VIRTUAL, timeScale: 10_000 })
    await s.until(() => s.job(job.id).state !== 'running', 'the end')
    expect(s.job(job.id)).toMatchObject({ state: 'failed', reason: { code: 'job/forbidden-command', values: { word: 'M997' } } })
    expect(s.job(job.id).linesAcknowledged).toBeLessThan(text.split('\n').length - 1)
    await s.until(() => s.machine().state === 'ready')
    expect(s.machines.virtual.account(VIRTUAL)).toMatchObject({ linesInOrder: true, refused: [] })
  }, 60_000)

  it('is looked through once: the next one starts with all that is known', async () => {
    const s = await connected()
    const text = longPrint(4, 50)
    const first = await s.create(text)
    await s.until(() => s.job(first.id).state === 'done')
    expect(readdirSync(join(s.dataDir, 'outlines'))).toHaveLength(1)
    const second = await s.create(text)
    expect(second).toMatchObject({ layerCount: 4, lineCount: text.split('\n').length - 1 })
    await s.until(() => s.job(second.id).state === 'done')
  })

  it('goes on after it failed, and the object is whole', async () => {
    const s = await connected(300)
    const text = longPrint(6, 120)
    const job = await s.create(text)
    await s.until(() => s.job(job.id).linesAcknowledged > 250, 'the third layer')
    s.printers[0]!.unplug()
    await s.until(() => s.job(job.id).state === 'failed', 'the failure')
    await s.machines.connect(VIRTUAL)
    const plan = await s.jobs.resumePlan({ jobId: job.id })
    expect(plan.choices.map(({ kind }) => kind)).toContain('place')
    const place = plan.choices.find(({ kind }) => kind === 'place')!
    s.machines.virtual.configure({ ...VIRTUAL, timeScale: 10_000 })
    const next = await s.jobs.resumeFrom({ jobId: job.id, line: place.line, standsAtZMm: plan.standsAtZMm })
    await s.until(() => s.job(next.id).state !== 'running', 'the end')
    expect(s.job(next.id)).toMatchObject({ state: 'done' })
  }, 60_000)
})
