import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Polyline, Region } from '../../../../shared/geometry/region'
import { growLightning, type LightningLayer } from '../../../../shared/slicing/infill/grow-lightning'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import { planPlate } from '../../../../shared/slicing/slice-plate'
import { distanceToBoundary, lengthOf, polygon, rectangle, star } from '../regions'
import { boxMesh, placed, plate } from '../solids'

const HEIGHT_MM = 0.2
const SPACING_MM = 3

/** Layers that widen, narrow and have a hole on their way up; above the last is solid. */
const layersArbitrary = fc
  .record({
    radii: fc.array(fc.double({ min: 8, max: 25, noNaN: true }), { minLength: 6, maxLength: 14 }),
    growth: fc.double({ min: -0.15, max: 0.15, noNaN: true }),
    hole: fc.double({ min: 0.5, max: 3, noNaN: true }),
    count: fc.integer({ min: 5, max: 60 }),
  })
  .map(({ radii, growth, hole, count }): LightningLayer[] => Array.from({ length: count }, (_, i) => ({ area: [star(50, 50, radii.map((radius) => radius + growth * i)), polygon({ x: 50, y: 50, radius: hole, corners: 16, isHole: true })], heightMm: HEIGHT_MM })))

function* samples(lines: readonly Polyline[], stepMm = 0.3): Generator<[number, number]> {
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!]
      const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / stepMm))
      for (let s = 0; s <= steps; s++) yield [ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps]
    }
  }
}

function distanceToLines(lines: readonly Polyline[], x: number, y: number): number {
  let least = Infinity
  for (const line of lines) for (let i = 0; i + 3 < line.length; i += 2) least = Math.min(least, distanceToBoundary([Float64Array.of(line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!)], x, y))
  return least
}

describe('lightning', () => {
  it('stays inside the infill area of every layer', () => {
    fc.assert(
      fc.property(layersArbitrary, (layers) => {
        growLightning(layers, SPACING_MM).forEach((lines, i) => {
          for (const [x, y] of samples(lines)) expect(isInRegion(layers[i]!.area, x, y) || distanceToBoundary(layers[i]!.area, x, y) < 0.005).toBe(true)
        })
      }),
      { numRuns: 12 },
    )
  })

  it('holds what is solid above: nothing is farther from a wall or a branch than the grid lets it', () => {
    fc.assert(
      fc.property(layersArbitrary, (layers) => {
        const top = layers.at(-1)!.area
        const lines = growLightning(layers, SPACING_MM).at(-1)!
        for (let x = 25; x <= 75; x += 1.7) {
          for (let y = 25; y <= 75; y += 1.7) {
            const away = isInRegion(top, x, y) ? Math.min(distanceToBoundary(top, x, y), distanceToLines(lines, x, y)) : 0
            expect(away).toBeLessThan(SPACING_MM * (0.7 + Math.SQRT1_2) + 1e-6)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('stands on what is below: every branch lies over a wall or within 45° of a branch', () => {
    fc.assert(
      fc.property(layersArbitrary, (layers) => {
        const grown = growLightning(layers, SPACING_MM)
        for (let i = 1; i < layers.length; i++) {
          for (const [x, y] of samples(grown[i]!, 1)) {
            const isOverWall = !isInRegion(layers[i - 1]!.area, x, y) || distanceToBoundary(layers[i - 1]!.area, x, y) < 0.6
            expect(isOverWall ? 0 : distanceToLines(grown[i - 1]!, x, y)).toBeLessThan(HEIGHT_MM + 0.45)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('goes into the walls on its way down, and is the same every time', () => {
    const layers = Array.from({ length: 120 }, () => ({ area: [rectangle(0, 0, 20, 20)] as Region, heightMm: HEIGHT_MM }))
    const grown = growLightning(layers, SPACING_MM)
    const lengths = grown.map((lines) => lines.reduce((sum, line) => sum + lengthOf(line), 0))
    expect(lengths.at(-1)).toBeGreaterThan(60)
    for (let i = 1; i < lengths.length; i++) expect(lengths[i - 1]!).toBeLessThanOrEqual(lengths[i]! + 1e-6)
    expect(lengths[0]).toBe(0)
    expect(growLightning(layers, SPACING_MM)).toEqual(grown)
  })

  it('uses a part of what lines at the same density use in a box', async () => {
    const volume = async (infillPattern: 'lightning' | 'rectilinear') => {
      const planned = await planPlate(plate([placed(boxMesh([0, 0, 0], [30, 30, 20]))], { infillPattern }), createLocalSlicePool())
      if (!planned.ok) throw new Error('refused')
      return planned.value.reduce((sum, { islands }) => sum + islands.reduce((all, { fills }) => all + fills.filter(({ role }) => role === 'infill').reduce((length, { lines }) => length + lines.reduce((mm, line) => mm + lengthOf(line), 0), 0), 0), 0)
    }
    const [lightning, lines] = [await volume('lightning'), await volume('rectilinear')]
    expect(lightning).toBeGreaterThan(0)
    expect(lightning / lines).toBeLessThan(0.5)
  }, 60_000)
})
