import { describe, expect, it } from 'vitest'
import { jobOf, Rig } from './rig'

const homedMill = () => {
  const rig = new Rig({ isLaser: false, canHome: true }).connect()
  rig.dispatch({ kind: 'home' })
  rig.until(() => rig.state.modal.isHomed && rig.state.machine.state === 'Idle', 120_000)
  rig.pass(500)
  return rig
}

describe('real-time commands', () => {
  it('changes an override one byte at a time, each after the report that shows the one before', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'override', wanted: { feed: 130 } })
    expect(rig.until(() => rig.state.machine.overrides[0] === 130, 5000)).toBe(true)
    expect(rig.sent.filter((text) => text === '\x91')).toHaveLength(3)
    rig.dispatch({ kind: 'override', wanted: { feed: 100, rapid: 50, power: 87 } })
    expect(rig.until(() => rig.state.machine.overrides.join() === '100,50,87', 5000)).toBe(true)
  })

  it('asks for the status a few times a second, one question under way', () => {
    const rig = new Rig().connect()
    const before = rig.sent.length
    rig.pass(3000)
    const asked = rig.sent.slice(before).filter((text) => text === '?').length
    expect(asked).toBeGreaterThan(12)
    expect(asked).toBeLessThan(30)
    rig.toHost = () => new Uint8Array(0)
    rig.pass(400)
    const silent = rig.sent.length
    rig.pass(3000)
    expect(rig.sent.slice(silent).filter((text) => text === '?').length).toBeLessThanOrEqual(4)
  })

  it('never asks for modes while a job streams', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X20 F1000\nG1 X0\n') })
    rig.until(() => rig.state.run?.state === 'running')
    const from = rig.sent.length
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.sent.slice(from).filter((text) => text.startsWith('$'))).toEqual([])
  })

  it('jogs while it is asked for, and stops by itself when nobody asks any more', () => {
    const rig = new Rig().connect()
    for (let i = 0; i < 8; i++) {
      rig.dispatch({ kind: 'jog-hold', direction: [1, 0, 0], feed: 1200 })
      rig.pass(120)
    }
    expect(rig.state.machine.state).toBe('Jog')
    rig.pass(1000)
    expect(rig.sent).toContain('\x85')
    expect(rig.state.machine.state).toBe('Idle')
    const at = rig.state.machine.machine?.[0] ?? 0
    expect(at).toBeGreaterThan(10)
    expect(at).toBeLessThan(40)
    rig.pass(1000)
    expect(rig.state.machine.machine?.[0]).toBe(at)
  })

  it('stops a jog at once when the button is let go', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'jog-hold', direction: [0, 1, 0], feed: 3000 })
    rig.pass(100)
    rig.dispatch({ kind: 'jog-stop' })
    const from = rig.state.machine.machine?.[1] ?? 0
    rig.pass(600)
    expect(rig.state.machine.state).toBe('Idle')
    expect((rig.state.machine.machine?.[1] ?? 0) - from).toBeLessThan(8)
  })
})

describe('alarms', () => {
  it('hears nothing but a reset after a soft limit: sends it before unlocking', () => {
    const rig = homedMill()
    rig.dispatch({ kind: 'command', lines: ['G53G0X-900'] })
    rig.until(() => rig.state.alarm === 2, 5000)
    expect(rig.state).toMatchObject({ alarm: 2, isMute: true, reason: { code: 'grbl/alarm-2' } })
    const from = rig.sent.length
    rig.dispatch({ kind: 'unlock' })
    expect(rig.sent[from]).toBe('\x18')
    expect(rig.until(() => rig.state.alarm === undefined && rig.state.machine.state === 'Idle', 10_000)).toBe(true)
    expect(rig.sent.slice(from)).toContain('$X\n')
  })

  it('does not start a job while it is locked', () => {
    const rig = new Rig({ canHome: true }).connect()
    expect(rig.state.alarm).toBe(11)
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X1 F100\n') })
    expect(rig.state.run).toBeUndefined()
  })

  it('probes down, takes the zero from the plate, and keeps the place of the touch', () => {
    const rig = homedMill()
    rig.command('G21G91G38.2Z-25F200', 'G10L20P0Z15', 'G91G0Z2', 'G90')
    rig.pass(500)
    expect(rig.state.probe).toMatchObject({ hasTouched: true, at: [expect.any(Number), expect.any(Number), -10] })
    expect((rig.state.machine.machine?.[2] ?? 0) - rig.state.machine.workOffset[2]).toBeCloseTo(17, 2)
  })

  it('misses the plate: alarm 5, and the lines behind it are not sent', () => {
    const rig = homedMill()
    rig.dispatch({ kind: 'command', lines: ['G21G91G38.2Z-2F200', 'G10L20P0Z15', 'G90'] })
    rig.until(() => rig.state.alarm === 5, 30_000)
    rig.pass(1000)
    expect(rig.state.reason?.code).toBe('grbl/alarm-5')
    expect(rig.sent).not.toContain('G10L20P0Z15\n')
  })

  it('shows the door, and goes on when it is closed', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('M4 S100\nG1 X60 F1200\n') })
    rig.until(() => (rig.state.machine.machine?.[0] ?? 0) > 5)
    rig.firmware.receive(Uint8Array.of(0x84), rig.nowMs)
    expect(rig.until(() => rig.state.run?.state === 'held', 3000)).toBe(true)
    expect(rig.state.run?.holdReason?.code).toBe('grbl/door')
    rig.dispatch({ kind: 'resume' })
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
  })

  it('waits at M0 with a question, and goes on with its answer', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X5 F1200\nM0\nG1 X10\n') })
    expect(rig.until(() => rig.state.run?.state === 'held', 10_000)).toBe(true)
    expect(rig.state.prompt).toMatchObject({ text: 'M0', isShown: true })
    rig.dispatch({ kind: 'answer', button: 0 })
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
  })

  it('sleeps, and says so', () => {
    const rig = new Rig().connect()
    rig.command('$SLP')
    rig.pass(500)
    expect(rig.state.machine.state).toBe('Sleep')
    expect(rig.state.busy).toBe('Sleep')
  })

  it('writes the EEPROM with nothing else under way', () => {
    const rig = new Rig().connect()
    let most = 0
    rig.dispatch({ kind: 'command', lines: ['$110=9000', '$111=9000', 'G10L20P0X0', 'G4P0.01'] })
    rig.until(() => {
      if (rig.state.stream.sent.some(({ isAlone }) => isAlone)) most = Math.max(most, rig.state.stream.sent.length)
      return rig.state.stream.sent.length === 0 && rig.state.script.length === 0
    }, 10_000)
    expect(most).toBe(1)
    expect(rig.state.settings).toMatchObject({ 110: '9000.000', 111: '9000.000' })
  })

  it('does not take the ok of a start-up line for its own', () => {
    const rig = new Rig().connect()
    rig.command('$N0=G21')
    rig.firmware.reset(rig.nowMs)
    expect(rig.until(() => rig.received.includes('>G21:ok'), 5000)).toBe(true)
    expect(rig.until(() => rig.state.phase === 'ready', 10_000)).toBe(true)
  })
})
