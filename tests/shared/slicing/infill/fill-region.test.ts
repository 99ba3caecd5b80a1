import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadClipper, type Clipper } from '../../../../shared/geometry/clipper'
import { isInRegion, regionArea } from '../../../../shared/geometry/measure-contour'
import type { Polyline, Region } from '../../../../shared/geometry/region'
import { fillRegion, type FillRequest } from '../../../../shared/slicing/infill/fill-region'
import { fillSpacing } from '../../../../shared/slicing/infill/fill-spacing'
import { crossSectionMm2 } from '../../../../shared/slicing/infill/solid-spacing'
import { distanceToBoundary, lengthOf, polygon, rectangle, star } from '../regions'

let clipper: Clipper
beforeAll(async () => {
  clipper = await loadClipper()
})

const BASE: FillRequest = { pattern: 'rectilinear', density: 0.2, widthMm: 0.45, heightMm: 0.2, angleDeg: 45, zMm: 0.2 }

/** Volume of lines over the volume of an area. */
function densityOf(lines: readonly Polyline[], region: Region, { widthMm, heightMm }: FillRequest): number {
  const length = lines.reduce((sum, line) => sum + lengthOf(line), 0)
  return (length * crossSectionMm2(widthMm, heightMm)) / (regionArea(region) * heightMm)
}

/** Density away from the boundary, where the joints of the zigzags would count. */
function innerDensity(region: Region, request: FillRequest): number {
  const window = clipper.offset(region, -10)
  return densityOf(clipper.clipLines(fillRegion(region, request, clipper), window), window, request)
}

/** Points every 0.2 mm along lines, corners included. */
function* samples(lines: readonly Polyline[]): Generator<[number, number]> {
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!]
      const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / 0.2)
      for (let s = 0; s <= steps; s++) yield [ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps]
    }
  }
}

function worstOutside(lines: readonly Polyline[], region: Region): number {
  let worst = 0
  for (const [x, y] of samples(lines)) if (!isInRegion(region, x, y)) worst = Math.max(worst, distanceToBoundary(region, x, y))
  return worst
}

const starArbitrary = fc.record({
  radii: fc.array(fc.double({ min: 4, max: 25, noNaN: true }), { minLength: 5, maxLength: 40 }),
  x: fc.double({ min: -30, max: 200, noNaN: true }),
  y: fc.double({ min: -30, max: 200, noNaN: true }),
  holeRadius: fc.double({ min: 0.3, max: 2.5, noNaN: true }),
})

const regionArbitrary = starArbitrary.map(({ radii, x, y, holeRadius }): Region => [star(x, y, radii), polygon({ x, y, radius: holeRadius, corners: 17, isHole: true })])

describe('density', () => {
  const cases = [
    ['rectilinear', 0.1], ['rectilinear', 0.25], ['rectilinear', 0.6], ['rectilinear', 1], ['grid', 0.1], ['grid', 0.25], ['grid', 0.6], ['triangles', 0.1], ['triangles', 0.4], ['cubic', 0.1], ['cubic', 0.4], ['honeycomb', 0.1], ['honeycomb', 0.25], ['honeycomb', 0.5], ['concentric', 0.3], ['concentric', 1],
  ] as const
  it.each(cases)('of %s at %d is exact on a large area', (pattern, density) => {
    const region = [rectangle(0.3, 0.7, 400.3, 380.7)]
    const request = { ...BASE, pattern, density }
    expect(Math.abs(innerDensity(region, request) / density - 1)).toBeLessThan(0.02)
  })

  it.each([0.08, 0.15, 0.3, 0.6])('of gyroid at %d is exact over a period in z', (density) => {
    const region = [rectangle(0, 0, 120, 120)]
    const request = { ...BASE, pattern: 'gyroid', density } as const
    const periodMm = fillSpacing('gyroid', density, crossSectionMm2(request.widthMm, request.heightMm) / request.heightMm)
    const layers = 24
    let sum = 0
    for (let i = 0; i < layers; i++) sum += innerDensity(region, { ...request, zMm: ((i + 0.5) * periodMm) / layers })
    expect(Math.abs(sum / layers / density - 1)).toBeLessThan(0.02)
  })

  it('of a solid rectangle makes its volume, whatever its size', () => {
    fc.assert(
      fc.property(fc.double({ min: 8, max: 60, noNaN: true }), fc.double({ min: 8, max: 60, noNaN: true }), (width, depth) => {
        const request = { ...BASE, density: 1, angleDeg: 0, isMonotonic: true }
        const area = regionArea([rectangle(0, 0, width, depth)])
        const inset = crossSectionMm2(request.widthMm, request.heightMm) / request.heightMm / 2
        const region = [rectangle(inset, inset, width - inset, depth - inset)]
        const filled = densityOf(fillRegion(region, request, clipper), region, request) * regionArea(region)
        expect(filled / area).toBeGreaterThan(0.96)
        expect(filled / area).toBeLessThan(1.04)
      }),
    )
  })
})

