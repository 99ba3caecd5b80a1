import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faceFrame } from '../../../shared/cad/face-frame'
import { cross, direction } from '../../../shared/geometry/vector'
import { determinant } from '../../../shared/mesh/matrix'

const place = { pointMm: [10, 20, 30], rotationDeg: 0, rightMm: 0, upMm: 0 } as const

describe('the frame of a drawing on a face', () => {
  it('is read from left to right on each side of a box, and upright on its walls', () => {
    expect(faceFrame({ ...place, normal: [0, 0, 1] }).slice(0, 8)).toEqual([1, 0, 0, 0, 0, 1, 0, 0])
    expect(faceFrame({ ...place, normal: [0, -1, 0] }).slice(0, 8)).toEqual([1, 0, 0, 0, -0, 0, 1, 0].map((value) => expect.closeTo(value, 9)))
    expect(faceFrame({ ...place, normal: [1, 0, 0] }).slice(0, 8)).toEqual([0, 1, 0, 0, 0, 0, 1, 0].map((value) => expect.closeTo(value, 9)))
    expect(faceFrame({ ...place, normal: [0, 0, -1] }).slice(0, 3)).toEqual([-1, 0, 0].map((value) => expect.closeTo(value, 9)))
  })

  it('is turned about its point and moved along the face', () => {
    const turned = faceFrame({ ...place, normal: [0, 0, 1], rotationDeg: 90, rightMm: 4, upMm: -3 })
    expect(turned.slice(0, 3)).toEqual([0, 1, 0].map((value) => expect.closeTo(value, 9)))
    expect(turned.slice(12, 15)).toEqual([14, 17, 30])
  })

  it('is square and right-handed, with z outward, on any face', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(number, number, number), fc.double({ min: -360, max: 360, noNaN: true }), ([x, y, z], rotationDeg) => {
        fc.pre(Math.hypot(x, y, z) > 0.1)
        const normal = direction([x, y, z])
        const m = faceFrame({ ...place, normal, rotationDeg })
        expect(determinant(m)).toBeCloseTo(1, 9)
        const across = cross([m[0]!, m[1]!, m[2]!], [m[4]!, m[5]!, m[6]!])
        across.forEach((value, axis) => expect(value).toBeCloseTo(normal[axis]!, 9))
      }),
      { numRuns: 200, seed: 6 },
    )
  })
})
