import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CommandLine } from '../../../../shared/machine/virtual/command-line'
import { SerialInput } from '../../../../shared/machine/virtual/serial-input'
import { numbered } from '../../../virtual/board'

/** A line as the board reads it. */
function read(text: string): CommandLine {
  const input = new SerialInput()
  const command = new CommandLine()
  for (const byte of new TextEncoder().encode(`${text}\n`)) input.push(byte)
  expect(input.read(command)).toBe('command')
  command.parse()
  return command
}

describe('a command of the virtual board', () => {
  it('has letter, code and values', () => {
    const command = read('G1 X10.5 Y-2 E+.25 F6000')
    expect([command.letter, command.code]).toEqual([71, 1])
    expect(['X', 'Y', 'E', 'F', 'Z'].map((letter) => command.number(letter))).toEqual([10.5, -2, 0.25, 6000, undefined])
  })

  it('knows letters without values', () => {
    const command = read('G28 X Y')
    expect([command.has('X'), command.has('Z'), command.number('X')]).toEqual([true, false, undefined])
  })

  it('is read without spaces, with many, in lower case, and with a subcode', () => {
    expect(read('G1X5Y6').number('Y')).toBe(6)
    expect(read('  g1   x 5').number('X')).toBe(5)
    expect(read('G38.2 Z-5')).toMatchObject({ code: 38 })
    expect(read('G38.2 Z-5').number('Z')).toBe(-5)
  })

  it('says what was sent without number and checksum', () => {
    const command = read(numbered(1, 'M117 Layer 3').trim())
    expect([command.text(), command.argument(), command.lineNumber]).toEqual(['M117 Layer 3', 'Layer 3', 1])
  })

  it('is no command when it begins otherwise', () => {
    expect(read('X10').letter).toBe(0)
    expect(read('GX').letter).toBe(0)
  })

  it('reads every decimal number as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 6 }), (mantissa, decimals) => {
        const text = (mantissa / 10 ** decimals).toFixed(decimals)
        expect(read(`G1 X${text}`).number('X')).toBe(Number(text))
      }),
    )
  })

  it('comes out of the line protocol with the number and text that went in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.string({ unit: fc.constantFrom(...'GMXYZEF0123456789. -'), maxLength: 60 }), (number, text) => {
        const body = `G1 ${text}`
        const input = new SerialInput()
        input.lastLineNumber = number - 1
        const command = new CommandLine()
        for (const byte of new TextEncoder().encode(numbered(number, body))) input.push(byte)
        expect(input.read(command)).toBe('command')
        command.parse()
        expect([command.lineNumber, command.text()]).toEqual([number, body.trimEnd()])
      }),
    )
  })
})
