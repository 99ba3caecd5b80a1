import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MeatPackReader, PACKING_OFF, PACKING_ON, packText } from '../../../../shared/gcode/meatpack'
import { FULL_TRAITS, PLAIN_TRAITS } from '../../../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions } from './bench'
import { longPrint, smallPrint } from './small-print'

/** What a firmware reads of Latin-1 text, and how often it tells how it reads. */
function read(wire: string, reader = new MeatPackReader()): { readonly text: string; readonly reports: number } {
  let text = ''
  let reports = 0
  for (const byte of Buffer.from(wire, 'latin1')) {
    const count = reader.take(byte)
    if (count === 'report') reports++
    else text += Buffer.from(reader.out.subarray(0, count)).toString('latin1')
  }
  return { text, reports }
}

describe('packed text', () => {
  it('comes back byte for byte', () => {
    const line = fc.string({ unit: fc.constantFrom(...'0123456789. GXYZEFMNT*-;()abcé~'.replace('é', '')), maxLength: 60 })
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
      const text = `${lines.join('\n')}\n`
      expect(read(PACKING_ON + packText(text)).text).toBe(text)
    }), { numRuns: 300 })
  })

  it('is about two thirds as long as moves are, and never has a command in it', () => {
    const text = smallPrint(200)
    const packed = packText(text)
    expect(packed.length / text.length).toBeLessThan(0.7)
    expect(packed.includes('\xff\xff')).toBe(false)
  })

  it('is as Marlin documents it: the first character in the low nibble, 15 for one that follows', () => {
    const bytes = (text: string) => [...Buffer.from(packText(text), 'latin1')]
    expect(bytes('G1\n')).toEqual([0x1d, 0x0c])
    expect(bytes('M1\n')).toEqual([0x1f, 77, 0x0c])
    expect(bytes('1M\n')).toEqual([0xf1, 77, 0x0c])
    expect(bytes('MM\n')).toEqual([0xff, 77, 77, 0x0c])
  })

  it('is switched on and off between plain text, each told', () => {
    const reader = new MeatPackReader()
    expect(read(`M105\n${PACKING_ON}`, reader)).toEqual({ text: 'M105\n', reports: 1 })
    expect(read(`${packText('G28\n')}${PACKING_OFF}M105\n`, reader)).toEqual({ text: 'G28\nM105\n', reports: 1 })
  })

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(() => read(PACKING_ON + Buffer.from(bytes).toString('latin1'))).not.toThrow()
    }))
  })
})

/** Runs to the end of a job, or to where it waits for its user. */
const settle = (bench: Bench) => bench.until(() => bench.ends.length > 0 || bench.state.run?.state === 'held' || bench.state.busy === 'paused for user')

describe.each([['full', FULL_TRAITS], ['plain', PLAIN_TRAITS]] as const)('a %s board that unpacks', (_name, traits) => {
  const board = (faults = {}) => new Bench(firmwareOptions(faults, { ...traits, meatPack: true }))

  it('is asked to, and prints every line once and in order over a shorter wire', () => {
    const text = longPrint(3, 100)
    const plain = new Bench(firmwareOptions({}, traits)).connect().start(text).finish()
    const packed = board().connect().start(text).finish()
    expect(packed.state.stream.isPacked).toBe(true)
    expect(packed.ends).toMatchObject([{ outcome: 'done' }])
    expect(packed.firmware.account()).toMatchObject({ linesInOrder: true, checksumErrors: 0, resendsRequested: 0, refused: [] })
    expect(packed.firmware.account().extrudedMm).toBeCloseTo(plain.firmware.account().extrudedMm, 5)
    expect(packed.wireBytes / plain.wireBytes).toBeLessThan(0.75)
  })

  it('that doesn’t say that it unpacks is sent plain text', () => {
    const bench = new Bench(firmwareOptions({}, traits)).connect().start(smallPrint(20)).finish()
    expect(bench.state.stream.isPacked).toBe(false)
    expect(bench.effects.some((effect) => effect.kind === 'write' && effect.wire !== undefined)).toBe(false)
  })

  it('comes through lost and changed bytes, or stops with the reason', () => {
    const orders: boolean[] = []
    for (let seed = 1; seed <= 30; seed++) {
      const bench = board({ seed, dropByte: 0.0004, corruptByte: 0.0004 }).connect()
      if (bench.state.phase !== 'ready') continue
      settle(bench.start(smallPrint(150)))
      if (bench.ends[0]?.outcome === 'done') orders.push(bench.firmware.account().linesInOrder)
    }
    expect(orders.length).toBeGreaterThan(15)
    expect(orders).not.toContain(false)
  }, 60_000)

  it('is sent plain text again when it goes on asking for a line', () => {
    let unpacked = 0
    for (let seed = 1; seed <= 20; seed++) {
      const bench = board({ seed, corruptByte: 0.02 }).connect()
      if (bench.state.phase !== 'ready') continue
      settle(bench.start(smallPrint(300)))
      if (bench.effects.some((effect) => effect.kind === 'write' && effect.wire === PACKING_OFF + PACKING_OFF)) unpacked++
    }
    expect(unpacked).toBeGreaterThan(0)
  }, 60_000)

  it('hears an emergency stop in plain bytes', () => {
    const bench = board().connect().start(longPrint(2, 100))
    bench.until(() => (bench.state.run?.acknowledged ?? 0) > 40)
    bench.dispatch({ kind: 'emergency', atMs: bench.nowMs })
    const wire = bench.effects.flatMap((effect) => (effect.kind === 'write' && effect.text.includes('M112') ? [effect.wire] : []))
    expect(wire).toEqual([`${PACKING_OFF}\nM112\n${PACKING_ON}`])
    bench.until(() => bench.firmware.demand === 'dead', 30)
    expect(bench.firmware.demand).toBe('dead')
  })

  it('that a studio left unpacking is found again', () => {
    const bench = board().connect()
    expect(bench.state.stream.isPacked).toBe(true)
    // The studio ends and begins anew; the board goes on, packed.
    bench.connect()
    expect(bench.state.phase).toBe('ready')
    bench.start(smallPrint(30)).finish()
    expect(bench.ends.at(-1)).toMatchObject({ outcome: 'done' })
  })
})
