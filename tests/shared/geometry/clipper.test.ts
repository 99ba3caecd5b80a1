import { beforeAll, describe, expect, it } from 'vitest'
import { type Clipper, loadClipper } from '../../../shared/geometry/clipper'
import { regionArea } from '../../../shared/geometry/measure-contour'

const square = (x: number, y: number, size: number) => Float64Array.of(x, y, x + size, y, x + size, y + size, x, y + size)
const reversed = (contour: Float64Array) => Float64Array.from({ length: contour.length }, (_, i) => contour[contour.length - 2 - (i & ~1) + (i & 1)]!)

let clipper: Clipper
beforeAll(async () => {
  clipper = await loadClipper()
})

describe('the clipper', () => {
  it('shrinks a square and its hole grows', () => {
    const region = [square(0, 0, 10), reversed(square(4, 4, 2))]
    expect(regionArea(clipper.offset(region, -1))).toBeCloseTo(64 - 16, 6)
  })

  it('keeps sharp corners when it grows, or rounds them on request', () => {
    expect(regionArea(clipper.offset([square(0, 0, 10)], 1))).toBeCloseTo(144, 6)
    expect(regionArea(clipper.offset([square(0, 0, 10)], 1, { join: 'round' }))).toBeCloseTo(140 + Math.PI, 1)
  })

  it('fills overlaps once and keeps a reversed inner contour as a cavity', () => {
    expect(regionArea(clipper.union([square(0, 0, 10), square(5, 5, 10)]))).toBeCloseTo(175, 6)
    expect(regionArea(clipper.union([square(0, 0, 10), square(2, 2, 4)]))).toBeCloseTo(100, 6)
    expect(regionArea(clipper.union([square(0, 0, 10), reversed(square(2, 2, 4))]))).toBeCloseTo(84, 6)
  })

  it('subtracts and intersects', () => {
    expect(regionArea(clipper.difference([square(0, 0, 10)], [square(5, 0, 10)]))).toBeCloseTo(50, 6)
    expect(regionArea(clipper.intersection([square(0, 0, 10)], [square(5, 5, 10)]))).toBeCloseTo(25, 6)
    expect(clipper.intersection([square(0, 0, 1)], [square(5, 5, 1)])).toEqual([])
  })

  it('cuts open lines at the edge of a region', () => {
    const lines = clipper.clipLines([Float64Array.of(-5, 5, 15, 5)], [square(0, 0, 10), reversed(square(4, 4, 2))])
    const spans = lines.map((line) => [line[0]!, line[2]!].toSorted((a, b) => a - b)).toSorted((a, b) => a[0]! - b[0]!)
    expect(spans).toEqual([[0, 4], [6, 10]])
  })

  it('thickens an open line with round ends', () => {
    expect(regionArea(clipper.thicken([Float64Array.of(0, 0, 10, 0)], 0.5))).toBeCloseTo(10 + Math.PI / 4, 1)
  })

  it('does not grow over twenty thousand offsets', () => {
    const region = [square(0, 0, 10)]
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 20_000; i++) clipper.offset(region, -0.1)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40e6)
  })
})
