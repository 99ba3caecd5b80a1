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
    const outcomes = { done: 0, stopped: {} as Record<string, number> }
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
    if (process.env['SHOW']) console.log(JSON.stringify(outcomes))
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
})
