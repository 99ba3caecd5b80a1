import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLAIN_TRAITS } from '../../../../shared/machine/virtual/firmware-options'
import { Conversation, faults, numbered } from '../../../virtual/board'

const COMMANDS = ['G28', 'G28 X', 'G1 X50 Y50 F6000', 'G1 E5 F300', 'G2 X60 Y60 I5 J5', 'M104 S200', 'M109 S50', 'M190 S40', 'M105', 'M114', 'M115', 'M400', 'G4 P100', 'M0 hi', 'M600', 'M876 S0', 'M108', 'M410', 'M112', 'M110 N0', 'G92 E0', 'G92 X5', 'M83', 'G91', 'M155 S1', 'M113 S1', 'M302 P1', 'G29', 'T0', 'M84', 'M201 X100', 'M205 J0.05', 'M503']

describe('the virtual board, whatever happens', () => {
  it('takes any bytes at any times without failing, and never runs backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 5000 })), { maxLength: 12 }), (chunks) => {
        const { firmware } = new Conversation()
        for (const [bytes, ms] of chunks) {
          const before = firmware.nowMs
          firmware.receive(bytes, before)
          firmware.advance(before + ms)
          expect(firmware.nowMs).toBe(before + ms)
          expect(firmware.nextWakeMs).toBeGreaterThan(firmware.nowMs)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('answers every command it took, once the user and time have done their part, or is dead', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS.filter((command) => command !== 'M112')), { maxLength: 12 }), fc.boolean(), (commands, isPlain) => {
        const host = new Conversation(isPlain ? { traits: PLAIN_TRAITS } : {})
        let oks = 0
        const listen = (lines: readonly string[]) => (oks += lines.filter((line) => line.startsWith('ok')).length)
        for (const command of commands) {
          const before = oks
          listen(host.say(command))
          for (let i = 0; i < 200 && oks === before; i++) {
            listen(host.heardAfter(2000))
            if (host.firmware.demand === 'idle' && oks === before) listen(host.say(isPlain ? 'M108' : 'M876 S1'))
          }
          expect(oks).toBeGreaterThan(before)
        }
        expect(host.firmware.demand).not.toBe('dead')
      }),
      { numRuns: 40 },
    )
  })

  it('is deterministic for any talk, faults among it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...COMMANDS), fc.integer({ min: 0, max: 3000 })), { maxLength: 20 }), fc.integer({ min: 1, max: 9999 }), (talk, seed) => {
        const run = () => {
          const host = new Conversation({ faults: faults({ seed, dropByte: 0.01, corruptByte: 0.01, duplicateLine: 0.1, loseOk: 0.1, delayMs: 20 }) })
          return talk.flatMap(([command, ms], i) => host.send(numbered(i + 1, command), ms))
        }
        expect(run()).toEqual(run())
      }),
      { numRuns: 40 },
    )
  })

  it('dies by M112 from every state, and lives after a reset', () => {
    for (const command of COMMANDS) {
      const host = new Conversation()
      host.say(command, 50)
      host.say('M112')
      expect([command, host.firmware.demand]).toEqual([command, 'dead'])
      host.firmware.reset(host.firmware.nowMs)
      host.heardAfter(1)
      expect(host.say('M105').at(-1)).toMatch(/^ok T:/)
    }
  })
})
