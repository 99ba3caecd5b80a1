import { describe, expect, it } from 'vitest'
import { jobLines, indexJobLines } from '../../../../shared/machine/marlin/job-lines'
import { quirksOf } from '../../../../shared/machine/marlin/firmware-quirks'
import { parseReceived } from '../../../../shared/machine/marlin/received-line'
import { reduceMarlin } from '../../../../shared/machine/marlin/reduce-marlin'
import { Bench, firmwareOptions, PARK } from './bench'
import { smallPrint } from './small-print'

/** Moves of half a millimetre at 100 mm/s: two hundred lines a second. */
const DENSE = ['G28', 'M83', 'G1 Z1 F600', 'G1 X0 F6000', ...Array.from({ length: 390 }, (_, i) => `G1 X${((i + 1) / 2).toFixed(1)}`)].join('\n')

describe('what is told of a job while it goes on', () => {
  it('warns of a cable that makes more than one line in a hundred be sent again', () => {
    const bench = new Bench(firmwareOptions()).connect()
    bench.firmware.setFaults({ ...bench.options.faults, seed: 4, dropByte: 1e-3 })
    bench.start(smallPrint(300))
    bench.until(() => bench.ends.length > 0 || bench.state.notice !== undefined)
    expect(bench.state.notice).toMatchObject({ code: 'machine/bad-cable' })
    expect(Number(bench.state.notice?.values['percent'])).toBeGreaterThan(1)
    expect(bench.notes.filter(({ code }) => code === 'machine/bad-cable')).toHaveLength(1)
  })

  it('says nothing on a good cable', () => {
    const bench = new Bench(firmwareOptions(), 250_000).connect().start(smallPrint(200)).finish()
    expect(bench.state.notice).toBeUndefined()
  })

  it('shows that the planner runs dry when segments are shorter than the wire can carry', () => {
    const bench = new Bench(firmwareOptions(), 9600).connect().start(DENSE).finish()
    expect(bench.state.notice).toMatchObject({ code: 'machine/starved' })
    const fast = new Bench(firmwareOptions(), 1_000_000).connect().start(DENSE).finish()
    expect(fast.state.notice).toBeUndefined()
  })

  it('names a heater that stays cold, as with a board that is powered by USB alone', () => {
    const bench = new Bench(firmwareOptions()).connect()
    const heat = (atS: number, currentC: number) => bench.dispatch({ kind: 'line', atMs: bench.nowMs + 1000 * atS, line: ` T:${currentC.toFixed(2)} /200.00 B:21.00 /0.00` })
    for (let s = 0; s < 85; s += 5) heat(s, 21 + s / 100)
    expect(bench.state.notice).toBeUndefined()
    heat(95, 21.9)
    expect(bench.state.notice).toMatchObject({ code: 'machine/not-warming', values: { heater: 'E0', currentC: 22, targetC: 200 } })
  })

  it('tells the machine’s display each percent, where it has one for it', () => {
    const bytes = new TextEncoder().encode(smallPrint(200))
    const index = indexJobLines(bytes)
    if (!index.ok) throw new Error('not indexed')
    const lineEndS = Float32Array.from({ length: 220 }, (_, i) => i * 30)
    const printed = (text: string) => {
      const bench = new Bench(firmwareOptions()).connect()
      const from = new TextEncoder().encode(text)
      const found = indexJobLines(from)
      if (!found.ok) throw new Error('not indexed')
      bench.dispatch({ kind: 'start-job', atMs: bench.nowMs, lines: jobLines(from, found.value, lineEndS), park: PARK })
      bench.finish()
      return bench
    }
    const bench = printed(smallPrint(200))
    const told = bench.sent.join('').match(/M73 P\d+ R\d+/g) ?? []
    expect(told.length).toBeGreaterThan(60)
    expect(told.length).toBeLessThanOrEqual(101)
    expect(told[0]).toBe('M73 P0 R110')
    expect(bench.firmware.account()).toMatchObject({ linesInOrder: true, refused: [] })
    // A file that tells it by itself is left alone.
    expect(printed(`M73 P0 R5\n${smallPrint(50)}`).sent.join('').match(/M73/g)).toHaveLength(1)
    const plain = new Bench(firmwareOptions()).connect().start(smallPrint(20)).finish()
    expect(plain.sent.join('')).not.toContain('M73')
  })
})

