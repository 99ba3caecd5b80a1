import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { executeBlock } from '../../../../shared/machine/grbl/execute-block'
import { jobText, planGrblJob, type JobPlace } from '../../../../shared/machine/grbl/plan-grbl-job'
import { NEW_PROGRAM, workOffset } from '../../../../shared/machine/grbl/program'
import { planResume } from '../../../../shared/machine/grbl/resume-from-line'
import { parseStatus } from '../../../../shared/machine/grbl/status-report'
import { jobOf } from './rig'

const PLACE: JobPlace = {
  start: { ...NEW_PROGRAM, position: [-100, -100, -1] }, box: { min: [-400, -300, -50], max: [0, 0, 0] }, travelMm: [400, 300, 50], rapidMmPerMin: 6000, isLaser: false, hasLaserMode: false, fullPower: 1000,
}
const bytes = (text: string) => new TextEncoder().encode(text)
const codes = (text: string, place = PLACE) => {
  const plan = planGrblJob(bytes(text), place)
  return plan.ok ? [] : plan.problems.map(({ code, place: at }) => `${code}@${at?.lineNumber ?? 0}`)
}

describe('a file for Grbl, before its first byte', () => {
  it('is refused where it leaves the machine, line by line', () => {
    expect(codes('G21 G90\nG0 X-10\nG1 X20 F100\nG1 Z-60\n')).toEqual(['grbl/outside-machine@3', 'grbl/outside-machine@4'])
  })

  it('is refused where an arc bulges out of the machine', () => {
    expect(codes('G90\nG0 X-10 Y-100\nG2 X-10 Y-120 I0 J-10 F500\n')).toEqual([])
    expect(codes('G90\nG0 X-5 Y-100\nG2 X-5 Y-120 I0 J-10 F500\n')).toEqual(['grbl/outside-machine@3'])
  })

  it('is refused by size where the machine is not homed', () => {
    expect(codes('G90\nG0 X0\nG1 X450 F100\n', { ...PLACE, box: undefined })).toEqual(['grbl/too-large@0'])
  })

  it('names lines that the firmware does not know', () => {
    expect(codes('G21\nG5 X1\nM104 S200\nG1 X\n$H\nG1 X1 X2 F100\n')).toEqual(['grbl/error-20@2', 'grbl/error-20@3', 'grbl/error-2@4', 'job/forbidden-command@5', 'grbl/error-25@6'])
  })

  it('is refused for a laser without laser mode', () => {
    expect(codes('M4 S1\n', { ...PLACE, isLaser: true })).toEqual(['grbl/laser-mode-off@0'])
  })

  it('is sent without numbers, checksums, comments and spaces', () => {
    expect(jobText('N10 G1 X1.5 (to the left) Y2*71')).toBe('G1X1.5Y2')
    expect(jobText('%')).toBe('')
    expect(jobText('; all comment')).toBe('')
  })
})

describe('a job from a line', () => {
  const file = 'G21 G90 G17\nM3 S8000\nG0 Z5\nG0 X10 Y10\nG1 Z-2 F200\nG1 X40 F600\nG2 X50 Y20 I0 J10\nX60 Y30 I0 J10\nG1 X10\nM5\n'

  it('rebuilds modes, place, spindle, and goes down last', () => {
    const plan = planResume(jobOf(file), 7, { start: NEW_PROGRAM, safeZMm: 5, isLaser: false })
    expect(plan).toMatchObject({ fromIndex: 6, at: [40, 10, -2], spindle: 3, power: 8000 })
    expect(plan.preamble).toEqual(['G21G90G94G17G54', 'G0Z5', 'G0X40Y10', 'M3S8000', 'G4P2', 'G1Z-2F300', 'G1G54G17G21G90G94F600'])
  })

  it('begins where an arc mode was set when the line counts on it', () => {
    expect(planResume(jobOf(file), 8, { start: NEW_PROGRAM, safeZMm: 5, isLaser: false })).toMatchObject({ fromIndex: 6, at: [40, 10, -2] })
  })

  it('leaves a machine in the same state as the whole file, whatever the line', () => {
    const lines = jobOf(file)
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), (line) => {
        const run = (texts: readonly string[]) => texts.reduce((state, text) => {
          const done = executeBlock(state, text, {})
          return done.ok ? done.value.state : state
        }, NEW_PROGRAM)
        const all = Array.from({ length: lines.count }, (_, i) => lines.text(i))
        const { fromIndex, preamble } = planResume(lines, line, { start: NEW_PROGRAM, safeZMm: 5, isLaser: false })
        expect(run([...preamble, ...all.slice(fromIndex)])).toEqual(run(all))
      }),
    )
  })
})

describe('blocks', () => {
  it('give the present place the coordinates of G10 L20, in any units', () => {
    fc.assert(
      fc.property(fc.double({ min: -200, max: 200, noNaN: true }), fc.boolean(), (value, isInches) => {
        const word = value.toFixed(3)
        const done = executeBlock({ ...PLACE.start, isInches }, `G10L20P0X${word}`)
        if (!done.ok) throw new Error(`error:${done.error}`)
        const { state } = done.value
        expect(state.position[0] - workOffset(state)[0]).toBeCloseTo(Number(word) * (isInches ? 25.4 : 1), 6)
      }),
    )
  })
})

describe('status reports', () => {
  it('are read in full, with fields of other firmware kept', () => {
    expect(parseStatus('<Hold:1|MPos:5.088,0.000,12.256|Bf:99,1023|FS:54,0|Pn:XP|Ov:100,100,100|A:SF|TLR:0>')).toMatchObject({ state: 'Hold', sub: 1, machine: [5.088, 0, 12.256], blocksFree: 99, bytesFree: 1023, feed: 54, pins: 'XP', overrides: [100, 100, 100], accessories: 'SF', others: { TLR: '0' } })
    expect(parseStatus('<Idle|WPos:1.000,0.000,0.000|FS:0,0|WCO:0.500,0.000,0.000>', 25.4)).toMatchObject({ work: [25.4, 0, 0], workOffset: [12.7, 0, 0] })
  })

  it('are dropped whole when they are torn or glued', () => {
    for (const torn of ['<Idle|MPos:0.000,0.0', '<Idle|MPos:0.000,0.000,0.000|FS:0,0', '<Idle|MPos:0.000,0.000,0.0x0|FS:0,0>', 'ok<Idle|MPos:0,0,0>', '<Idlx|MPos:0.000,0.000,0.000>', '<Idle|MPos:0.000,0.000|FS:0,0>']) expect(parseStatus(torn)).toBeUndefined()
  })
})
