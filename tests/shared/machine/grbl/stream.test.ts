import { describe, expect, it } from 'vitest'
import { jobOf, raster, Rig } from './rig'

const moves = (text: string) => text.split('\n').filter((line) => /^G[01] /.test(line)).map((line) => line.replaceAll(' ', ''))
const isMove = (line: string) => /^G[01]X|^G1Y|^G0|^G1X/.test(line)

describe('a job on a machine that speaks Grbl', () => {
  it('shakes hands: banner, version, settings, offsets, modes', () => {
    const rig = new Rig().connect()
    expect(rig.state.firmware?.name).toBe('Grbl 1.1h.20190830')
    expect(rig.state.settings['130']).toBe('400.000')
    expect(rig.state.offsets['G54']).toEqual([0, 0, 0])
    expect(rig.state.machine.state).toBe('Idle')
    expect(rig.state.stream.budget).toBe(127)
  })

  it('runs a raster to its end: every move once, in order, and never more than 127 bytes under way', () => {
    const rig = new Rig().connect()
    const text = raster(12)
    let most = 0
    rig.dispatch({ kind: 'start-job', lines: jobOf(text) })
    rig.until(() => {
      most = Math.max(most, rig.state.stream.sent.reduce((sum, { bytes }) => sum + bytes, 0))
      return rig.jobEnd !== undefined
    })
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
    expect(rig.blocks.filter(isMove)).toEqual(moves(text).filter((line) => line !== 'G1Y1.000F3000S0'))
    expect(most).toBeLessThanOrEqual(127)
    expect(most).toBeGreaterThan(100)
    expect(rig.firmware.account().refused).toEqual([])
  })

  it('sets the modes that files count on before each job, whatever was left over', () => {
    const rig = new Rig().connect()
    rig.command('G91', 'G20', 'G1 X0.1 F10')
    rig.pass(2000)
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X40 F1200\nM30\n') })
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
    expect(rig.firmware.account().finalPositionMm.x).toBeCloseTo(40, 3)
  })

  it('uses the larger buffer of grblHAL', () => {
    const rig = new Rig({ flavour: 'grblHAL' }).connect()
    expect(rig.state.firmware?.name).toMatch(/^grblHAL/)
    expect(rig.state.stream.budget).toBe(1023)
    rig.dispatch({ kind: 'start-job', lines: jobOf(raster(10)) })
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
  })

  it('holds within the path, goes on, and is done with the same moves', () => {
    const rig = new Rig().connect()
    const text = 'G90 G21\nM4 S300\nG1 X40 F1200\nG1 Y30\nM5\n'
    rig.dispatch({ kind: 'start-job', lines: jobOf(text) })
    rig.until(() => (rig.state.machine.machine?.[0] ?? 0) > 10)
    rig.dispatch({ kind: 'hold' })
    expect(rig.until(() => rig.state.run?.state === 'held', 2000)).toBe(true)
    const at = rig.state.machine.machine
    rig.pass(3000)
    expect(rig.state.machine.machine).toEqual(at)
    rig.dispatch({ kind: 'resume' })
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
    expect(rig.firmware.account().finalPositionMm).toMatchObject({ x: 40, y: 30 })
  })

  it('cancels by hold, then reset: the position is kept, no alarm', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X100 F1200\nG1 X0\nG1 X100\n') })
    rig.until(() => (rig.state.machine.machine?.[0] ?? 0) > 20)
    rig.dispatch({ kind: 'cancel' })
    rig.until(() => rig.jobEnd !== undefined, 10_000)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'cancelled' } })
    rig.pass(1000)
    expect(rig.state.alarm).toBeUndefined()
    expect(rig.state.machine.state).toBe('Idle')
    expect(rig.state.machine.machine?.[0]).toBeGreaterThan(20)
  })

  it('stops at once in an emergency: one byte, job failed, laser off', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('M4 S500\nG1 X100 F1200\n') })
    rig.until(() => (rig.state.machine.machine?.[0] ?? 0) > 20)
    const before = rig.sent.length
    rig.dispatch({ kind: 'emergency' })
    expect(rig.sent[before]).toBe('\x18')
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'failed', reason: { code: 'grbl/emergency-stopped' } } })
    expect(rig.state.phase).toBe('halted')
  })

  it('holds at a line that the firmware refuses, and says which one', () => {
    const rig = new Rig().connect()
    const lines = jobOf('G1 X10 F1200\nG1 X20\nG1 X30\nG1 X40\n')
    rig.dispatch({ kind: 'start-job', lines: { ...lines, text: (i) => (i === 2 ? 'G1Y' : lines.text(i)) } })
    expect(rig.until(() => rig.state.run?.state === 'held', 20_000)).toBe(true)
    expect(rig.state.run?.holdReason).toMatchObject({ code: 'grbl/error-2', values: { line: 3, command: 'G1Y' } })
  })

  it('fails when the board resets under way', () => {
    const rig = new Rig().connect()
    rig.firmware.setFaults({ seed: 1, dropByte: 0, corruptByte: 0, duplicateLine: 0, loseOk: 0, delayMs: 0, thermalRunaway: false, resetAtLine: 40 })
    rig.dispatch({ kind: 'start-job', lines: jobOf(raster(20)) })
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'failed', reason: { code: 'machine/reset' } } })
    expect(rig.until(() => rig.state.phase === 'ready', 10_000)).toBe(true)
  })

  it('checks all lines in check mode first, then runs them', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf(raster(3)), check: 'first' })
    expect(rig.until(() => rig.state.run?.state === 'checking', 5000)).toBe(true)
    rig.until(() => rig.state.run?.stage === 'run')
    expect(rig.firmware.account().movesExecuted).toBe(0)
    rig.until(() => rig.jobEnd !== undefined)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
    expect(rig.firmware.account().movesExecuted).toBeGreaterThan(50)
  })

  it('changes a tool: spindle off, asks, comes back to the place with the new height', () => {
    const rig = new Rig({ isLaser: false, canHome: true }).connect()
    rig.dispatch({ kind: 'home' })
    rig.until(() => rig.state.modal.isHomed, 60_000)
    rig.pass(500)
    rig.command('G10L20P0X0Y0Z0', 'G91', 'G90')
    rig.dispatch({ kind: 'start-job', lines: jobOf('M3 S1000\nG1 Z-5 F600\nG1 X5 F600\nM6 T2\nM3 S1000\nG1 X10\nM5\n') })
    expect(rig.until(() => rig.state.run?.state === 'held', 60_000)).toBe(true)
    expect(rig.state.prompt?.text).toBe('T2')
    expect(rig.state.run?.holdReason).toMatchObject({ code: 'grbl/tool-change', values: { tool: 2 } })
    rig.dispatch({ kind: 'answer', button: 0 })
    rig.until(() => rig.jobEnd !== undefined, 120_000)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'done' } })
  })
})
