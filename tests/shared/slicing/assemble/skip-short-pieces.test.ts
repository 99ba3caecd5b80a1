import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { skipShortPieces } from '../../../../shared/slicing/assemble/skip-short-pieces'
import { distanceToBoundary, lengthOf } from '../regions'

/** A line whose direction drifts by little steps, as an offset contour's does. */
const lineArbitrary = fc.array(fc.tuple(fc.double({ min: 0.001, max: 0.3, noNaN: true }), fc.double({ min: -0.8, max: 0.8, noNaN: true })), { minLength: 2, maxLength: 300 }).map((steps) => {
  const line = [0, 0]
  let heading = 0
  for (const [length, turn] of steps) {
    heading += turn * length
    line.push(line.at(-2)! + length * Math.cos(heading), line.at(-1)! + length * Math.sin(heading))
  }
  return Float64Array.from(line)
})

describe('leaving short pieces out', () => {
  it('keeps the ends, and every corner within 10 µm of the line', () => {
    fc.assert(
      fc.property(lineArbitrary, (line) => {
        const kept = skipShortPieces(line)
        expect([kept[0], kept[1], kept.at(-2), kept.at(-1)]).toEqual([line[0], line[1], line.at(-2), line.at(-1)])
        // A line there and back is a contour without area.
        for (let i = 0; i < line.length; i += 2) expect(distanceToBoundary([kept], line[i]!, line[i + 1]!)).toBeLessThan(0.01)
        expect(lengthOf(kept) / lengthOf(line)).toBeGreaterThan(0.99)
      }),
    )
  })

  it('leaves out most points of a finely drawn arc', () => {
    const arc = Float64Array.from({ length: 2000 }, (_, i) => 10 * (i % 2 === 0 ? Math.cos((i - (i % 2)) / 2000) : Math.sin((i - (i % 2)) / 2000)))
    expect(skipShortPieces(arc).length).toBeLessThan(arc.length / 5)
  })

  it('keeps a corner, however short the pieces beside it', () => {
    const corner = Float64Array.of(0, 0, 1, 0, 1.03, 0, 1.03, 0.03, 1.03, 1)
    expect([...skipShortPieces(corner)]).toEqual([0, 0, 1, 0, 1.03, 0, 1.03, 1])
  })
})
