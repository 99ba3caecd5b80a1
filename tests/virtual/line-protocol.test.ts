import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FULL_TRAITS } from '../../shared/machine/virtual/firmware-options'
import { Conversation, faults, numbered } from './board'

describe('line numbers and checksums', () => {
  it('refuses a wrong checksum and asks for the line again', () => {
    const host = new Conversation()
    host.send(numbered(1, 'M110 N0'))
    host.send(numbered(1, 'G90') + numbered(2, 'G90'))
    expect(host.say('N3 G1 X1*99')).toEqual(['Error:checksum mismatch, Last Line: 2', 'Resend: 3', 'ok'])
    expect(host.firmware.account()).toMatchObject({ checksumErrors: 1, resendsRequested: 1, linesInOrder: true })
  })

  it('refuses a gap', () => {
    const host = new Conversation()
    host.say('M110 N3')
    expect(host.send(numbered(7, 'G90'))).toEqual(['Error:Line Number is not Last Line Number+1, Last Line: 3', 'Resend: 4', 'ok'])
  })

  it('refuses a line number without a checksum, and one whose checksum stands in a comment', () => {
    const host = new Conversation()
    host.say('M110 N3')
    expect(host.say('N4 G1 X5')).toEqual(['Error:No Checksum with line number, Last Line: 3', 'Resend: 4', 'ok'])
    expect(host.say('N4 G1 X12 ;c*42')).toEqual(['Error:No Checksum with line number, Last Line: 3', 'Resend: 4', 'ok'])
  })

  it('cuts a line at 95 characters, and with it the checksum', () => {
    const host = new Conversation()
    expect(host.send(numbered(1, `M117 ${'x'.repeat(95)}`))).toEqual(['Error:No Checksum with line number, Last Line: 0', 'Resend: 1', 'ok'])
  })

  it('says nothing at all when one of the last two lines comes again, and complains about an older one', () => {
    const host = new Conversation()
    host.say('M110 N8')
    for (const number of [9, 10, 11]) expect(host.send(numbered(number, 'G90'))).toEqual([`ok N${number} P15 B3`])
    expect(host.send(numbered(11, 'G90'))).toEqual([])
    expect(host.send(numbered(10, 'G90'))).toEqual([])
    expect(host.send(numbered(9, 'G90'))).toEqual(['Error:Line Number is not Last Line Number+1, Last Line: 11', 'Resend: 12', 'ok'])
    expect(host.say('M105')[0]).toMatch(/^ok T:/)
  })

  it('throws away what lies in the receive buffer with a bad line: three of them are asked for once', () => {
    const host = new Conversation()
    expect(host.send('N1 G90*1\nN2 G90*2\nN3 G90*3\n')).toEqual(['Error:checksum mismatch, Last Line: 0', 'Resend: 1', 'ok'])
  })

  it('takes the number of a numbered M110', () => {
    const host = new Conversation()
    expect(host.send(numbered(50, 'M110'))).toEqual(['ok N50 P15 B3'])
    expect(host.send(numbered(51, 'G90'))).toEqual(['ok N51 P15 B3'])
  })

  it('runs a line that lost its number, and says so in its account', () => {
    const host = new Conversation()
    host.send('M105*38\n')
    expect(host.firmware.account().linesInOrder).toBe(false)
  })

  it('loses what comes while its queue and its receive buffer are full', () => {
    const host = new Conversation()
    host.say('G4 S5')
    host.send('M114\n'.repeat(40))
    const heard = host.heardAfter(10_000)
    // One command in hand, three queued, 127 bytes in the ring: 25 whole lines and two bytes of the next.
    expect(heard.filter((line) => line.startsWith('X:'))).toHaveLength(28)
  })
})

/** Streams lines one at a time as a plain host would: again when asked, and with an M105 when nothing comes. */
function stream(host: Conversation, commands: readonly string[]): number {
  let next = 1
  let silent = 0
  while (next <= commands.length && silent < 50) {
    let heard = host.send(numbered(next, commands[next - 1]!), 5)
    while (host.firmware.demand === 'blocked') heard = [...heard, ...host.heardAfter(100)]
    const text = heard.join('\n')
    const again = /Resend: (\d+)/.exec(text)
    silent = again === null && !/^ok/m.test(text) ? silent + 1 : 0
    if (again !== null) next = Number(again[1])
    else if (/^ok/m.test(text)) next++
    // After a lost answer the same line is not answered: the next one tells.
    else if (silent > 1) next++
  }
  return next - 1
}

const square = Array.from({ length: 120 }, (_, i) => `G1 X${10 + 20 * (i % 2)} Y${10 + 20 * ((i >> 1) % 2)} E${((i + 1) * 0.1).toFixed(2)} F6000`)

describe('a bad wire', () => {
  it('loses and changes bytes, doubles lines and loses answers, and all lines still run once and in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const host = new Conversation()
        host.say('M302 P1')
        host.finish('G28')
        host.say('M110 N0')
        host.firmware.setFaults(faults({ seed, dropByte: 0.001, corruptByte: 0.001, duplicateLine: 0.02, loseOk: 0.02 }))
        // The last lines only tell whether the moves before them have come.
        stream(host, [...square, 'M114', 'M114', 'M114', 'M114'])
        host.firmware.setFaults(faults({}))
        host.finish('M400')
        const account = host.firmware.account()
        expect(account.extrudedMm).toBeCloseTo(12, 6)
        expect(account.finalPositionMm).toMatchObject({ x: 30, y: 30, e: 12 })
      }),
      // A fixed seed: two bytes of a line that lose the same bit have the same XOR, and no host can find that.
      { numRuns: 60, seed: 20 },
    )
  })

  it('has the same faults for the same seed, and others for another', () => {
    const run = (seed: number) => {
      const host = new Conversation()
      host.firmware.setFaults(faults({ seed, dropByte: 0.01, corruptByte: 0.01, duplicateLine: 0.05, loseOk: 0.05 }))
      return Array.from({ length: 200 }, (_, i) => host.send(numbered(i + 1, 'M114'), 1)).flat()
    }
    expect(run(7)).toEqual(run(7))
    expect(run(7)).not.toEqual(run(8))
  })

  it('answers late', () => {
    const host = new Conversation({ faults: faults({ delayMs: 300 }), traits: { ...FULL_TRAITS, waitReports: false } })
    host.heardAfter(1000)
    expect(host.say('M110 N0', 299)).toEqual([])
    expect(host.heardAfter(1)).toEqual(['ok P15 B3'])
  })

  it('resets at a line, and has lost its place afterwards', () => {
    const host = new Conversation({ bootMs: 100 })
    host.heardAfter(200)
    host.finish('G28')
    host.firmware.setFaults(faults({ resetAtLine: 3 }))
    host.say('G90')
    host.say('G90')
    expect(host.say('G90', 50)).toEqual([])
    expect(host.heardAfter(100)[0]).toBe('start')
    host.say('G1 X10')
    expect(host.firmware.account().refused).toEqual([{ line: 'G1 X10', why: 'moved before homing' }])
  })

  it('is unplugged at a line and hears nothing more', () => {
    const host = new Conversation()
    host.firmware.setFaults(faults({ unplugAtLine: 2 }))
    expect(host.say('M110 N0')).toEqual(['ok P15 B3'])
    host.say('M114')
    expect(host.firmware.isUnplugged).toBe(true)
    expect(host.say('M114')).toEqual([])
    host.firmware.plugIn()
    expect(host.say('M110')[0]).toBe('Line: 0')
  })
})
