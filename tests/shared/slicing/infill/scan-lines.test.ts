import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Polyline, Region } from '../../../../shared/geometry/region'
import { scanLines } from '../../../../shared/slicing/infill/scan-lines'
import { lengthOf, polygon, rectangle, star } from '../regions'

const regionArbitrary = fc
  .record({
    radii: fc.array(fc.double({ min: 3, max: 20, noNaN: true }), { minLength: 5, maxLength: 30 }),
    x: fc.double({ min: -20, max: 20, noNaN: true }),
    y: fc.double({ min: -20, max: 20, noNaN: true }),
  })
  .map(({ radii, x, y }): Region => [star(x, y, radii), polygon({ x, y, radius: 1.7, corners: 11, isHole: true }), polygon({ x: x + 50, y, radius: 4 })])

const OPTIONS = { spacingMm: 0.7, widthMm: 0, isMonotonic: false, isSolid: false }

/** The slow twin: walks each row in steps of 10 µm and asks of every point whether it is inside. */
function slowLength(region: Region, angleDeg: number, spacingMm: number): number {
  const [cos, sin] = [Math.cos((angleDeg * Math.PI) / 180), Math.sin((angleDeg * Math.PI) / 180)]
  const reach = 90
  const step = 0.02
  let length = 0
  for (let row = Math.ceil(-reach / spacingMm); row * spacingMm < reach; row++) {
    const v = row * spacingMm
    for (let u = -reach; u < reach; u += step) if (isInRegion(region, cos * u - sin * v, sin * u + cos * v)) length += step
  }
  return length
}

/** Rows of the pieces that run along the rows, in order; what joins them along the boundary is left out. */
function rowPieces(lines: readonly Polyline[], angleDeg: number, spacingMm: number) {
  const [cos, sin] = [Math.cos((angleDeg * Math.PI) / 180), Math.sin((angleDeg * Math.PI) / 180)]
  return lines.flatMap((line) => {
    const pieces: { row: number; from: number; to: number }[] = []
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [v0, v1] = [cos * line[i + 1]! - sin * line[i]!, cos * line[i + 3]! - sin * line[i + 2]!]
      const row = Math.round(v0 / spacingMm)
      if (Math.abs(v0 - row * spacingMm) > 1e-6 || Math.abs(v1 - v0) > 1e-6) continue
      const [u0, u1] = [cos * line[i]! + sin * line[i + 1]!, cos * line[i + 2]! + sin * line[i + 3]!]
      pieces.push({ row, from: Math.min(u0, u1), to: Math.max(u0, u1) })
    }
    return pieces
  })
}

describe('scan lines', () => {
  it('cover exactly what a slow walk finds inside', () => {
    fc.assert(
      fc.property(regionArbitrary, fc.integer({ min: 1, max: 179 }), (region, angleDeg) => {
        const spacingMm = 1.9
        const pieces = rowPieces(scanLines(region, { ...OPTIONS, spacingMm, angleDeg }), angleDeg, spacingMm)
        const length = pieces.reduce((sum, { from, to }) => sum + to - from, 0)
        expect(Math.abs(length - slowLength(region, angleDeg, spacingMm))).toBeLessThan(0.02 * Math.sqrt(pieces.length) * 4 + 0.001 * length)
      }),
      { numRuns: 12 },
    )
  })

  it('are laid once each, joined or not', () => {
    fc.assert(
      fc.property(regionArbitrary, fc.integer({ min: 1, max: 179 }), (region, angleDeg) => {
        const key = ({ row, from }: { row: number; from: number }) => `${row} ${from.toFixed(5)}`
        const joined = rowPieces(scanLines(region, { ...OPTIONS, angleDeg }), angleDeg, OPTIONS.spacingMm).map(key)
        const swept = rowPieces(scanLines(region, { ...OPTIONS, angleDeg, isMonotonic: true }), angleDeg, OPTIONS.spacingMm).map(key)
        expect(new Set(joined).size).toBe(joined.length)
        expect(new Set(swept)).toEqual(new Set(joined))
        expect(swept).toHaveLength(joined.length)
      }),
    )
  })

  it('in sweep order never lie behind a neighbour that is there', () => {
    fc.assert(
      fc.property(regionArbitrary, fc.integer({ min: 1, max: 179 }), (region, angleDeg) => {
        const pieces = rowPieces(scanLines(region, { ...OPTIONS, angleDeg, isMonotonic: true }), angleDeg, OPTIONS.spacingMm)
        pieces.forEach((later, i) => {
          for (const earlier of pieces.slice(0, i)) {
            const areNeighbours = earlier.row === later.row + 1 && earlier.from < later.to - 1e-6 && later.from < earlier.to - 1e-6
            expect(areNeighbours).toBe(false)
          }
        })
      }),
    )
  })

  it('reach both ends of a solid area', () => {
    const square = [polygon({ radius: 10, corners: 4, turnRad: Math.PI / 4 })]
    const half = 10 / Math.SQRT2
    const [line] = scanLines(square, { ...OPTIONS, angleDeg: 0, isSolid: true, isMonotonic: true })
    const ys = Array.from({ length: line!.length / 2 }, (_, i) => line![2 * i + 1]!)
    expect(Math.min(...ys)).toBeCloseTo(-half, 2)
    expect(Math.max(...ys)).toBeCloseTo(half, 2)
    expect(lengthOf(line!)).toBeGreaterThan(200)
  })
})

describe('solid lines over several areas', () => {
  it('reach both ends of each area and finish one before the next', () => {
    const squares = [0, 20.17, 40.31].map((x) => rectangle(x, x / 3, x + 6, x / 3 + 6))
    const lines = scanLines(squares, { ...OPTIONS, angleDeg: 0, isSolid: true, isMonotonic: true })
    expect(lines.map((line) => Math.floor(line[0]! / 20))).toEqual([0, 1, 2])
    lines.forEach((line, i) => {
      const ys = Array.from({ length: line.length / 2 }, (_, k) => line[2 * k + 1]!)
      expect(Math.min(...ys)).toBeCloseTo(squares[i]![1]!, 2)
      expect(Math.max(...ys)).toBeCloseTo(squares[i]![5]!, 2)
    })
  })
})