describe('what differs between firmwares', () => {
  it('is a table by the name in M115', () => {
    expect(quirksOf('Marlin bugfix-2.1.x (Nov 23 2026)')).toMatchObject({ maxWindow: 3 })
    expect(quirksOf('Smoothieware')).toMatchObject({ maxWindow: 1 })
    expect(quirksOf('Teacup')).toMatchObject({ isUnknownAnswered: true })
    expect(quirksOf(undefined)).toMatchObject({ maxWindow: 1 })
  })

  it('keeps one line under way at a firmware whose queue is not known', () => {
    const bench = new Bench(firmwareOptions()).connect()
    bench.state = { ...bench.state, firmware: { ...bench.state.firmware!, name: 'Something Else' } }
    bench.start(smallPrint(120))
    let most = 0
    while (bench.ends.length === 0 && bench.step(10_000_000)) most = Math.max(most, bench.state.stream.sent.length)
    expect(bench.ends[0]?.outcome).toBe('done')
    expect(most).toBe(1)
  })

  it('reads the place as Marlin, RepRapFirmware and Klipper tell it', () => {
    const position = { x: 1.5, y: -2, z: 0.3, e: 4 }
    for (const line of ['X:1.50 Y:-2.00 Z:0.30 E:4.00 Count X:120 Y:-160 Z:120', 'X:1.500 Y:-2.000 Z:0.300 E:4.000 E0:4.0 E1:0.0 Count 0 0 0', 'X:1.500 Y:-2.000 Z:0.300 E:4.000']) {
      expect(parseReceived(line)).toEqual({ kind: 'position', position })
    }
    for (const torn of ['X:1.50 Y:-2.00 Z:0.30 E:4.00', 'X:1.500 Y:-2.000 Z:0.300 E:4.0', 'X:1.5000 Y:-2.0000 Z:0.3000 E:4.0000']) expect(parseReceived(torn).kind).toBe('note')
  })

  it('takes T: of a board with one line of heat for the active tool', () => {
    const bench = new Bench(firmwareOptions()).connect()
    const before = bench.state.hotends[0]
    bench.state = { ...bench.state, modal: { ...bench.state.modal, tool: 1 } }
    const { state } = reduceMarlin(bench.state, { kind: 'line', atMs: bench.nowMs, line: ' T:88.00 /90.00 @:0' })
    expect(state.hotends).toEqual([before, { currentC: 88, targetC: 90 }])
  })
})

describe('what the firmware asks of the host', () => {
  const said = (bench: Bench, line: string) => bench.dispatch({ kind: 'line', atMs: bench.nowMs, line })
  const printing = () => {
    const bench = new Bench(firmwareOptions()).connect().start(smallPrint(200))
    return bench.until(() => (bench.state.run?.acknowledged ?? 0) > 60)
  }

  it('holds, goes on and cancels when the machine’s own buttons ask for it', () => {
    const bench = printing()
    said(bench, '//action:pause')
    bench.until(() => bench.state.run?.state === 'held')
    expect(bench.state.run?.holdReason?.code).toBe('job/held-by-machine')
    said(bench, '//action:resume')
    bench.until(() => bench.state.run?.state === 'running')
    // What the user has held isn't gone on with by the machine.
    bench.dispatch({ kind: 'hold', atMs: bench.nowMs })
    bench.until(() => bench.state.run?.state === 'held')
    said(bench, '//action:resume')
    expect(bench.state.run?.state).toBe('held')
    said(bench, '//action:cancel')
    expect(bench.finish().ends[0]?.outcome).toBe('cancelled')
  })

  it('stops at what the firmware calls fatal, and at M999', () => {
    for (const [line, phase, code] of [['!! Lost communication with MCU', 'faulted', 'machine/firmware-fatal'], ['fatal: heater', 'faulted', 'machine/firmware-fatal'], ['Error:Printer stopped due to errors. Fix the error and use M999 to restart.', 'halted', 'machine/stopped-by-firmware']] as const) {
      const bench = printing()
      said(bench, line)
      expect(bench.state).toMatchObject({ phase, reason: { code } })
      expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code } }])
    }
  })
})
