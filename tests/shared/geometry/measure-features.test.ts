import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circleDistance, circleThrough } from '../../../shared/geometry/fit-circle'
import { type Feature, measureFeatures } from '../../../shared/geometry/measure-features'
import { type Vector, cross, direction, plus } from '../../../shared/geometry/vector'

const point = (...atMm: Vector): Feature => ({ kind: 'point', atMm })
const edge = (fromMm: Vector, toMm: Vector): Feature => ({ kind: 'edge', fromMm, toMm })
const face = (atMm: Vector, normal: Vector): Feature => ({ kind: 'face', atMm, normal: direction(normal), areaMm2: 1, cornersMm: new Float32Array() })
const circle = (centreMm: Vector, normal: Vector): Feature => ({ kind: 'circle', centreMm, normal, radiusMm: 3, arcMm: [] })

describe('a measure', () => {
  it('between points is their distance', () => {
    expect(measureFeatures(point(1, 2, 3), point(4, 6, 3))).toEqual({ distanceMm: 5, fromMm: [1, 2, 3], toMm: [4, 6, 3] })
  })

  it('from a point to an edge ends on the edge, and tells the distance square to its line where that is less', () => {
    expect(measureFeatures(point(5, 3, 4), edge([0, 0, 0], [10, 0, 0]))).toEqual({ distanceMm: 5, fromMm: [5, 3, 4], toMm: [5, 0, 0] })
    expect(measureFeatures(edge([0, 0, 0], [10, 0, 0]), point(13, 0, 4))).toMatchObject({ distanceMm: 5, squareMm: 4, fromMm: [10, 0, 0] })
  })

  it('to a face goes square to its plane', () => {
    expect(measureFeatures(point(7, -2, 9), face([0, 0, 2], [0, 0, 1]))).toEqual({ distanceMm: 7, fromMm: [7, -2, 9], toMm: [7, -2, 2] })
    expect(measureFeatures(circle([0, 0, 5], [0, 0, 1]), face([0, 0, 2], [0, 1, 1]))).toMatchObject({ angleDeg: expect.closeTo(45, 9), distanceMm: expect.closeTo(3 / Math.SQRT2, 9) })
  })

  it('between faces is their distance when they are parallel, and their angle', () => {
    const opposite = measureFeatures(face([3, 3, 20], [0, 0, 1]), face([9, 9, 0], [0, 0, -1]))
    expect(opposite).toMatchObject({ distanceMm: 20, angleDeg: 0 })
    expect(measureFeatures(face([0, 0, 5], [0, 0, 1]), face([0, 9, 0], [0, 0, 1]))).toMatchObject({ distanceMm: 5, angleDeg: 0 })
    expect(measureFeatures(face([0, 0, 0], [1, 0, 0]), face([0, 0, 0], [1, 1, 0])).angleDeg).toBeCloseTo(135, 9)
  })

  it('between edges takes the shortest way, and the distance square to both lines', () => {
    expect(measureFeatures(edge([0, 0, 0], [10, 0, 0]), edge([5, -5, 3], [5, 5, 3]))).toMatchObject({ distanceMm: 3, fromMm: [5, 0, 0], toMm: [5, 0, 3], angleDeg: 90 })
    expect(measureFeatures(edge([0, 0, 0], [10, 0, 0]), edge([13, 4, 0], [20, 4, 0]))).toMatchObject({ distanceMm: 5, squareMm: 4, angleDeg: 0 })
    expect(measureFeatures(edge([0, 0, 0], [10, 0, 0]), edge([10, 4, 0], [0, 4, 0]))).toMatchObject({ distanceMm: 4, fromMm: [5, 0, 0], toMm: [5, 4, 0] })
    expect(measureFeatures(edge([0, 0, 0], [10, 0, 0]), edge([0, 0, 0], [5, 5, 0]))).toMatchObject({ distanceMm: 0, angleDeg: expect.closeTo(45, 9) })
  })

  it('between an edge and a face is their angle; where the edge goes through it, there is no distance', () => {
    expect(measureFeatures(edge([0, 0, -1], [2, 0, 1]), face([0, 0, 0], [0, 0, 1]))).toMatchObject({ distanceMm: 0, fromMm: [1, 0, 0], angleDeg: expect.closeTo(45, 9) })
    expect(measureFeatures(edge([0, 0, 4], [9, 0, 4]), face([0, 0, 0], [0, 0, 1]))).toMatchObject({ distanceMm: 4, angleDeg: expect.closeTo(0, 9) })
  })

  it('is the same from either end, and never more than between any two places of edges', () => {
    const coordinate = fc.double({ min: -50, max: 50, noNaN: true })
    const place = fc.tuple(coordinate, coordinate, coordinate)
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(place, place, place, place), fc.tuple(share, share), ([a, b, c, d], [s, t]) => {
        const [first, second] = [edge(a, b), edge(c, d)]
        const { distanceMm, fromMm, toMm } = measureFeatures(first, second)
        expect(measureFeatures(second, first).distanceMm).toBeCloseTo(distanceMm, 6)
        expect(Math.hypot(fromMm[0] - toMm[0], fromMm[1] - toMm[1], fromMm[2] - toMm[2])).toBeCloseTo(distanceMm, 9)
        const on = (from: Vector, to: Vector, part: number): Vector => plus(plus(from, from, -part), to, part)
        const [p, q] = [on(a, b, s), on(c, d, t)]
        expect(distanceMm).toBeLessThanOrEqual(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) + 1e-6)
      }),
      { numRuns: 300, seed: 3 },
    )
  })
})

describe('a circle through three points', () => {
  it('is the one that they were taken from', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true })
    const angle = fc.double({ min: 0.2, max: 2, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(number, number), fc.double({ min: 0.1, max: 100, noNaN: true }), fc.tuple(angle, angle), ([x, y], radiusMm, [first, second]) => {
        const normal = direction([x, y, 1])
        const u = direction(cross(normal, [0, 1, 0]))
        const v = cross(normal, u)
        const centreMm: Vector = [10 * x, 5, -7 * y]
        const at = (turn: number): Vector => plus(plus(centreMm, u, radiusMm * Math.cos(turn)), v, radiusMm * Math.sin(turn))
        const found = circleThrough(at(0), at(first), at(first + second))!
        expect(found.radiusMm).toBeCloseTo(radiusMm, 6)
        found.centreMm.forEach((value, axis) => expect(value).toBeCloseTo(centreMm[axis]!, 6))
        expect(circleDistance(found, at(5))).toBeCloseTo(0, 6)
        expect(circleDistance(found, plus(at(5), normal, 0.3))).toBeCloseTo(0.3, 6)
      }),
      { numRuns: 200, seed: 9 },
    )
  })

  it('is none for points on a line', () => {
    expect(circleThrough([0, 0, 0], [1, 1, 1], [3, 3, 3])).toBeUndefined()
  })
})
