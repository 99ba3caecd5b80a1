import { describe, expect, it } from 'vitest'
import type { JobLines } from '../../../../shared/machine/marlin/job-lines'
import { PRIME_MM, ResumeReader, resumedLines, resumePreamble } from '../../../../shared/machine/marlin/resume-job'
import { Bench, firmwareOptions, linesOf, PARK } from './bench'

/** Six layers of 40 moves each; `isAbsolute`: filament by absolute lengths. */
function tower(isAbsolute: boolean): string {
  const lines = ['M140 S60', 'M104 S200', 'G28', 'M190 S60', 'M109 S200', 'G90', isAbsolute ? 'M82' : 'M83', 'G92 E0', 'M204 P800', 'M106 S128']
  let e = 0
  for (let layer = 0; layer < 6; layer++) {
    const extrude = (mm: number) => (isAbsolute ? (e += mm).toFixed(5) : mm.toFixed(5))
    lines.push(`G1 E${extrude(-1)} F2400`, `G1 Z${((layer + 1) * 0.2).toFixed(1)} F600`, 'G1 X40 Y50 F6000', `G1 E${extrude(1)} F2400`)
    for (let i = 0; i < 40; i++) lines.push(`G1 X${(50 + 20 * Math.cos(i / 5)).toFixed(3)} Y${(60 + 20 * Math.sin(i / 5)).toFixed(3)} E${extrude(0.25)} F1800`)
  }
  return [...lines, 'M104 S0', 'M140 S0', 'M107', 'G1 Z20 F600', 'M84'].join('\n')
}

function resumePoint(lines: JobLines, index: number) {
  const reader = new ResumeReader(lines)
  reader.readTo(index)
  return reader.point()
}

function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly { code: string }[] }): T {
  if (!result.ok) throw new Error(result.problems[0]?.code)
  return result.value
}

function printed(text: string): Map<number, number> {
  return new Map(new Bench(firmwareOptions()).connect().start(text).finish().firmware.account().extrudedAtHeight!)
}

