import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FULL_TRAITS, PLAIN_TRAITS, type FirmwareFaults } from '../../../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions } from './bench'
import { smallPrint } from './small-print'

const MOVES = 120
const TEXT = smallPrint(MOVES)

function madeBy(bench: Bench) {
  const { movesExecuted, extrudedMm, finalPositionMm, linesInOrder } = bench.firmware.account()
  return { movesExecuted, extrudedMm: extrudedMm.toFixed(6), finalPositionMm, linesInOrder }
}

const EXACT = { outcome: 'done', ...madeBy(new Bench(firmwareOptions()).connect().start(TEXT).finish()) }

/** Two faults in one line can cancel out in a checksum of eight bits: rates for exact prints stay below where that happens. */
const faultsUpTo = (rate: number): fc.Arbitrary<Partial<FirmwareFaults>> => fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  dropByte: fc.constantFrom(0, 0, rate / 10, rate / 3, rate),
  corruptByte: fc.constantFrom(0, 0, rate / 10, rate / 3, rate),
  duplicateLine: fc.constantFrom(0, 0, 0.01, 0.1),
  loseOk: fc.constantFrom(0, 0, 0.01, 0.1),
  delayMs: fc.constantFrom(0, 0, 5, 200),
})

describe('a print over a bad cable', () => {
  it.each([['full', FULL_TRAITS], ['plain', PLAIN_TRAITS]] as const)('ends done with exactly the moves of the file, or stops with a reason (%s board)', (_name, traits) => {
    const outcomes: { done: number; stopped: Record<string, number> } = { done: 0, stopped: {} }
    fc.assert(
      fc.property(faultsUpTo(4e-4), (some) => {
        const bench = new Bench(firmwareOptions({}, traits)).connect()
        bench.firmware.setFaults({ ...bench.options.faults, ...some })
        bench.start(TEXT).finish(40_000)
        const [end] = bench.ends
        if (end?.outcome === 'failed') outcomes.stopped[end.reason.code] = (outcomes.stopped[end.reason.code] ?? 0) + 1
        else outcomes.done++
        const isStopped = end?.outcome === 'failed' && end.reason.code.startsWith('machine/')
        expect(isStopped ? EXACT : { outcome: end?.outcome, ...madeBy(bench) }).toEqual(EXACT)
      }),
      { numRuns: 200, seed: 7, endOnFailure: true },
    )
    // A cable this bad may stop some; most come through.
    expect(outcomes.done).toBeGreaterThan(150)
  }, 120_000)

  it('comes to an end on any cable, however bad', () => {
    fc.assert(
      fc.property(faultsUpTo(2e-2), fc.boolean(), (some, isFull) => {
        const bench = new Bench(firmwareOptions({}, isFull ? FULL_TRAITS : PLAIN_TRAITS)).connect()
        bench.firmware.setFaults({ ...bench.options.faults, ...some })
        bench.start(TEXT)
        // M105 can arrive as M1, which waits for the user; this one is patient and presses the button.
        let answeredMs = 0
        while (bench.ends.length === 0 && bench.step(200_000_000)) {
          if (bench.state.busy !== 'paused for user' || bench.nowMs - answeredMs < 5000) continue
          answeredMs = bench.nowMs
          bench.dispatch({ kind: 'answer', atMs: bench.nowMs, button: 0 })
        }
        expect(['done', 'failed']).toContain(bench.ends[0]?.outcome)
      }),
      { numRuns: 60, seed: 11, endOnFailure: true },
    )
  }, 120_000)

  it('makes the same object, however often it is held and resumed', () => {
    let holds = 0
    let failures = 0
    const presses = fc.array(fc.record({ afterS: fc.integer({ min: 0, max: 90 }), press: fc.constantFrom<'hold' | 'resume'>('hold', 'resume') }), { maxLength: 8 })
    fc.assert(
      fc.property(faultsUpTo(4e-4), presses, (some, times) => {
        const bench = new Bench(firmwareOptions()).connect()
        bench.firmware.setFaults({ ...bench.options.faults, ...some })
        bench.start(TEXT)
        for (const { afterS, press } of times) {
          const untilMs = bench.nowMs + 1000 * afterS
          bench.until(() => bench.ends.length > 0 || bench.nowMs >= untilMs)
          bench.dispatch({ kind: press, atMs: bench.nowMs })
        }
        while (bench.ends.length === 0) {
          if (bench.state.run?.isParked === true) holds++
          bench.dispatch({ kind: 'resume', atMs: bench.nowMs })
          bench.until(() => bench.ends.length > 0 || bench.state.run?.state === 'held', 40_000)
        }
        // Parking moves, too; what is printed and where it ends is the same.
        const { movesExecuted: _, ...made } = { outcome: bench.ends[0]?.outcome, ...madeBy(bench) }
        const { movesExecuted: __, ...exact } = EXACT
        if (bench.ends[0]?.outcome === 'failed') failures++
        expect(bench.ends[0]?.outcome === 'failed' ? exact : made).toEqual(exact)
      }),
      { numRuns: 150, seed: 23, endOnFailure: true },
    )
    expect(holds).toBeGreaterThan(30)
    expect(failures).toBeLessThan(15)
  }, 120_000)

  it('is cancelled at any moment, with heaters off', () => {
    fc.assert(
      fc.property(faultsUpTo(4e-4), fc.integer({ min: 0, max: 400 }), fc.boolean(), (some, afterS, isFull) => {
        const bench = new Bench(firmwareOptions({}, isFull ? FULL_TRAITS : PLAIN_TRAITS)).connect()
        bench.firmware.setFaults({ ...bench.options.faults, ...some })
        bench.start(TEXT)
        const untilMs = bench.nowMs + 1000 * afterS
        bench.until(() => bench.ends.length > 0 || bench.nowMs >= untilMs)
        bench.dispatch({ kind: 'cancel', atMs: bench.nowMs })
        bench.finish(3000)
        bench.until(() => bench.state.phase !== 'ready' || bench.state.hotends[0]?.targetC === 0, 100)
        expect(['cancelled', 'done', 'failed']).toContain(bench.ends[0]?.outcome)
        expect(bench.ends).toHaveLength(1)
      }),
      { numRuns: 100, seed: 29, endOnFailure: true },
    )
  }, 120_000)
})
