import { describe, expect, it } from 'vitest'
import { parseGcode } from '../../../../shared/gcode/parse-gcode'
import { FULL_TRAITS, PLAIN_TRAITS } from '../../../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions } from './bench'

/** A small print with everything that a file has: heat, homing, comments, relative and absolute filament. */
export function smallPrint(moves: number): string {
  const lines = ['; a small print', 'M140 S60', 'M104 S200', 'G28 ; home', 'M190 S60', 'M109 S200', 'G21', 'G90', 'M83', 'G92 E0', 'G1 Z0.2 F600', '']
  for (let i = 0; i < moves; i++) lines.push(`G1 X${(50 + 40 * Math.cos(i / 3)).toFixed(3)} Y${(60 + 40 * Math.sin(i / 3)).toFixed(3)} E0.25 F1800`)
  return [...lines, 'M104 S0', 'M140 S0', 'M107', 'G1 Z10 F600', 'M84', ''].join('\n')
}

function movesOf(text: string): number {
  const parsed = parseGcode(new TextEncoder().encode(text))
  if (!parsed.ok) throw new Error('not parsed')
  return parsed.value.toolpath.moveCount
}

describe.each([['full', FULL_TRAITS], ['plain', PLAIN_TRAITS]] as const)('the stream to a %s board', (_name, traits) => {
  it('shakes hands and knows the firmware', () => {
    const bench = new Bench(firmwareOptions({}, traits)).connect()
    expect(bench.state.phase).toBe('ready')
    expect(bench.state.firmware?.name).toMatch(/^Marlin/)
    expect(bench.state.hotends[0]?.currentC).toBeCloseTo(21, 0)
  })

  it('prints a file to its end, every line once and in order', () => {
    const text = smallPrint(300)
    const bench = new Bench(firmwareOptions({}, traits)).connect().start(text).finish()
    expect(bench.ends).toMatchObject([{ outcome: 'done' }])
    const account = bench.firmware.account()
    expect(account).toMatchObject({ linesInOrder: true, checksumErrors: 0, resendsRequested: 0, refused: [] })
    expect(account.extrudedMm).toBeCloseTo(75, 3)
    expect(bench.state.stream.resends).toBe(0)
    expect(movesOf(text)).toBeGreaterThan(300)
  })
})
