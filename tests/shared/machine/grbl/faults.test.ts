import { describe, expect, it } from 'vitest'
import { NO_FAULTS } from '../../../../shared/machine/virtual/firmware-options'
import { jobOf, raster, Rig } from './rig'
import { runFaulty, type Kind, KINDS } from './faulty-runs'

/** Runs of each kind of fault; the bench does thousands. */
const RUNS = 40

describe.each(KINDS)('a wire with %s', (kind: Kind) => {
  it(`in ${RUNS} runs: done with exactly the file's moves, or stopped with the reason; else a blind spot that is counted`, () => {
    const outcomes = { done: 0, stopped: 0, blind: 0, wrong: 0 }
    const wrong: string[] = []
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = runFaulty(kind, seed)
      outcomes[run.outcome]++
      if (run.outcome === 'wrong') wrong.push(`${seed}: ${run.detail}`)
    }
    expect(wrong).toEqual([])
    expect(outcomes.done + outcomes.stopped + outcomes.blind).toBe(RUNS)
    // A changed digit still makes a line that Grbl takes: its lines have no checksum.
    expect(outcomes.blind).toBeLessThanOrEqual(kind === 'changed bytes' || kind === 'lost bytes' ? RUNS : 0)
  }, 60_000)
})

describe('a fault on the wire', () => {
  it('pulls the cable: the job fails at once', () => {
    const rig = new Rig().connect()
    rig.firmware.setFaults({ ...NO_FAULTS, unplugAtLine: 30 })
    rig.dispatch({ kind: 'start-job', lines: jobOf(raster(10)) })
    rig.until(() => rig.firmware.isUnplugged)
    rig.dispatch({ kind: 'lost', detail: 'pulled' })
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'failed', reason: { code: 'machine/link-lost' } } })
    expect(rig.state.phase).toBe('closed')
  })

  it('loses an answer: the machine at rest with a line unanswered is noticed', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X5 F1000\nG1 X10\n') })
    let isLost = false
    rig.toHost = (bytes) => {
      const text = String.fromCharCode(...bytes)
      if (isLost || !text.includes('ok\r\n') || rig.blocks.length === 0) return bytes
      isLost = true
      return Uint8Array.from(text.replace('ok\r\n', ''), (letter) => letter.charCodeAt(0))
    }
    rig.until(() => rig.jobEnd !== undefined, 60_000)
    expect(isLost).toBe(true)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'failed', reason: { code: 'machine/line-in-doubt' } } })
  })

  it('falls silent: reset, faulted, job failed', () => {
    const rig = new Rig().connect()
    rig.dispatch({ kind: 'start-job', lines: jobOf('G1 X100 F600\n') })
    rig.pass(1000)
    rig.toHost = () => new Uint8Array(0)
    rig.until(() => rig.jobEnd !== undefined, 60_000)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'failed', reason: { code: 'machine/no-answer' } } })
    expect(rig.state.phase).toBe('faulted')
    expect(rig.sent.at(-1)).toBe('\x18')
  })

  it('notices a line that sends the machine away from its program', () => {
    const rig = new Rig().connect()
    const lines = jobOf('G1 X5 F1000\nG1 X10\nG1 X5\nG1 X10\n')
    rig.dispatch({ kind: 'start-job', lines })
    rig.until(() => rig.state.run?.state === 'running')
    // As if a digit had changed on the wire.
    rig.firmware.receive(Uint8Array.from('G1X150\n', (letter) => letter.charCodeAt(0)), rig.nowMs)
    rig.until(() => rig.jobEnd !== undefined, 60_000)
    expect(rig.jobEnd).toMatchObject({ end: { outcome: 'failed' } })
  })
})

it('a hold that comes when nothing is under way is a hold, not a wait for ever', () => {
  expect(runFaulty('lost bytes', 10_519)).toMatchObject({ outcome: 'stopped' })
})
