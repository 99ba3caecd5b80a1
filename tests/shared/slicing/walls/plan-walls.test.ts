import { beforeAll, describe, expect, it } from 'vitest'
import { type Clipper, loadClipper } from '../../../../shared/geometry/clipper'
import { contourLength, regionArea } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import { solidSpacing } from '../../../../shared/slicing/infill/solid-spacing'
import { centreLines } from '../../../../shared/slicing/walls/centre-lines'
import { type LayerWalls, planWalls } from '../../../../shared/slicing/walls/plan-walls'
import { settingsWith } from '../solids'

const HEIGHT_MM = 0.2
const settings = settingsWith()
const strip = (lengthMm: number, widthMm: number): Region => [Float64Array.of(0, 0, lengthMm, 0, lengthMm, widthMm, 0, widthMm)]
const circle = (radiusMm: number, turn: 1 | -1 = 1) => Float64Array.from({ length: 240 }, (_, i) => radiusMm * (i % 2 === 0 ? Math.cos : Math.sin)((turn * (i >> 1) * 2 * Math.PI) / 120))

let clipper: Clipper
beforeAll(async () => {
  clipper = await loadClipper()
})

/** Area that walls and thin lines cover when each line fills its spacing. */
function coveredMm2({ walls, thinLines }: LayerWalls): number {
  let area = 0
  for (const { contour, widthMm } of walls) area += contourLength(contour) * solidSpacing(widthMm, HEIGHT_MM)
  for (const { line, widthsMm } of thinLines) {
    for (let i = 1; i < widthsMm.length; i++) area += Math.hypot(line[2 * i]! - line[2 * i - 2]!, line[2 * i + 1]! - line[2 * i - 1]!) * solidSpacing((widthsMm[i]! + widthsMm[i - 1]!) / 2, HEIGHT_MM)
  }
  return area
}

describe('walls', () => {
  it('lie half a width inside the outline, and as near to each other as rounded lines need', () => {
    const { walls } = planWalls(strip(20, 20), HEIGHT_MM, settings, clipper)
    const [outer, inner] = walls
    expect(regionArea([outer!.contour])).toBeCloseTo((20 - 0.42) ** 2, 3)
    const apartMm = (solidSpacing(0.42, HEIGHT_MM) + solidSpacing(0.45, HEIGHT_MM)) / 2
    expect(regionArea([inner!.contour])).toBeCloseTo((20 - 0.42 - 2 * apartMm) ** 2, 1)
  })

  it('leave an area for filling that overlaps the innermost wall by the set part of a line', () => {
    const { fillArea } = planWalls(strip(20, 20), HEIGHT_MM, settings, clipper)
    const edgeMm = 0.21 + solidSpacing(0.42, HEIGHT_MM) / 2 + solidSpacing(0.45, HEIGHT_MM)
    const insetMm = edgeMm + solidSpacing(0.42, HEIGHT_MM) / 2 - 0.15 * 0.42
    expect(regionArea(fillArea)).toBeCloseTo((20 - 2 * insetMm) ** 2, 1)
  })

  it.each([0.15, 0.3, 0.5, 0.7, 0.77])('of a strip of %f mm are one line with the volume of the strip', (widthMm) => {
    const planned = planWalls(strip(20, widthMm), HEIGHT_MM, settings, clipper)
    expect(planned.thinLines).toHaveLength(1)
    expect(planned.walls).toHaveLength(0)
    expect(planned.fillArea).toEqual([])
    expect(coveredMm2(planned) / (20 * widthMm)).toBeGreaterThan(0.98)
    expect(coveredMm2(planned) / (20 * widthMm)).toBeLessThan(1.02)
  })

  it('lay two lines beside each other in a strip that is too wide for one', () => {
    const [line] = planWalls(strip(20, 0.7), HEIGHT_MM, settings, clipper).thinLines
    expect(Math.max(...line!.widthsMm)).toBeLessThan(0.42)
    expect(line!.line.filter((_, i) => i % 2 === 1).map((y) => Math.round(y * 1000))).toEqual(Float64Array.of(175, 175, 525, 525))
  })

  it('are left out where a part is narrower than a quarter of a line', () => {
    const planned = planWalls(strip(20, 0.09), HEIGHT_MM, settings, clipper)
    expect([...planned.walls, ...planned.thinLines]).toEqual([])
  })

  it.each([0.3, 0.6, 0.9, 1.2, 1.5, 2, 2.3])('fill a ring of %f mm without gap or excess', (widthMm) => {
    const ring = [circle(10), circle(10 - widthMm, -1)]
    const planned = planWalls(ring, HEIGHT_MM, settings, clipper)
    const { fillArea } = planned
    // What is left is filled by lines up to the middle of the innermost wall's spacing.
    const fillMm2 = fillArea.reduce((sum, contour) => sum + contourLength(contour), 0) * (solidSpacing(0.42, HEIGHT_MM) / 2 - 0.15 * 0.42) + regionArea(fillArea)
    expect((coveredMm2(planned) + fillMm2) / regionArea(ring)).toBeGreaterThan(0.95)
    expect((coveredMm2(planned) + fillMm2) / regionArea(ring)).toBeLessThan(1.02)
  })

  it('carry a fin that is thinner than a line into the thick part beside it', () => {
    const planned = planWalls([Float64Array.of(0, 0, 10, 0, 10, 4.8, 20, 4.8, 20, 5.2, 10, 5.2, 10, 10, 0, 10)], HEIGHT_MM, settings, clipper)
    const [fin] = planned.thinLines.filter(({ role }) => role === 'outer-wall')
    const xs = Array.from(fin!.line.filter((_, i) => i % 2 === 0))
    expect(Math.max(...xs)).toBeCloseTo(20, 1)
    expect(Math.min(...xs)).toBeLessThan(10.1)
  })

  it('keep to whole walls where thin lines are off', () => {
    const off = settingsWith({ thinWalls: false })
    expect(planWalls(strip(20, 0.7), HEIGHT_MM, off, clipper)).toMatchObject({ thinLines: [], walls: [{ role: 'outer-wall' }] })
    expect(planWalls(strip(20, 0.3), HEIGHT_MM, off, clipper)).toMatchObject({ thinLines: [], walls: [] })
  })

  it('may be none: the fill then keeps inside the outline', () => {
    const { walls, fillArea } = planWalls(strip(20, 20), HEIGHT_MM, settingsWith({ wallCount: 0 }), clipper)
    expect(walls).toEqual([])
    expect(regionArea(fillArea)).toBeCloseTo((20 - 0.42) ** 2, 3)
  })
})

describe('centre lines', () => {
  it.each([[0.9, 0.25], [0.6, 0.3], [1.5, 0.2]])('run along a patch of %f by %f mm, not across it', (lengthMm, widthMm) => {
    const [centre] = centreLines(strip(lengthMm, widthMm), 0.2)
    expect(Array.from(centre!.line).map((mm) => Math.round(mm * 1000))).toEqual(expect.arrayContaining([0, lengthMm * 1000]))
    expect(centre!.line.filter((_, i) => i % 2 === 1).every((y) => Math.abs(y - widthMm / 2) < 1e-6)).toBe(true)
  })
})
