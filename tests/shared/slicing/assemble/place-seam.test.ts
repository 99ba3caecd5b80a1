import { describe, expect, it } from 'vitest'
import type { Contour } from '../../../../shared/geometry/region'
import { SeamPlacer } from '../../../../shared/slicing/assemble/place-seam'
import { polygon, rectangle } from '../regions'

const AT = { x: 0, y: 0 }
/** Counter-clockwise L with its recess at (10, 10). */
const L_SHAPE = Float64Array.of(0, 0, 20, 0, 20, 10, 10, 10, 10, 20, 0, 20)

function place(mode: 'aligned' | 'nearest' | 'rear' | 'sharpest-corner', contour: Contour, at = AT) {
  const seams = new SeamPlacer(mode)
  seams.startLayer()
  const { x, y } = seams.place(contour, at)
  return [x, y]
}

describe('a seam', () => {
  it('hides in a recess before an outer corner', () => {
    expect(place('sharpest-corner', L_SHAPE)).toEqual([10, 10])
    expect(place('aligned', L_SHAPE)).toEqual([10, 10])
  })

  it('hides in the recess of a hole, whose contour runs the other way round', () => {
    const plusHole = Float64Array.of(0, 0, 0, 10, 10, 10, 10, 20, 20, 20, 20, 0)
    expect(place('sharpest-corner', plusHole)).not.toEqual([10, 10])
  })

  it('takes the sharpest of outer corners', () => {
    expect(place('sharpest-corner', Float64Array.of(0, 0, 30, 4, 0, 8))).toEqual([30, 4])
  })

  it('is at the rear when asked, or when there is no corner at all', () => {
    expect(place('rear', rectangle(0, 0, 10, 10))).toEqual([10, 10])
    const [x, y] = place('sharpest-corner', polygon({ radius: 10, corners: 64, turnRad: Math.PI / 64 }))
    expect(y).toBeGreaterThan(9.9)
    expect(Math.abs(x!)).toBeLessThan(1)
  })

  it('is where the nozzle is when asked', () => {
    expect(place('nearest', rectangle(0, 0, 10, 10), { x: 9, y: -5 })).toEqual([10, 0])
  })

  it('does not hang on where the contour begins', () => {
    const turned = Float64Array.of(...L_SHAPE.slice(6), ...L_SHAPE.slice(0, 6))
    for (const mode of ['aligned', 'rear', 'sharpest-corner'] as const) expect(place(mode, turned)).toEqual(place(mode, L_SHAPE))
    const square = rectangle(0, 0, 10, 10)
    expect(place('aligned', Float64Array.of(...square.slice(4), ...square.slice(0, 4)))).toEqual(place('aligned', square))
  })

  it('follows the layer below on a round wall, whatever corners its contours have', () => {
    const seams = new SeamPlacer('aligned')
    const placed = Array.from({ length: 50 }, (_, i) => {
      seams.startLayer()
      return seams.place(polygon({ x: 50, y: 50, radius: 20 + 0.02 * i, corners: 40 + (i % 7), turnRad: 0.13 * i }), AT)
    })
    const jumps = placed.slice(1).map((seam, i) => Math.hypot(seam.x - placed[i]!.x, seam.y - placed[i]!.y))
    expect(Math.max(...jumps)).toBeLessThan(0.25)
    expect(placed.at(-1)!.y).toBeGreaterThan(69)
  })

  it('follows each of many walls on its own', () => {
    const seams = new SeamPlacer('aligned')
    const squares = Array.from({ length: 30 }, (_, i) => rectangle(5 * i, 0, 5 * i + 3, 3))
    seams.startLayer()
    const below = squares.map((square) => seams.place(square, AT))
    seams.startLayer()
    expect(squares.map((square) => seams.place(square, AT))).toEqual(below)
  })

  it('begins anew when nothing is near below', () => {
    const seams = new SeamPlacer('aligned')
    seams.startLayer()
    seams.place(rectangle(100, 100, 110, 110), AT)
    seams.startLayer()
    expect(seams.place(L_SHAPE, AT)).toMatchObject({ x: 10, y: 10 })
  })
})
