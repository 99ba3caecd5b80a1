import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Contour, Region } from '../../../../shared/geometry/region'
import { planAdhesion } from '../../../../shared/slicing/adhesion/skirt-brim'
import { solidSpacing } from '../../../../shared/slicing/infill/solid-spacing'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { assemble, clipper, island, layer, movesOf, settingsWith, VOLUME } from '../assemble/planned'
import { distanceToBoundary, polygon, rectangle } from '../regions'

const SPACING = solidSpacing(0.42, 0.2)
const SQUARE = [rectangle(80, 80, 100, 100)]

function plan(regions: readonly Region[], values: SettingValues, volume: typeof VOLUME | { min: readonly [number, number, number]; max: readonly [number, number, number]; shape: 'circle' } = VOLUME) {
  return planAdhesion([layer(0, regions.map((region) => island(region)))], { settings: settingsWith(values), volume, clipper })
}

function distances(contours: readonly Contour[], region: Region): number[] {
  return contours.flatMap((contour) => Array.from({ length: contour.length / 2 }, (_, i) => distanceToBoundary(region, contour[2 * i]!, contour[2 * i + 1]!)))
}

describe('a skirt', () => {
  it('runs at its distance around everything, from outside inwards', () => {
    const { skirt, problems } = plan([SQUARE], { skirtLines: 3, skirtDistanceMm: 5 })
    expect(problems).toEqual([])
    expect(skirt).toHaveLength(3)
    skirt.forEach((line, i) => {
      const asked = 5 + (2.5 - i) * SPACING
      expect(Math.min(...distances([line], SQUARE))).toBeCloseTo(asked, 1)
      expect(Math.max(...distances([line], SQUARE))).toBeCloseTo(asked, 1)
    })
  })

  it('is one for several parts', () => {
    const { skirt } = plan([SQUARE, [rectangle(120, 80, 140, 100)]], { skirtLines: 1 })
    expect(skirt).toHaveLength(1)
    for (const [x, y] of [[80, 80], [140, 100]] as const) expect(isInRegion(skirt, x, y)).toBe(true)
  })

  it('is pulled in at the edge of the bed and never leaves it', () => {
    const { skirt, problems } = plan([[rectangle(2, 80, 30, 100)]], { skirtLines: 2, skirtDistanceMm: 5 })
    expect(problems.map(({ code }) => code)).toEqual(['slicing/skirt-clipped'])
    expect(skirt).toHaveLength(2)
    for (const line of skirt) expect(Math.min(...line.filter((_, i) => i % 2 === 0))).toBeGreaterThanOrEqual(0)
  })

  it('is left out when it would run over a part', () => {
    const { skirt, problems } = plan([[rectangle(0.1, 80, 30, 100)]], { skirtLines: 1, skirtDistanceMm: 5 })
    expect(skirt).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(['slicing/skirt-left-out'])
  })

  it('keeps to a round bed', () => {
    const volume = { min: [-50, -50, 0], max: [50, 50, 100], shape: 'circle' } as const
    const { skirt, problems } = plan([[polygon({ radius: 46, corners: 200 })]], { skirtLines: 1, skirtDistanceMm: 5 }, volume)
    expect(problems.map(({ code }) => code)).toEqual(['slicing/skirt-clipped'])
    for (const line of skirt) for (let i = 0; i < line.length; i += 2) expect(Math.hypot(line[i]!, line[i + 1]!)).toBeLessThanOrEqual(50.001)
  })

  it('is none when none is asked for', () => {
    expect(plan([SQUARE], { skirtLines: 0 })).toMatchObject({ skirt: [], brim: [] })
  })
})

describe('a brim', () => {
  it('covers its width from the outline on, the outermost line first', () => {
    const { brim } = plan([SQUARE], { brimWidthMm: 4 })
    expect(brim).toHaveLength(Math.round(4 / SPACING))
    expect(Math.min(...distances([brim.at(-1)!], SQUARE))).toBeCloseTo(SPACING / 2, 2)
    expect(Math.max(...distances([brim[0]!], SQUARE))).toBeCloseTo((brim.length - 0.5) * SPACING, 1)
  })

  it('keeps its gap', () => {
    const { brim } = plan([SQUARE], { brimWidthMm: 2, brimGapMm: 0.3 })
    expect(Math.min(...distances(brim, SQUARE))).toBeCloseTo(0.3 + SPACING / 2, 2)
  })

  it('is outside only, not in holes', () => {
    const { brim } = plan([[polygon({ x: 90, y: 90, radius: 20 }), polygon({ x: 90, y: 90, radius: 15, isHole: true })]], { brimWidthMm: 2 })
    for (const line of brim) expect(isInRegion([line], 90, 90) && Math.hypot(line[0]! - 90, line[1]! - 90) > 20).toBe(true)
  })

  it('of parts near each other is one', () => {
    const apart = plan([SQUARE, [rectangle(120, 80, 140, 100)]], { brimWidthMm: 3 }).brim
    const near = plan([SQUARE, [rectangle(103, 80, 120, 100)]], { brimWidthMm: 3 }).brim
    expect(apart).toHaveLength(2 * Math.round(3 / SPACING))
    expect(near.length).toBeLessThan(apart.length)
    for (const line of near) expect(Math.min(...distances([line], [...SQUARE, rectangle(103, 80, 120, 100)]))).toBeGreaterThan(SPACING / 2 - 0.01)
  })

  it('is cut at the edge of the bed, not laid over the part', () => {
    const part = [rectangle(1, 80, 30, 100)]
    const { brim, problems } = plan([part], { brimWidthMm: 4 })
    expect(problems.map(({ code }) => code)).toEqual(['slicing/brim-clipped'])
    expect(brim.length).toBeGreaterThan(0)
    for (const line of brim) {
      expect(Math.min(...line.filter((_, i) => i % 2 === 0))).toBeGreaterThanOrEqual(0)
      expect(Math.min(...distances([line], part))).toBeGreaterThan(SPACING * 0.4)
    }
  })

  it('is printed before the part, in the first layer only', () => {
    const { toolpath } = assemble([0, 1].map((i) => layer(i, [island(SQUARE)])), { brimWidthMm: 2, skirtLines: 1 })
    const roles = movesOf(toolpath).map(({ role }) => role).filter((role) => !['travel', 'retract', 'unretract'].includes(role))
    const runs = roles.filter((role, i) => role !== roles[i - 1])
    expect(runs).toEqual(['skirt', 'brim', 'inner-wall', 'outer-wall', 'infill', 'inner-wall', 'outer-wall', 'infill'])
  })
})
