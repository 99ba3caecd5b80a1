import { describe, expect, it } from 'vitest'
import { EmergencyParser } from '../../../../shared/machine/virtual/emergency-parser'

/** What is found in a text, byte by byte. */
function listen(text: string): unknown[] {
  const parser = new EmergencyParser()
  return [...new TextEncoder().encode(text)].flatMap((byte) => parser.take(byte) ?? [])
}

describe('the emergency parser', () => {
  it.each([
    ['M112\n', [{ code: 112 }]],
    ['  M112\n', [{ code: 112 }]],
    ['N123 M112*4\n', [{ code: 112 }]],
    ['M108\nM410\n', [{ code: 108 }, { code: 410 }]],
    ['M876 S1\n', [{ code: 876, button: 1 }]],
    ['G1 X1\nM112\n', [{ code: 112 }]],
    ['G1 X1', []],
  ])('finds in %j what is there', (text, expected) => {
    expect(listen(text)).toEqual(expected)
  })

  it.each(['M1120\n', 'M117 M112\n', 'G1 M112\n', ';M112\n', 'M876\n', 'XM112\n', 'M10\n8\n'])('finds nothing in %j', (text) => {
    expect(listen(text)).toEqual([])
  })
})