describe('lines', () => {
  it.each(['rectilinear', 'grid', 'triangles', 'cubic', 'honeycomb', 'gyroid', 'concentric'] as const)('of %s never leave the region by more than 5 µm', (pattern) => {
    fc.assert(
      fc.property(regionArbitrary, fc.constantFrom(0.1, 0.35, 1), fc.integer({ min: 0, max: 180 }), fc.boolean(), (region, density, angleDeg, isMonotonic) => {
        const joining = { isJoined: angleDeg % 2 === 0, anchorMm: angleDeg % 3 }
        const lines = fillRegion(region, { ...BASE, pattern, density, angleDeg, isMonotonic, zMm: 3.4, joining }, clipper)
        expect(lines.length).toBeGreaterThan(0)
        expect(worstOutside(lines, region)).toBeLessThan(0.005)
      }),
      { numRuns: 40 },
    )
  })

  it('are never shorter than their width', () => {
    fc.assert(
      fc.property(regionArbitrary, fc.constantFrom('rectilinear', 'gyroid', 'grid'), (region, pattern) => {
        for (const line of fillRegion(region, { ...BASE, pattern, density: 0.7 }, clipper)) expect(lengthOf(line)).toBeGreaterThanOrEqual(BASE.widthMm)
      }),
    )
  })

  it('of cubes lie in planes that lean by as much as a cube on its corner', () => {
    const square = [rectangle(0, 0, 60, 60)]
    const rowsAt = (zMm: number) => {
      const rows = new Set<number>()
      for (const line of fillRegion(square, { ...BASE, pattern: 'cubic', angleDeg: 0, zMm }, clipper)) {
        for (let i = 0; i + 3 < line.length; i += 2) if (Math.abs(line[i + 1]! - line[i + 3]!) < 1e-9 && line[i + 1]! > 1 && line[i + 1]! < 59) rows.add(Math.round(line[i + 1]! * 1e6) / 1e6)
      }
      return [...rows].toSorted((a, b) => a - b)
    }
    // A face of such a cube rises √2 for each step aside.
    expect(rowsAt(3)[2]! - rowsAt(2)[2]!).toBeCloseTo(Math.SQRT1_2, 5)
  })

  it('end in anchors along the wall, and are joined only when asked', () => {
    const square = [rectangle(0, 0, 40, 40)]
    const fill = (isJoined: boolean, anchorMm: number) => fillRegion(square, { ...BASE, angleDeg: 0, joining: { isJoined, anchorMm } }, clipper)
    const apart = fill(false, 0)
    const anchored = fill(false, 0.5)
    expect(apart.length).toBeGreaterThan(15)
    expect(anchored).toHaveLength(apart.length)
    const sum = (lines: readonly Polyline[]) => lines.reduce((total, line) => total + lengthOf(line), 0)
    expect(sum(anchored) - sum(apart)).toBeCloseTo(2 * 0.5 * apart.length, 3)
    for (const line of anchored) for (const [x, y] of [[line[0]!, line[1]!], [line.at(-2)!, line.at(-1)!]] as const) expect(distanceToBoundary(square, x, y)).toBeLessThan(1e-9)
  })

  it('are joined into few zigzags', () => {
    const square = [rectangle(0, 0, 40, 40)]
    expect(fillRegion(square, BASE, clipper)).toHaveLength(1)
    expect(fillRegion(square, { ...BASE, pattern: 'grid' }, clipper)).toHaveLength(2)
    expect(fillRegion(square, { ...BASE, pattern: 'gyroid', zMm: 1 }, clipper).length).toBeLessThan(5)
  })

  it('of sparse patterns lie on the same tracks in regions of different shape', () => {
    const small = fillRegion([rectangle(13.1, 9.7, 20.3, 33)], { ...BASE, angleDeg: 90, density: 0.1 }, clipper)
    const spacing = fillSpacing('rectilinear', 0.1, crossSectionMm2(BASE.widthMm, BASE.heightMm) / BASE.heightMm)
    const tracks = new Set<number>()
    for (const line of small) for (let i = 0; i + 3 < line.length; i += 2) if (Math.abs(line[i]! - line[i + 2]!) < 1e-9) tracks.add(line[i]! / spacing)
    for (const track of tracks) expect(Math.abs(track - Math.round(track))).toBeLessThan(1e-9)
    expect(tracks.size).toBeGreaterThan(0)
  })

  it('come out the same every time', () => {
    const region = [star(10, 10, [8, 3, 9, 4, 12, 5]), polygon({ x: 10, y: 10, radius: 1, isHole: true })]
    for (const pattern of ['rectilinear', 'grid', 'triangles', 'cubic', 'honeycomb', 'gyroid', 'concentric'] as const) {
      expect(fillRegion(region, { ...BASE, pattern }, clipper)).toEqual(fillRegion(region, { ...BASE, pattern }, clipper))
    }
  })

  it('are none in an empty region or at no density', () => {
    expect(fillRegion([], BASE, clipper)).toEqual([])
    expect(fillRegion([rectangle(0, 0, 10, 10)], { ...BASE, density: 0 }, clipper)).toEqual([])
  })
})
