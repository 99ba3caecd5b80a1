import { describe, expect, it } from 'vitest'
import { reduceGrbl } from '../../shared/machine/grbl/reduce-grbl'
import { KINDS, runFaulty } from '../shared/machine/grbl/faulty-runs'
import { jobOf, raster, Rig } from '../shared/machine/grbl/rig'

const RUNS = Number(process.env['GONGBANG_FAULTY_RUNS'] ?? 1500)
/** 115,200 baud carries a byte in this time, ms. */
const BYTE_MS = 10_000 / 115_200

/** Lines a second over a wire of 115,200 baud, both ways, with the real reducer; the machine moves fast enough to take whatever comes. */
function throughput(isWaiting: boolean, lineMs: number): number {
  const rig = new Rig({ lineMs, maxMmPerMin: [6e6, 6e6, 1000], accelerationMmPerS2: [1e8, 1e8, 1e6], junctionDeviationMm: 1 }).connect()
  const lines = jobOf(raster(40, 20).replaceAll('F3000', 'F6000000'))
  rig.byteMs = BYTE_MS
  // One line at a time: a budget that no second line fits in.
  if (isWaiting) rig.state = { ...rig.state, stream: { ...rig.state.stream, budget: 1 } }
  rig.dispatch({ kind: 'start-job', lines })
  rig.until(() => rig.state.run?.state === 'running')
  const fromMs = rig.nowMs
  rig.until(() => rig.state.run?.state !== 'running')
  if (rig.state.run?.state !== 'finishing') throw new Error(JSON.stringify(rig.jobEnd))
  return lines.count / ((rig.nowMs - fromMs) / 1000)
}

describe('figures of Grbl', () => {
  it('raster lines a second on a paced 115,200: counted characters beside send-and-wait', () => {
    // A processor without end is bound by the wire; an AVR takes 1 to 3 ms for a line.
    for (const lineMs of [0, 1, 2, 3]) {
      const counted = throughput(false, lineMs)
      const waiting = throughput(true, lineMs)
      console.log(`${lineMs} ms a line: counted 127: ${counted.toFixed(0)} lines/s, send-and-wait: ${waiting.toFixed(0)} lines/s, ${(counted / waiting).toFixed(2)} times`)
    }
    const [counted, waiting] = [throughput(false, 1), throughput(true, 1)]
    expect(counted / waiting).toBeGreaterThan(1)
  })

  it('reducer alone: lines a second', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf(raster(1000, 20)) })
    rig.until(() => rig.state.run?.state === 'running')
    let { state } = rig
    const from = performance.now()
    let lines = 0
    while (state.run && state.stream.sent.length > 0) {
      state = reduceGrbl(state, { kind: 'line', line: 'ok', atMs: rig.nowMs }).state
      lines++
    }
    console.log(`reducer alone: ${Math.round(lines / ((performance.now() - from) / 1000))} lines/s`)
    expect(lines).toBeGreaterThan(20_000)
  })

  it.each(KINDS)('faulty runs: %s', (kind) => {
    const count = { done: 0, stopped: 0, blind: 0, wrong: 0 }
    const reasons = new Map<string, number>()
    for (let seed = 1; seed <= RUNS; seed++) {
      const { outcome, detail } = runFaulty(kind, 10_000 + seed)
      count[outcome]++
      if (outcome === 'stopped') reasons.set(detail, (reasons.get(detail) ?? 0) + 1)
      if (outcome === 'wrong') console.log(`wrong: ${kind} ${10_000 + seed}: ${detail}`)
    }
    console.log(`${kind}: ${RUNS} runs: done ${count.done}, stopped ${count.stopped}, blind spot ${count.blind}, wrong unnoticed ${count.wrong}  (${[...reasons].map(([code, times]) => `${code} ${times}`).join(', ')})`)
    expect(count.wrong).toBe(0)
  })
})
