import { describe, expect, it } from 'vitest'
import { CLOSED, type MarlinEvent } from '../../../../shared/machine/marlin/marlin-state'
import { reduceMarlin } from '../../../../shared/machine/marlin/reduce-marlin'
import { PLAIN_TRAITS } from '../../../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions } from './bench'
import { smallPrint } from './small-print'

const TEXT = smallPrint(400)

/** A print that has got to some moves. */
function printing(bench = new Bench(firmwareOptions())): Bench {
  bench.connect().start(TEXT)
  return bench.until(() => (bench.state.run?.acknowledged ?? 0) > 80)
}

const at = (bench: Bench) => ({ atMs: bench.nowMs })

describe('hold and resume', () => {
  it('puts the nozzle aside when held, and prints on to exactly the same object', () => {
    const undisturbed = new Bench(firmwareOptions()).connect().start(TEXT).finish().firmware.account()
    const bench = printing()
    bench.dispatch({ kind: 'hold', ...at(bench) })
    bench.until(() => bench.state.run?.state === 'held')
    const aside = bench.firmware.account().finalPositionMm
    expect(aside).toMatchObject({ x: 0, y: 180 })
    expect(aside.z).toBeCloseTo(0.2 + 5, 3)
    bench.dispatch({ kind: 'resume', ...at(bench) })
    bench.finish()
    expect(bench.ends[0]?.outcome).toBe('done')
    const account = bench.firmware.account()
    expect(account.extrudedMm).toBeCloseTo(undisturbed.extrudedMm, 6)
    expect(account.finalPositionMm.x).toBeCloseTo(undisturbed.finalPositionMm.x, 3)
    expect(account).toMatchObject({ linesInOrder: true, refused: [] })
  })

  it('restores absolute filament, feed rate and fan', () => {
    const bench = new Bench(firmwareOptions()).connect()
    const moves = Array.from({ length: 120 }, (_, i) => `G1 X${10 + (i % 50)} Y20 E${((i + 1) * 0.1).toFixed(2)}`)
    bench.start(['G28', 'M109 S200', 'M82', 'G92 E0', 'M106 S99', 'G1 Z1 F1234', ...moves, 'M104 S0'].join('\n'))
    bench.until(() => (bench.state.run?.acknowledged ?? 0) > 60)
    bench.dispatch({ kind: 'hold', ...at(bench) })
    bench.until(() => bench.state.run?.state === 'held')
    const before = bench.state.run?.before
    expect(before).toMatchObject({ isRelativeE: false, fan: 99, feedMmPerMin: 1234, hotendC: 200 })
    bench.dispatch({ kind: 'command', ...at(bench), lines: ['M104 S0'] })
    bench.dispatch({ kind: 'resume', ...at(bench) })
    bench.until(() => bench.state.run?.state === 'running')
    expect(bench.state.modal).toMatchObject({ isRelativeE: false, fan: 99, feedMmPerMin: 1234, hotendC: 200, e: before?.e })
    bench.finish()
    expect(bench.ends[0]?.outcome).toBe('done')
    expect(bench.firmware.account().extrudedMm).toBeCloseTo(12, 6)
  })

  it('puts the nozzle aside above an object that was printed before and is higher', () => {
    const bench = new Bench(firmwareOptions()).connect()
    const low = Array.from({ length: 80 }, (_, i) => `G1 X${100 + (i % 20)} Y100 E0.1`)
    bench.start(['M302 P1', 'G28', 'M83', 'G1 X20 Y20 Z30 F6000', 'G1 X30 E1', 'G1 Z32', 'G1 X100 Y100', 'G1 Z0.4', ...low, 'G1 Z40'].join('\n'))
    bench.until(() => (bench.state.run?.acknowledged ?? 0) > 40)
    expect(bench.state.modal).toMatchObject({ z: 0.4, topMm: 30 })
    bench.dispatch({ kind: 'hold', ...at(bench) })
    bench.until(() => bench.state.run?.state === 'held')
    const sent = bench.sent.join('').split('\n').map((line) => line.replace(/^N\d+ |\*\d+$/g, ''))
    const lift = sent.findLastIndex((line) => /^G1 Z\d/.test(line))
    expect(Number(/Z([\d.]+)/.exec(sent[lift]!)?.[1])).toBeGreaterThan(30)
    expect(sent.slice(lift).some((line) => /^G1 X\S+ Y/.test(line))).toBe(true)
    bench.dispatch({ kind: 'resume', ...at(bench) })
    expect(bench.finish().ends[0]?.outcome).toBe('done')
  })

  it('goes on at once when resumed before the nozzle was put aside', () => {
    const bench = printing()
    bench.dispatch({ kind: 'hold', ...at(bench) })
    bench.dispatch({ kind: 'resume', ...at(bench) })
    expect(bench.state.run?.state).toBe('running')
    expect(bench.finish().ends[0]?.outcome).toBe('done')
  })

  it('goes on after parking when resumed while the nozzle is put aside', () => {
    const bench = printing()
    bench.dispatch({ kind: 'hold', ...at(bench) })
    bench.until(() => bench.state.run?.state === 'parking')
    bench.dispatch({ kind: 'resume', ...at(bench) })
    expect(bench.finish().ends[0]?.outcome).toBe('done')
    expect(bench.firmware.account().extrudedMm).toBeCloseTo(100, 3)
  })

  it('holds when the machine refuses to extrude cold, and says so', () => {
    const bench = new Bench(firmwareOptions()).connect().start('G28\nM83\nG1 X5 E1 F600\nG1 X9 E1\nG1 X12 E1')
    bench.until(() => bench.state.run?.state === 'held')
    expect(bench.state.run?.holdReason?.code).toBe('job/cold-extrusion')
  })
})

