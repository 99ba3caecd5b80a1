import { afterEach, describe, expect, it } from 'vitest'
import { smallPrint } from '../../../shared/machine/marlin/small-print'
import { StudioDouble } from '../machines/studio-double'

let studio: StudioDouble | undefined
afterEach(async () => {
  await studio?.dispose()
  studio = undefined
})

const VIRTUAL = { machineId: 'virtual' }
/** Heats, and then moves for minutes. */
const LONG_MOVE = 'M104 S200\nM140 S60\nG28\nM109 S200\nG1 X10 Y10 F3000\nG1 X190 F6\nG1 X10 F6\nG1 X190 F6\nM104 S0\nM140 S0\n'

describe('a studio that is closed during a job', () => {
  it('cancels it, and waits until the machine has finished what it is at', async () => {
    studio = new StudioDouble({ timeScale: 200 })
    await studio.machines.connect(VIRTUAL)
    const job = await studio.create(smallPrint(4000))
    await studio.until(() => studio!.job(job.id).linesAcknowledged > 60)
    await studio.jobs.dispose()
    expect(studio.job(job.id)).toMatchObject({ state: 'cancelled' })
    await studio.until(() => studio!.machine().hotends[0]?.targetC === 0)
    expect(studio.machine().bed).toMatchObject({ targetC: 0 })
  })

  it('stops a machine at once that is in a move of minutes: no heater stays on', async () => {
    studio = new StudioDouble({ timeScale: 2000, closeMs: 300 })
    await studio.machines.connect(VIRTUAL)
    const job = await studio.create(LONG_MOVE)
    await studio.until(() => studio!.job(job.id).linesAcknowledged >= 5)
    studio.machines.virtual.configure({ ...VIRTUAL, timeScale: 1 })
    await studio.jobs.dispose()
    expect(studio.job(job.id)).toMatchObject({ state: 'failed', reason: { code: 'job/stopped-at-closing', values: { name: 'Virtual printer' } } })
    // Asked anew, the board itself says so.
    studio.machines.virtual.configure({ ...VIRTUAL, timeScale: 1000 })
    await studio.machines.connect(VIRTUAL)
    expect(studio.machine().hotends[0]).toMatchObject({ targetC: 0 })
    expect(studio.machine().bed).toMatchObject({ targetC: 0 })
  })
})
