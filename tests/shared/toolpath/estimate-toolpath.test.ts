import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateToolpath } from '../../../shared/toolpath/estimate-toolpath'
import type { MotionLimits } from '../../../shared/toolpath/motion-limits'
import { ROLE, type Toolpath } from '../../../shared/toolpath/toolpath'
import { createToolpathBuilder } from '../../../shared/toolpath/toolpath-builder'

const PLA = { filamentDiameterMm: 1.75, densityGPerCm3: 1.24, pricePerKg: 20 }
const JERK: MotionLimits = {
  maxFeedMmPerS: [500, 500, 10, 60],
  maxAccelerationMmPerS2: [3000, 3000, 100, 10000],
  printAccelerationMmPerS2: 1000,
  travelAccelerationMmPerS2: 1000,
  retractAccelerationMmPerS2: 1000,
  cornering: { kind: 'jerk', jerkMmPerS: [8, 8, 0.4, 5] },
}
const JUNCTION: MotionLimits = { ...JERK, cornering: { kind: 'junction-deviation', junctionDeviationMm: 0.02 } }
const BOTH = [['jerk', JERK], ['junction deviation', JUNCTION]] as const

type Point = readonly [number, number]
function travels(points: readonly Point[], feedMmPerS: number): Toolpath {
  const [first = [0, 0] as const, ...rest] = points
  const builder = createToolpathBuilder([first[0], first[1], 0])
  for (const [x, y] of rest) builder.travelTo(x, y, 0, feedMmPerS)
  return builder.finish()
}
const seconds = (toolpath: Toolpath, limits: MotionLimits) => estimateToolpath(toolpath, limits, PLA).timeS
const coordinate = fc.integer({ min: 0, max: 20_000 }).map((x) => x / 100)
const somePoints = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 60 })

describe('one move alone', () => {
  it('takes the time of its trapezoid', () => {
    // From 0.05 mm/s (a stop, as the planner has it) to 100 mm/s at 1000 mm/s² and back: 0.1 s and 5 mm each, 90 mm at 100.
    expect(seconds(travels([[0, 0], [100, 0]], 100), JUNCTION)).toBeCloseTo(0.1 + 0.1 + 0.9, 3)
  })

  it('takes the time of its triangle when it is too short to reach its feed', () => {
    expect(seconds(travels([[0, 0], [4, 0]], 300), JUNCTION)).toBeCloseTo(2 * Math.sqrt(4 / 1000), 3)
  })

  it('is held to the feed and the acceleration of its axis', () => {
    const builder = createToolpathBuilder()
    builder.travelTo(0, 0, 50, 100)
    // Z: 10 mm/s and 100 mm/s²: 0.1 s and 0.5 mm to start, the same to stop.
    expect(seconds(builder.finish(), JUNCTION)).toBeCloseTo(0.2 + 49 / 10, 2)
  })

  it('of the extruder takes the retract acceleration', () => {
    const area = (Math.PI * 1.75 ** 2) / 4
    const builder = createToolpathBuilder()
    builder.retract(5 * area, 40)
    const slow = { ...JUNCTION, retractAccelerationMmPerS2: 400 }
    expect(seconds(builder.finish(), slow)).toBeCloseTo(0.2 + (5 - 4) / 40, 3)
  })
})

