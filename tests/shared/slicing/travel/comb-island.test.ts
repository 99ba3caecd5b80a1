import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadClipper } from '../../../../shared/geometry/clipper'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import { CombIsland } from '../../../../shared/slicing/travel/comb-island'
import { polygon, star } from '../regions'

const clipper = await loadClipper()
const U_SHAPE = [Float64Array.of(0, 0, 40, 0, 40, 40, 25, 40, 25, 10, 15, 10, 15, 40, 0, 40)]

function comb(region: Region) {
  return new CombIsland(region, { insetMm: 0.42, clipper })
}

/** Whether all of a way lies inside, looked at every 0.05 mm. */
function staysInside(region: Region, way: readonly number[]): boolean {
  for (let i = 0; i + 3 < way.length; i += 2) {
    const [ax, ay, bx, by] = way.slice(i, i + 4) as [number, number, number, number]
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 0.05))
    for (let s = 0; s <= steps; s++) if (!isInRegion(region, ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps)) return false
  }
  return true
}

describe('a combed travel', () => {
  it('is straight when nothing is between', () => {
    expect(comb(U_SHAPE).way(2, 2, 38, 5)).toEqual({ corners: [], lengthMm: Math.hypot(36, 3) })
  })

  it('goes around a bay, and not much farther than needed', () => {
    const way = comb(U_SHAPE).way(10, 30, 30, 30)
    expect(way).toBeDefined()
    expect(staysInside(U_SHAPE, [10, 30, ...way!.corners, 30, 30])).toBe(true)
    const least = Math.hypot(5, 20.4) * 2 + 10
    expect(way!.lengthMm).toBeGreaterThan(least - 0.5)
    expect(way!.lengthMm).toBeLessThan(least * 1.08)
  })

  it('takes the shorter side of a hole', () => {
    const ring = [polygon({ radius: 20, corners: 90 }), polygon({ radius: 10, corners: 60, isHole: true })]
    const above = comb(ring).way(-15, 1, 15, 1)!
    for (let i = 1; i < above.corners.length; i += 2) expect(above.corners[i]).toBeGreaterThan(0)
    const below = comb(ring).way(-15, -1, 15, -1)!
    for (let i = 1; i < below.corners.length; i += 2) expect(below.corners[i]).toBeLessThan(0)
    expect(above.lengthMm).toBeLessThan(42)
  })

  it('stays inside wherever it is found, and is found nearly always', () => {
    let found = 0
    let asked = 0
    const regions = fc.array(fc.double({ min: 8, max: 30, noNaN: true }), { minLength: 6, maxLength: 24 }).map((radii): Region => [star(0, 0, radii), polygon({ radius: 3, corners: 12, isHole: true })])
    const angle = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true })
    fc.assert(
      fc.property(regions, angle, angle, fc.double({ min: 3.6, max: 7, noNaN: true }), (region, a, b, radius) => {
        const [ax, ay, bx, by] = [radius * Math.cos(a), radius * Math.sin(a), radius * Math.cos(b), radius * Math.sin(b)]
        if (!isInRegion(region, ax, ay) || !isInRegion(region, bx, by)) return
        const way = comb(region).way(ax, ay, bx, by)
        asked++
        if (way === undefined) return
        found++
        expect(staysInside(region, [ax, ay, ...way.corners, bx, by])).toBe(true)
      }),
      { numRuns: 400 },
    )
    expect(asked).toBeGreaterThan(100)
    expect(found / asked).toBeGreaterThan(0.95)
  })

  it('is none when the two are joined by less than a line', () => {
    const dumbbell = [Float64Array.of(0, 0, 10, 0, 10, 4.9, 20, 4.9, 20, 0, 30, 0, 30, 10, 20, 10, 20, 5.1, 10, 5.1, 10, 10, 0, 10)]
    expect(comb(dumbbell).way(2, 1, 28, 1)).toBeUndefined()
  })
})
