import { afterEach, describe, expect, it } from 'vitest'
import { raster } from '../../../shared/machine/grbl/rig'
import { StudioDouble } from './studio-double'

const LASER = { machineId: 'virtual-laser' }
const doubles: StudioDouble[] = []

function studio(timeScale = 200): StudioDouble {
  const made = new StudioDouble({ timeScale })
  doubles.push(made)
  return made
}

const failure = async (done: Promise<unknown>): Promise<string> => done.then(() => 'none', (error: { readonly code?: string }) => error.code ?? String(error))
const thrown = (act: () => unknown): string => {
  try {
    act()
    return 'none'
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error)
  }
}

async function homed(s: StudioDouble): Promise<void> {
  await s.machines.connect(LASER)
  await s.until(() => s.machine('virtual-laser').state === 'halted', 'the alarm')
  s.machines.command({ ...LASER, command: { kind: 'home', axes: [] } })
  await s.until(() => s.machine('virtual-laser').isHomed && s.machine('virtual-laser').grbl?.state === 'Idle', 'homing')
}

afterEach(async () => {
  for (const made of doubles.splice(0)) await made.dispose()
})

describe('the virtual laser', () => {
  it('begins locked, says so, and is freed by homing', async () => {
    const s = studio()
    await s.machines.connect(LASER)
    await s.until(() => s.machine('virtual-laser').state === 'halted', 'the alarm')
    expect(s.machine('virtual-laser').reason?.code).toBe('grbl/alarm-11')
    expect(thrown(() => s.machines.command({ ...LASER, command: { kind: 'jog', axis: 'x', distanceMm: 1, feedMmPerMin: 1000 } }))).toBe('grbl/locked')
    s.machines.command({ ...LASER, command: { kind: 'home', axes: [] } })
    await s.until(() => s.machine('virtual-laser').state === 'ready' && s.machine('virtual-laser').isHomed, 'homing')
    expect(s.machine('virtual-laser')).toMatchObject({ purpose: 'laser', grbl: { hasLaserMode: true, canHome: true, workOffset: 'G54' } })
  }, 60_000)

  it('burns a raster from the zero that was set, to the end, and its own account agrees', async () => {
    const s = studio()
    await homed(s)
    s.machines.command({ ...LASER, command: { kind: 'set-zero', axes: ['x', 'y', 'z'] } })
    await s.until(() => Math.abs(s.machine('virtual-laser').grbl?.workPositionMm.x ?? 9) < 0.01, 'the zero')
    const job = await s.create(raster(6), { machineId: 'virtual-laser' })
    await s.until(() => s.job(job.id).state !== 'running', 'the end')
    expect(s.job(job.id)).toMatchObject({ state: 'done', progress: 1 })
    const account = s.machines.virtual.account(LASER)
    expect(account.refused).toEqual([])
    expect(account.cutMm).toBeGreaterThan(40)
    expect(account.cutMm).toBeLessThan(60)
  }, 60_000)

  it('refuses a job that would leave the machine before the first byte', async () => {
    const s = studio()
    await homed(s)
    const before = s.machines.virtual.account(LASER).linesReceived
    expect(await failure(s.create('G21 G90\nG1 X500 F1000\n', { machineId: 'virtual-laser' }))).toBe('grbl/outside-machine')
    expect(await failure(s.create('G21 G90\nM104 S200\n', { machineId: 'virtual-laser' }))).toBe('grbl/error-20')
    expect(s.machines.virtual.account(LASER).linesReceived).toBe(before)
  }, 60_000)

  it('holds, goes on, and cancels as printers do', async () => {
    const s = studio(4)
    await homed(s)
    s.machines.command({ ...LASER, command: { kind: 'set-zero', axes: ['x', 'y'] } })
    await s.until(() => Math.abs(s.machine('virtual-laser').grbl?.workPositionMm.x ?? 9) < 0.01, 'the zero')
    const job = await s.create('G21 G90\nM4 S100\nG1 X100 F600\nG1 X0\nG1 X100\nM5\n', { machineId: 'virtual-laser' })
    await s.until(() => (s.machine('virtual-laser').grbl?.workPositionMm.x ?? 0) > 1, 'motion')
    s.jobs.hold({ jobId: job.id })
    await s.until(() => s.machine('virtual-laser').state === 'held', 'the hold')
    s.jobs.resume({ jobId: job.id })
    await s.until(() => s.machine('virtual-laser').state === 'printing', 'going on')
    s.jobs.cancel({ jobId: job.id })
    await s.until(() => s.job(job.id).state === 'cancelled', 'the end')
    await s.until(() => s.machine('virtual-laser').state === 'ready', 'rest')
    expect(s.machine('virtual-laser').isHomed).toBe(true)
  }, 60_000)

  it('writes settings one by one and reads them back', async () => {
    const s = studio()
    await homed(s)
    s.machines.command({ ...LASER, command: { kind: 'settings', values: { 30: '255', 110: '9000', 32: '1' } } })
    await s.until(() => s.machines.settings(LASER)['30'] === '255' && s.machines.settings(LASER)['110'] === '9000.000', 'the settings')
    expect(s.machine('virtual-laser').grbl?.fullPower).toBe(255)
  }, 60_000)

  it('does not heat: what a laser has not is refused', async () => {
    const s = studio()
    await homed(s)
    expect(thrown(() => s.machines.command({ ...LASER, command: { kind: 'heat', heater: 'bed', targetC: 60 } }))).toBe('machine/not-possible')
  }, 60_000)
})