describe.each(BOTH)('with %s', (_name, limits) => {
  it('a straight line in pieces takes as long as in one', () => {
    const whole = seconds(travels([[0, 0], [200, 0]], 100), limits)
    const pieces = seconds(travels(Array.from({ length: 41 }, (_, i): Point => [i * 5, 0]), 100), limits)
    expect(pieces).toBeCloseTo(whole, 3)
  })

  it('a planner that sees 16 short segments ahead can not go faster than it can brake within them', () => {
    const line = Array.from({ length: 1001 }, (_, i): Point => [i * 0.1, 0])
    const known = 15 * 0.1
    const fastest = Math.sqrt(2 * 1000 * known)
    expect(seconds(travels(line, 300), limits)).toBeGreaterThan(100 / fastest)
    expect(seconds(travels(line, 300), { ...limits, plannerBlocks: 4000 })).toBeLessThan(100 / fastest)
  })

  it('a corner costs more the sharper it is', () => {
    const corner = (deg: number): Point[] => [[0, 0], [50, 0], [50 + 50 * Math.cos((deg * Math.PI) / 180), 50 * Math.sin((deg * Math.PI) / 180)]]
    // Jerk is per axis, so a slanted block may also stop from a higher speed: some milliseconds either way.
    const times = [0, 30, 60, 90, 180].map((deg) => seconds(travels(corner(deg), 100), limits))
    times.slice(1).forEach((s, i) => expect(s).toBeGreaterThanOrEqual((times[i] ?? 0) - 0.005))
    expect(times[4]).toBeGreaterThan((times[0] ?? 0) + 0.05)
  })

  it('nothing is faster than its length at its feed', () => {
    fc.assert(fc.property(somePoints, fc.integer({ min: 5, max: 300 }), (points, feed) => {
      const length = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)
      expect(seconds(travels(points, feed), limits)).toBeGreaterThanOrEqual((length / feed) * 0.99999 - 1e-6)
    }))
  })

  it('one more move never makes it shorter', () => {
    fc.assert(fc.property(somePoints, fc.integer({ min: 5, max: 300 }), (points, feed) => {
      expect(seconds(travels(points, feed), limits)).toBeGreaterThanOrEqual(seconds(travels(points.slice(0, -1), feed), limits) - 1e-3)
    }))
  })

  it('a higher acceleration never makes it longer', () => {
    fc.assert(fc.property(somePoints, (points) => {
      const fast = { ...limits, travelAccelerationMmPerS2: 2500 }
      expect(seconds(travels(points, 150), fast)).toBeLessThanOrEqual(seconds(travels(points, 150), limits) + 1e-3)
    }))
  })

  it('the way back takes as long as the way there', () => {
    // Where the planner knows all, but for the first block's start, which may begin at its jerk.
    fc.assert(fc.property(somePoints, (points) => {
      const all = { ...limits, plannerBlocks: 1000 }
      const there = seconds(travels(points, 100), all)
      expect(Math.abs(seconds(travels(points.toReversed(), 100), all) - there)).toBeLessThan(0.02 + there * 0.02)
    }))
  })

  it('speeds agree with a reverse pass over every window', () => {
    fc.assert(fc.property(somePoints, fc.integer({ min: 2, max: 20 }), (points, plannerBlocks) => {
      const toolpath = travels(points, 200)
      expect(seconds(toolpath, { ...limits, plannerBlocks })).toBeGreaterThanOrEqual(seconds(toolpath, { ...limits, plannerBlocks: plannerBlocks + 1 }) - 1e-4)
    }))
  })
})

describe('what a toolpath takes', () => {
  function twoLayers(): Toolpath {
    const builder = createToolpathBuilder()
    for (const z of [0.2, 0.4]) {
      builder.startLayer(z, 0.2)
      builder.travelTo(10, 10, z, 150)
      builder.unretract(2, 35)
      builder.useLine({ role: ROLE['outer-wall'], widthMm: 0.4, mm3PerMm: 0.08, feedMmPerS: 40 })
      builder.extrudeTo(60, 10, z)
      builder.retract(2, 35)
      builder.event({ kind: 'dwell', dwellS: 3 })
    }
    return builder.finish()
  }

  it('is counted by role, without what is pulled back and pushed again', () => {
    const estimate = estimateToolpath(twoLayers(), JERK, PLA)
    expect(estimate.byRole['outer-wall']?.lengthMm).toBeCloseTo(100, 3)
    expect(estimate.byRole['outer-wall']?.volumeMm3).toBeCloseTo(8, 4)
    expect(estimate.byRole.retract?.volumeMm3).toBeCloseTo(-4, 4)
    expect(estimate.filamentCm3).toBeCloseTo(0.008, 6)
    expect(estimate.filamentMm).toBeCloseTo(8 / ((Math.PI * 1.75 ** 2) / 4), 3)
    expect(estimate.massG).toBeCloseTo(0.008 * 1.24, 6)
    const roles = Object.values(estimate.byRole).reduce((sum, role) => sum + role.timeS, 0)
    expect(roles + 6).toBeCloseTo(estimate.timeS, 3)
  })

  it('is told layer by layer, dwells included', () => {
    const estimate = estimateToolpath(twoLayers(), JERK, PLA)
    expect([...estimate.layerEndS]).toHaveLength(2)
    expect(estimate.layerEndS[1]).toBeCloseTo(estimate.timeS, 3)
    expect(estimate.layerEndS[0]!).toBeGreaterThan(1)
    expect(estimate.layerEndS[0]!).toBeLessThan(estimate.timeS)
  })

  it('costs what its mass costs, in minor units of the currency', () => {
    const builder = createToolpathBuilder()
    builder.useLine({ role: ROLE.infill, widthMm: 0.4, mm3PerMm: 1000, feedMmPerS: 40 })
    builder.extrudeTo(100, 0, 0)
    // 100 cm³ of 1.24 g/cm³ at 20 a kilogram.
    expect(estimateToolpath(builder.finish(), JERK, PLA).costMinor).toBe(248)
    expect(estimateToolpath(builder.finish(), JERK, { ...PLA, pricePerKg: 25_000, currencyDigits: 0 }).costMinor).toBe(3100)
  })

  it('of nothing is nothing', () => {
    expect(estimateToolpath(createToolpathBuilder().finish(), JERK, PLA)).toMatchObject({ timeS: 0, filamentMm: 0, costMinor: 0 })
  })
})
