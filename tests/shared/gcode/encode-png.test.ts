import { decode } from 'fast-png'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePng } from '../../../shared/gcode/encode-png'

describe('PNG pictures', () => {
  it('gives every pixel back to another reader, whatever the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (width, height, noise) => {
        const data = Uint8Array.from({ length: 4 * width * height }, () => noise.next().value as number)
        const picture = decode(encodePng({ width, height, data }), { checkCrc: true })
        expect(picture).toMatchObject({ width, height, channels: 4, depth: 8 })
        expect(Uint8Array.from(picture.data)).toEqual(data)
      }),
      { numRuns: 40, seed: 7 },
    )
  })
})
