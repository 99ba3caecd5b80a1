import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clipper, loadClipper } from '../../../../shared/geometry/clipper'
import { regionArea } from '../../../../shared/geometry/measure-contour'
import type { Contour, Region } from '../../../../shared/geometry/region'
import { splitStrips } from '../../../../shared/slicing/skin/split-strips'
import { touchingIslands } from '../../../../shared/slicing/skin/touching-islands'

let clipper: Clipper
beforeAll(async () => {
  clipper = await loadClipper()
})

function disc(x: number, y: number, radius: number, corners = 40): Contour {
  return Float64Array.from({ length: 2 * corners }, (_, i) => (i % 2 === 0 ? x + radius * Math.cos((Math.PI * i) / corners) : y + radius * Math.sin((Math.PI * (i - 1)) / corners)))
}

function hole(contour: Contour): Contour {
  const n = contour.length
  return contour.map((_, i) => contour[n - 2 - (i & ~1) + (i & 1)])
}

function ring(x: number, y: number, radius: number, widthMm: number): Region {
  return [disc(x, y, radius), hole(disc(x, y, radius - widthMm))]
}

describe('islands that touch a region', () => {
  it('finds those that cross it, lie in it or hold it, and leaves a ring around it out', () => {
    const region = [disc(0, 0, 5)]
    const islands = splitStrips([...ring(0, 0, 7, 1), disc(5, 0, 1), disc(1, 1, 0.5), disc(30, 0, 2)])
    expect(touchingIslands(islands, region).map(({ outline }) => outline[0]?.[0])).toEqual([6, 1.5])
    expect(touchingIslands(splitStrips([disc(0, 0, 9)]), region)).toHaveLength(1)
  })

  it('gives the same intersection as all islands give', () => {
    const place = fc.integer({ min: -60, max: 60 }).map((value) => value / 4)
    const radius = fc.integer({ min: 1, max: 24 }).map((value) => value / 4 + 0.1)
    const shape = fc.tuple(place, place, radius, fc.boolean())
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 6 }), fc.array(shape, { minLength: 1, maxLength: 3 }), (strips, fills) => {
        const drawn = (shapes: readonly (readonly [number, number, number, boolean])[]) => clipper.union(shapes.flatMap(([x, y, r, isRing]) => (isRing ? ring(x, y, r + 0.5, 0.2) : [disc(x, y, r)])))
        const [exposed, region] = [drawn(strips), drawn(fills)]
        const all = clipper.intersection(region, exposed)
        const touching = clipper.intersection(region, touchingIslands(splitStrips(exposed), region).flatMap(({ outline }) => outline))
        expect(regionArea(touching)).toBeCloseTo(regionArea(all), 3)
      }),
      { numRuns: 150, seed: 5 },
    )
  })

  it('keeps the hole of a ring that is thinner than rounding', () => {
    const pieces = splitStrips([...ring(0, 0, 10, 0.0005), ...ring(0, 0, 6, 0.0005)])
    expect(pieces.map(({ outline }) => outline.length)).toEqual([2, 2])
  })
})
