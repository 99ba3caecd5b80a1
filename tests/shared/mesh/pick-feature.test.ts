import { beforeAll, describe, expect, it } from 'vitest'
import { loadSolids, meshOfSolid } from '../../../shared/cad/solids'
import { measureFeatures } from '../../../shared/geometry/measure-features'
import type { Vector } from '../../../shared/geometry/vector'
import type { Mesh } from '../../../shared/mesh/mesh'
import { type FeatureFilter, type Surface, pickFeature, surfaceOf } from '../../../shared/mesh/pick-feature'

/** The triangle that has a point on it. */
function triangleAt({ positions, indices }: Mesh, [x, y, z]: Vector): number {
  const at = (corner: number, axis: number) => positions[3 * indices[corner]! + axis]!
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [t, t + 1, t + 2].map((corner) => [at(corner, 0), at(corner, 1), at(corner, 2)] as const) as [Vector, Vector, Vector]
    const area = (p: Vector, q: Vector, r: Vector) => {
      const [u, v] = [q.map((value, i) => value - p[i]!), r.map((value, i) => value - p[i]!)] as [number[], number[]]
      return Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!)
    }
    const p: Vector = [x, y, z]
    if (Math.abs(area(a, b, p) + area(b, c, p) + area(c, a, p) - area(a, b, c)) < 1e-3) return t / 3
  }
  throw new Error('no triangle there')
}

/** A box of 40 × 30 × 20 mm with a hole of 10 mm through its middle, a round notch of 6 mm radius at a corner, and a square pocket. */
async function bracket(): Promise<Surface> {
  const { Manifold } = await loadSolids()
  const box = Manifold.cube([40, 30, 20])
  const hole = Manifold.cylinder(30, 5, 5, 48).translate(20, 15, -5)
  const notch = Manifold.cylinder(30, 6, 6, 64).translate(0, 0, -5)
  const pocket = Manifold.cube([4, 4, 4]).translate(33, 3, 17)
  return surfaceOf(meshOfSolid(box.subtract(hole).subtract(notch).subtract(pocket)))
}

describe('a click on a part', () => {
  let surface: Surface
  beforeAll(async () => {
    surface = await bracket()
  })
  const pick = (pointMm: Vector, filter: FeatureFilter = 'any') => pickFeature(surface, { triangle: triangleAt(surface.mesh, pointMm), pointMm, reachMm: 0.8, filter })

  it('in the middle of a face means the whole face, its holes left out', () => {
    const top = pick([30, 20, 20])
    expect(top).toMatchObject({ kind: 'face', normal: [0, 0, 1], atMm: [30, 20, 20] })
    const hole = 24 * 25 * Math.sin(Math.PI / 24)
    expect(top.kind === 'face' && top.areaMm2).toBeCloseTo(1200 - hole - 16 - (16 * 36 * Math.sin(Math.PI / 32)) / 2, 1)
  })

  it('near an edge means that edge from corner to corner', () => {
    expect(pick([20, 29.5, 20])).toEqual({ kind: 'edge', fromMm: [40, 30, 20], toMm: [0, 30, 20] })
    expect(pick([35, 3.3, 17])).toMatchObject({ kind: 'edge' })
  })

  it('near a corner means the corner', () => {
    expect(pick([39.6, 29.7, 20])).toEqual({ kind: 'point', atMm: [40, 30, 20] })
  })

  it('near the edge of a hole means its circle', () => {
    const circle = pick([20, 20.4, 20])
    if (circle.kind !== 'circle') throw new Error(circle.kind)
    expect(circle.radiusMm).toBeCloseTo(5, 3)
    ;[20, 15, 20].forEach((value, axis) => expect(circle.centreMm[axis]).toBeCloseTo(value, 3))
    expect(Math.abs(circle.normal[2])).toBeCloseTo(1, 6)
    expect(circle.arcMm).toHaveLength(49)
    expect(circle.arcMm[0]).toEqual(circle.arcMm.at(-1))
  })

  it('near a rounding means the circle that it is part of', () => {
    const rounding = pick([4.5, 4.5, 20])
    if (rounding.kind !== 'circle') throw new Error(rounding.kind)
    expect(rounding.radiusMm).toBeCloseTo(6, 3)
    expect(Math.hypot(rounding.centreMm[0], rounding.centreMm[1])).toBeLessThan(0.01)
    expect(rounding.arcMm.length).toBeLessThan(20)
  })

  it('takes only what is asked for', () => {
    expect(pick([39.6, 29.7, 20], 'face').kind).toBe('face')
    expect(pick([39.6, 29.7, 20], 'edge').kind).toBe('edge')
    expect(pick([30, 20, 20], 'point')).toEqual({ kind: 'point', atMm: [30, 20, 20] })
    expect(pick([34, 20, 20], 'edge').kind).toBe('edge')
    expect(pick([39.6, 29.7, 20], 'point')).toEqual({ kind: 'point', atMm: [40, 30, 20] })
  })

  it('measures from hole to side, through the part, and the angle of its sides', () => {
    expect(measureFeatures(pick([20, 20.4, 20]), pick([10, 30, 5], 'face')).distanceMm).toBeCloseTo(15, 3)
    expect(measureFeatures(pick([30, 20, 20]), pick([30, 25, 0]))).toMatchObject({ distanceMm: 20, angleDeg: 0 })
    expect(measureFeatures(pick([30, 20, 20]), pick([40, 15, 10]))).toMatchObject({ angleDeg: 90 })
  })

  it('on a mesh that stays open still finds its border', () => {
    const sheet = surfaceOf({ positions: new Float32Array([0, 0, 0, 10, 0, 0, 10, 10, 0, 0, 10, 0]), indices: new Uint32Array([0, 1, 2, 0, 2, 3]) })
    expect(pickFeature(sheet, { triangle: 0, pointMm: [5, 0.2, 0], reachMm: 1, filter: 'any' })).toEqual({ kind: 'edge', fromMm: [0, 0, 0], toMm: [10, 0, 0] })
  })
})