describe('cancel', () => {
  it('finishes what is under way, then heaters and fan off, lift, motors off', () => {
    const bench = printing()
    bench.dispatch({ kind: 'cancel', ...at(bench) })
    bench.finish()
    expect(bench.ends[0]?.outcome).toBe('cancelled')
    const last = bench.sent.join('').split('\n').slice(-7).map((line) => line.replace(/^N\d+ |\*\d+$/g, '')).filter((line) => line !== '')
    expect(last).toEqual(['M104 S0', 'M140 S0', 'M107', 'G90', 'G1 Z5.2 F600', 'M84'])
    bench.until(() => bench.nowMs > 0 && (bench.state.hotends[0]?.targetC ?? 1) === 0, 60)
    expect(bench.state.phase).toBe('ready')
  })

  it.each([['full', {}], ['plain', PLAIN_TRAITS]] as const)('breaks off a wait for heat (%s board)', (_name, traits) => {
    const bench = new Bench(firmwareOptions({}, traits)).connect().start(TEXT)
    bench.until(() => bench.state.busy === 'processing' && bench.received.some((line) => / W:/.test(line)))
    const fromMs = bench.nowMs
    bench.dispatch({ kind: 'cancel', ...at(bench) })
    bench.finish(30)
    expect(bench.ends[0]?.outcome).toBe('cancelled')
    expect(bench.nowMs - fromMs).toBeLessThan(5000)
  })
})

describe('stops', () => {
  it('sends M112 past all queues, resets and closes', () => {
    const bench = printing()
    bench.dispatch({ kind: 'emergency', ...at(bench) })
    expect(bench.effects.slice(-4).map((effect) => effect.kind)).toEqual(['write', 'pulse-dtr', 'close', 'job-ended'])
    expect(bench.sent.at(-1)).toBe('\nM112\n')
    expect(bench.state).toMatchObject({ phase: 'halted', reason: { code: 'machine/emergency-stopped' } })
    expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code: 'machine/emergency-stopped' } }])
    bench.until(() => bench.firmware.demand === 'dead', 1)
  })

  it('fails the job when the board resets, with the line it had reached, and greets anew with the place unknown', () => {
    const bench = new Bench(firmwareOptions()).connect()
    bench.firmware.setFaults({ ...bench.options.faults, resetAtLine: 150 })
    bench.start(TEXT).finish()
    expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code: 'machine/reset' } }])
    expect(bench.ends[0]!.line).toBeGreaterThan(100)
    bench.until(() => bench.state.phase === 'ready', 30)
    expect(bench.state.modal).toMatchObject({ isHomed: false, x: undefined })
  })

  it('names the heater when the firmware stops for it', () => {
    const bench = printing()
    bench.firmware.setFaults({ ...bench.options.faults, thermalRunaway: true })
    bench.finish(3600)
    expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code: 'machine/thermal-fault', values: { heater: 'E0' } } }])
    expect(bench.state.phase).toBe('halted')
  })

  it('fails the job when the cable is pulled', () => {
    const bench = printing()
    bench.dispatch({ kind: 'lost', ...at(bench), detail: 'gone' })
    expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code: 'machine/link-lost' } }])
    expect(bench.state.reason?.values['line']).toBe(bench.ends[0]!.line)
    expect(bench.state.phase).toBe('closed')
  })

  it('gives a machine up that says nothing any more, and switches heaters off', () => {
    const bench = printing()
    bench.firmware.setFaults({ ...bench.options.faults, loseOk: 1, dropByte: 1 })
    bench.finish(3600)
    expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code: 'machine/no-answer' } }])
    expect(bench.state.phase).toBe('faulted')
    expect(bench.sent.at(-1)).toBe('\nM104 S0\nM140 S0\n')
  })
})

