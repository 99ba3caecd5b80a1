import { describe, expect, it } from 'vitest'
import { parseGcode } from '../../../../shared/gcode/parse-gcode'
import { FULL_TRAITS, PLAIN_TRAITS } from '../../../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions } from './bench'
import { smallPrint } from './small-print'

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
