import { describe, expect, it } from 'vitest'
import { smallPrint } from '../shared/machine/marlin/small-print'
import { faultyRun, runFaulty } from '../virtual/faulty-runs'

const RUNS = Number(process.env['RUNS'] ?? 10_000)
const TEXT = smallPrint(90)

describe('faults', () => {
  it.each([['bad cable', 4e-4], ['hopeless cable', 2e-2]] as const)('%s', (name, worst) => {
    const kinds: Record<string, { runs: number; done: number; stopped: number }> = {}
    const counts = { done: 0, stopped: 0, none: 0 }
    const reasons: Record<string, number> = {}
    const unnoticed: Record<string, number[]> = {}
    let warned = 0
    const noticed: Record<string, number> = {}
    let resends = 0
    const from = performance.now()
    const runs = worst > 1e-3 ? Math.round(RUNS / 10) : RUNS
    for (let seed = 0; seed < runs; seed++) {
      const run = faultyRun(seed, worst)
      const outcome = runFaulty(run, TEXT)
      counts[outcome.end]++
      resends += outcome.resends
      if (outcome.end === 'stopped') reasons[outcome.reason] = (reasons[outcome.reason] ?? 0) + 1
      for (const kind of run.kinds) {
        const count = (kinds[kind] ??= { runs: 0, done: 0, stopped: 0 })
        count.runs++
        if (outcome.end !== 'none') count[outcome.end]++
      }
      if (outcome.wrong === 'nothing') continue
      if (outcome.end === 'done') {
        (unnoticed[outcome.wrong] ??= []).push(seed)
        if (outcome.isWarned) warned++
      } else noticed[outcome.wrong] = (noticed[outcome.wrong] ?? 0) + 1
    }
    console.log(`${name}: ${runs} runs in ${((performance.now() - from) / 1000).toFixed(0)} s, ${resends} resends`)
    console.log(JSON.stringify(counts), '\nkinds of fault', JSON.stringify(kinds, null, 1), '\nreasons of stops', JSON.stringify(reasons, null, 1))
    console.log('wrong moves, noticed and stopped:', JSON.stringify(noticed), '\nblind spots of the protocol (done, yet not the file):', JSON.stringify(Object.fromEntries(Object.entries(unnoticed).map(([kind, seeds]) => [kind, { count: seeds.length, seeds: seeds.slice(0, 10) }]))), `of these, told that the cable is bad: ${warned}`)
    expect(counts.none).toBe(0)
    expect(counts.done + counts.stopped).toBe(runs)
    // Whatever isn't a named blind spot of the protocol is a fault of ours.
    expect(unnoticed['other'] ?? []).toEqual([])
  }, 3_600_000)
})
