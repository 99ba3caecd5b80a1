import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedWall } from '../../../../shared/slicing/planned-layer'
import { groupWalls } from '../../../../shared/slicing/order/group-walls'
import { NearestPoints } from '../../../../shared/slicing/order/nearest-points'
import { orderLines } from '../../../../shared/slicing/order/order-lines'
import { orderPoints } from '../../../../shared/slicing/order/order-points'
import { polygon } from '../regions'

const coordinate = fc.oneof(fc.double({ min: -50, max: 250, noNaN: true }), fc.integer({ min: 0, max: 5 }))
const pointsArbitrary = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 120 }).map((points) => Float64Array.from(points.flat()))

/** The slow twin of the search. */
function slowNearest(points: Float64Array, gone: ReadonlySet<number>, x: number, y: number): number {
  let best = -1
  let least = Infinity
  for (let i = 0; i < points.length / 2; i++) {
    const distance = (points[2 * i]! - x) ** 2 + (points[2 * i + 1]! - y) ** 2
    if (gone.has(i) || distance >= least) continue
    least = distance
    best = i
  }
  return best
}

function wayThrough(points: Float64Array, order: Iterable<number>, x: number, y: number): number {
  let sum = 0
  for (const i of order) {
    sum += Math.hypot(points[2 * i]! - x, points[2 * i + 1]! - y)
    ;[x, y] = [points[2 * i]!, points[2 * i + 1]!]
  }
  return sum
}

describe('the nearest of many points', () => {
  it('is the one that a slow search finds, however many are gone', () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 }), (points, asked) => {
        const fast = new NearestPoints(points)
        const gone = new Set<number>()
        for (const [x, y] of asked) {
          const found = fast.nearest(x, y)
          expect(found).toBe(slowNearest(points, gone, x, y))
          if (found < 0) break
          fast.remove(found)
          gone.add(found)
        }
      }),
    )
  })
})

describe('an order of points', () => {
  it('holds each once and is no longer than going to the nearest each time', () => {
    fc.assert(
      fc.property(pointsArbitrary, (points) => {
        const order = orderPoints(points, 0, 0)
        expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: points.length / 2 }, (_, i) => i))
        const gone = new Set<number>()
        let at = [0, 0]
        while (gone.size < order.length) {
          const next = slowNearest(points, gone, at[0]!, at[1]!)
          gone.add(next)
          at = [points[2 * next]!, points[2 * next + 1]!]
        }
        expect(wayThrough(points, order, 0, 0)).toBeLessThan(wayThrough(points, gone, 0, 0) + 1e-6)
      }),
    )
  })

  it('finds the way along a row though it begins in the middle of it', () => {
    const row = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 5 * i : 0))
    expect(wayThrough(row, orderPoints(row, 61, 0), 61, 0)).toBeLessThan(61 + 200)
  })

  it('is near the least for points in rows', () => {
    const grid = Float64Array.from({ length: 800 }, (_, i) => 5 * (i % 2 === 0 ? (i >> 1) % 20 : Math.floor((i >> 1) / 20)))
    expect(wayThrough(grid, orderPoints(grid, 0, 0), 0, 0)).toBeLessThan(1.08 * 5 * 399)
  })
})

describe('an order of lines', () => {
  it('enters each at the end that is nearer', () => {
    const lines = [Float64Array.of(0, 0, 10, 0), Float64Array.of(0, 2, 10, 2), Float64Array.of(0, 1, 10, 1)]
    expect(orderLines(lines, -1, 0)).toEqual([
      { index: 0, isReversed: false },
      { index: 2, isReversed: true },
      { index: 1, isReversed: false },
    ])
  })
})

describe('groups of walls', () => {
  const wall = (depth: number, x: number, radius: number, isHole: boolean): PlannedWall => ({ role: depth === 0 ? 'outer-wall' : 'inner-wall', depth, contour: polygon({ x, radius, corners: 24, isHole }), widthMm: 0.4 })

  it('hold the walls beside each other, the outermost first', () => {
    const outer = [0, 1, 2].map((depth) => wall(depth, 0, 30 - 0.4 * depth, false))
    const left = [0, 1, 2].map((depth) => wall(depth, -12, 5 + 0.4 * depth, true))
    const right = [0, 1].map((depth) => wall(depth, 12, 5 + 0.4 * depth, true))
    const groups = groupWalls([...right, ...outer.toReversed(), ...left])
    expect(new Set(groups)).toEqual(new Set([outer, left, right]))
  })

  it('are found among very many holes, too', () => {
    const holes = Array.from({ length: 100 }, (_, i) => [wall(0, 10 * i, 2, true), wall(1, 10 * i, 2.4, true)])
    const groups = groupWalls(holes.flat().toReversed())
    expect(new Set(groups)).toEqual(new Set(holes))
  })

  it('lose no wall that has no partner', () => {
    const lone = wall(1, 0, 4, false)
    expect(groupWalls([lone, wall(0, 20, 3, true)]).flat()).toContain(lone)
  })
})