describe('questions of the firmware', () => {
  it('shows M0 with its button and goes on when answered', () => {
    const bench = new Bench(firmwareOptions()).connect().start('G28\nM0 Put a nut in\nG1 X10 F600\n')
    bench.until(() => bench.state.prompt?.isShown === true)
    expect(bench.state.prompt).toMatchObject({ text: 'Put a nut in', buttons: ['Continue'] })
    bench.until(() => bench.nowMs > 60_000)
    expect(bench.state.phase).toBe('ready')
    bench.dispatch({ kind: 'answer', ...at(bench), button: 0 })
    expect(bench.finish(60).ends[0]?.outcome).toBe('done')
    expect(bench.firmware.account().finalPositionMm.x).toBe(10)
  })

  it('waits at a message whose text has an S in it', () => {
    const bench = new Bench(firmwareOptions()).connect().start('G28\nM0 Look at the corners\nG1 X10 F600\n')
    bench.until(() => bench.state.prompt?.isShown === true, 120)
    expect(bench.state.prompt?.text).toBe('Look at the corners')
  })

  it('waits for a filament change as long as it takes', () => {
    const bench = new Bench(firmwareOptions()).connect().start(smallPrint(200))
    bench.firmware.setFaults({ ...bench.options.faults, filamentMm: 20 })
    const buttons: string[] = []
    let answeredMs = 0
    while (bench.ends.length === 0 && bench.step(10_000_000)) {
      const prompt = bench.state.prompt
      if (!prompt?.isShown || bench.nowMs - answeredMs < 60_000 || bench.state.busy !== 'paused for user') continue
      answeredMs = bench.nowMs
      buttons.push(prompt.buttons.join('|'))
      bench.dispatch({ kind: 'answer', ...at(bench), button: prompt.buttons.indexOf('Continue') })
    }
    expect(buttons).toEqual(['Continue', 'PurgeMore|Continue'])
    expect(bench.ends[0]?.outcome).toBe('done')
    // What was planned when the filament ended was printed without any.
    expect(bench.firmware.account().extrudedMm).toBeGreaterThan(45)
  })
})

describe('heat', () => {
  it('is told by the machine where it can, else asked for', () => {
    const full = new Bench(firmwareOptions()).connect()
    full.until(() => full.nowMs > 20_000)
    expect(full.sent.join('')).toContain('M155 S2')
    expect(full.nowMs - full.state.heatAtMs).toBeLessThan(5000)
    expect(full.sent.join('').match(/N\d+ M105/g)).toBeNull()
  })

  it('is asked for by numbered lines where the machine does not tell it, and not while it is busy', () => {
    let state = reduceMarlin(CLOSED, { kind: 'opened', atMs: 0, baudRate: 115_200 }).state
    const sent: string[] = []
    const dispatch = (event: MarlinEvent) => {
      const step = reduceMarlin(state, event)
      state = step.state
      for (const effect of step.effects) if (effect.kind === 'write') sent.push(...effect.text.split('\n').filter((line) => line !== ''))
    }
    const line = (atMs: number, text: string) => dispatch({ kind: 'line', atMs, line: text })
    dispatch({ kind: 'time', atMs: 400 })
    line(410, 'ok')
    line(420, 'FIRMWARE_NAME:Old Marlin')
    line(421, 'ok')
    line(430, 'ok T:20.0 /0.0 B:20.0 /0.0')
    expect(state.phase).toBe('ready')
    sent.length = 0
    dispatch({ kind: 'time', atMs: 2430 })
    expect(sent).toEqual(['N1 M105*38'])
    line(2440, 'ok T:20.5 /0.0 B:20.0 /0.0')
    dispatch({ kind: 'command', atMs: 2500, lines: ['G28'] })
    line(4000, 'echo:busy: processing')
    sent.length = 0
    dispatch({ kind: 'time', atMs: 6000 })
    expect(sent).toEqual([])
  })
})
