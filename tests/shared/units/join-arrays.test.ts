import { expect, it } from 'vitest'
import { joinArrays } from '../../../shared/units/join-arrays'

it('arrays are joined in their order, none of them included', () => {
  expect([...joinArrays([Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)], (length) => new Uint8Array(length))]).toEqual([1, 2, 3])
  expect(joinArrays<Float64Array>([], (length) => new Float64Array(length))).toHaveLength(0)
})