describe('a job that goes on after the board was reset', () => {
  it.each([['relative', false], ['absolute', true]] as const)('makes the whole object, each layer at its height (%s filament)', (_name, isAbsolute) => {
    const text = tower(isAbsolute)
    const whole = printed(text)
    const bench = new Bench(firmwareOptions()).connect().start(text)
    const lines = linesOf(text)
    bench.until(() => (bench.state.run?.acknowledged ?? 0) > 120)
    const stopped = bench.state.run!.acknowledged
    const standsAtZ = bench.firmware.account().finalPositionMm.z
    bench.firmware.reset(bench.nowMs)
    bench.finish()
    expect(bench.ends).toMatchObject([{ outcome: 'failed', reason: { code: 'machine/reset' } }])
    bench.until(() => bench.state.phase === 'ready', 60)

    const point = value(resumePoint(lines, stopped))
    const preamble = resumePreamble(point, PARK, standsAtZ)
    bench.dispatch({ kind: 'start-job', atMs: bench.nowMs, lines: resumedLines(lines, point, preamble), park: PARK })
    bench.until(() => bench.ends.length > 1)
    expect(bench.ends[1]).toMatchObject({ outcome: 'done' })
    const account = bench.firmware.account()
    expect(account.refused).toEqual([])
    const heights = [...whole.keys()].filter((z) => z > 0 && z < 1.3)
    expect(heights).toHaveLength(6)
    const made = (z: number) => account.extrudedAtHeight!.get(z) ?? 0
    // What stood in the planner when the board was reset is missing: at most its 16 moves and the three under way.
    const missing = heights.map((z) => whole.get(z)! - made(z))
    expect(missing.filter((filament) => Math.abs(filament) > 1e-6).length).toBeLessThanOrEqual(1)
    expect(Math.max(...missing)).toBeLessThanOrEqual(19 * 0.25 + 1e-6)
    // Primed beside the part, lifted.
    const elsewhere = [...account.extrudedAtHeight!].filter(([z]) => !heights.includes(z)).reduce((sum, [, filament]) => sum + filament, 0)
    expect(elsewhere).toBeCloseTo(PRIME_MM, 6)
    expect(account.finalPositionMm.z).toBeCloseTo(20, 3)
  })

  it('homes X and Y only, after bed and nozzle are hot, and never goes below the part', () => {
    const lines = linesOf(tower(false))
    const point = value(resumePoint(lines, 120))
    expect(point.modal).toMatchObject({ z: 0.6, hotendC: 200, bedC: 60, fan: 128, isRelativeE: true })
    const preamble = resumePreamble(point, PARK, 0.6)
    expect(preamble).toEqual([
      'G21', 'G90', 'M190 S60', 'M109 S200', 'G92 Z0.6', 'G1 Z5.6 F600', 'G28 X Y', 'G92 Z5.6', 'M204 P800', 'G1 X0 Y180 F6000', 'M83', 'G1 E12 F180', 'G1 E-2 F2400', 'M400',
      expect.stringMatching(/^G1 X\S+ Y\S+ F6000$/), 'G1 Z0.6 F600', 'G1 E2 F2400', expect.stringMatching(/^G92 E/), 'G90', 'M83', 'G1 F1800', 'M106 S128',
    ])
  })

  it('can be held there, with the nozzle put aside', () => {
    const lines = linesOf(tower(false))
    const bench = new Bench(firmwareOptions()).connect()
    const point = value(resumePoint(lines, 120))
    const preamble = resumePreamble(point, PARK, 5)
    bench.dispatch({ kind: 'start-job', atMs: bench.nowMs, lines: resumedLines(lines, point, preamble), park: PARK })
    bench.until(() => (bench.state.run?.acknowledged ?? 0) > preamble.length + 5)
    bench.dispatch({ kind: 'hold', atMs: bench.nowMs })
    bench.until(() => bench.state.run?.state === 'held')
    expect(bench.state.run?.isParked).toBe(true)
    bench.dispatch({ kind: 'resume', atMs: bench.nowMs })
    expect(bench.finish().ends[0]).toMatchObject({ outcome: 'done', line: lines.fileLine(lines.count - 1) })
  })

  it('keeps filament pulled back where the file had it so', () => {
    const lines = linesOf(tower(true))
    const all = Array.from({ length: lines.count }, (_, i) => lines.text(i))
    const point = value(resumePoint(lines, all.indexOf('G1 Z0.6 F600')))
    expect(point.retractedMm).toBeCloseTo(1, 6)
    // Two are pulled back for the way, one is given back, one is left for the file.
    const preamble = resumePreamble(point, PARK, 0.4)
    expect(preamble).toContain('G1 E-2 F2400')
    expect(preamble).toContain('G1 E1 F2400')
  })

  it('is refused where nothing was printed yet, or all was', () => {
    const lines = linesOf(tower(false))
    expect(resumePoint(lines, 3)).toMatchObject({ ok: false, problems: [{ code: 'job/no-place' }] })
    expect(resumePoint(lines, lines.count)).toMatchObject({ ok: false, problems: [{ code: 'job/nothing-left' }] })
    expect(resumePoint(lines, lines.count - 1)).toMatchObject({ ok: false, problems: [{ code: 'job/no-place' }] })
  })

  it('has all tools hot again that the file had hot, the one that prints first', () => {
    const text = ['M140 S60', 'T0', 'G28', 'M109 S210', 'G90', 'M83', 'G1 X10 Y10 Z0.2 E1 F600', 'T1', 'G92 E0', 'M109 S240', ...Array.from({ length: 5 }, (_, i) => `G1 X${20 + i} E1`), 'T0', 'G92 E0', 'G1 X50 E1', 'M104 T1 S0', 'G1 X60 E1'].join('\n')
    const lines = linesOf(text)
    const heat = (index: number) => resumePreamble(value(resumePoint(lines, index)), PARK, 0.2).filter((line) => /^(T\d|M10[49])/.test(line))
    expect(heat(13)).toEqual(['T1', 'M104 T0 S210', 'M109 S240', 'M109 T0 S210'])
    // Back with the first, whose heat the file doesn't tell again.
    expect(heat(17)).toEqual(['M104 T1 S240', 'M109 S210', 'M109 T1 S240'])
    expect(heat(lines.count - 1)).toEqual(['M109 S210'])
  })

  it('homes above an object that was printed before and is higher, and knows of it in later holds', () => {
    const text = ['M140 S60', 'G28', 'M109 S210', 'G90', 'M83', 'G1 X20 Y20 Z30 E1 F600', 'G1 X30 E1', 'G1 Z32', 'G1 X100 Y100', 'G1 Z0.4', ...Array.from({ length: 9 }, (_, i) => `G1 X${101 + i} E1`)].join('\n')
    const lines = linesOf(text)
    const point = value(resumePoint(lines, 14))
    const preamble = resumePreamble(point, PARK, 0.4)
    expect(Number(/^G1 Z([\d.]+)/.exec(preamble.find((line) => line.startsWith('G1 Z'))!)?.[1])).toBeGreaterThan(30)
    expect(resumedLines(lines, point, preamble).standsMm).toBe(30)
  })
})
