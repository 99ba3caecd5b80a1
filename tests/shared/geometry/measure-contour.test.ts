import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadClipper } from '../../../shared/geometry/clipper'
import { grownArea, regionArea } from '../../../shared/geometry/measure-contour'

/** A round shape of uneven radius, with corners as sharp as that makes them. */
function blob(radii: readonly number[]): Float64Array {
  return Float64Array.from(radii.flatMap((radius, i) => [radius * Math.cos((2 * Math.PI * i) / radii.length), radius * Math.sin((2 * Math.PI * i) / radii.length)]))
}

describe('the area after growing', () => {
  it('is that of the offset region, for shapes whose parts do not meet', async () => {
    const clipper = await loadClipper()
    fc.assert(
      fc.property(fc.array(fc.double({ min: 9, max: 11, noNaN: true }), { minLength: 5, maxLength: 30 }), fc.double({ min: 0.05, max: 0.4, noNaN: true }), (radii, distanceMm) => {
        const region = [blob(radii)]
        expect(grownArea(region, distanceMm, 3)).toBeCloseTo(regionArea(clipper.offset(region, distanceMm, { miterLimit: 3 })), 1)
      }),
      { numRuns: 100, seed: 3 },
    )
  })

  it('is exact for a square with a hole: the hole gets smaller', () => {
    const square = Float64Array.of(0, 0, 10, 0, 10, 10, 0, 10)
    const hole = Float64Array.of(4, 4, 4, 6, 6, 6, 6, 4)
    expect(grownArea([square, hole], 0.5, 3)).toBeCloseTo(11 * 11 - 1, 9)
  })

  it('is not told of a corner sharper than the miter limit', () => {
    expect(grownArea([Float64Array.of(0, 0, 10, 0, 0, 0.5)], 0.5, 3)).toBeNaN()
  })
})
