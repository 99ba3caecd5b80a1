import { describe, expect, it } from 'vitest'
import { contourBox, regionArea } from '../../../shared/geometry/measure-contour'
import { loadClipper } from '../../../shared/geometry/clipper'
import { reverseContour } from '../../../shared/geometry/reverse-contour'
import { compensateOutline } from '../../../shared/slicing/compensate-outline'
import { rectangle } from './regions'
import { settingsWith } from './solids'

const clipper = await loadClipper()
const plateWithHole = [rectangle(0, 0, 20, 20), reverseContour(rectangle(5, 5, 15, 15))]

describe('corrections of size', () => {
  it('leave an outline alone unless asked for', () => {
    expect(compensateOutline(plateWithHole, 0, settingsWith(), clipper)).toBe(plateWithHole)
  })

  it('move outer contours and holes, each by its own', () => {
    const moved = compensateOutline(plateWithHole, 3, settingsWith({ xyCompensationMm: 0.1, holeCompensationMm: 0.2 }), clipper)
    expect(moved.map((contour) => contourBox(contour).map((mm) => Math.round(mm * 1000) / 1000)).toSorted((a, b) => a[0]! - b[0]!)).toEqual([[-0.1, -0.1, 20.1, 20.1], [4.8, 4.8, 15.2, 15.2]])
    const shrunk = compensateOutline(plateWithHole, 3, settingsWith({ xyCompensationMm: -0.1, holeCompensationMm: -0.2 }), clipper)
    expect(regionArea(shrunk)).toBeCloseTo(19.8 ** 2 - 9.6 ** 2, 2)
  })

  it('draw in the first layer alone, and keep what is too narrow for it', () => {
    const settings = settingsWith({ elephantFootMm: 0.2 })
    const withFin = clipper.union([rectangle(0, 0, 20, 20), rectangle(20, 10, 30, 10.5)])
    expect(regionArea(compensateOutline(withFin, 1, settings, clipper))).toBeCloseTo(405, 2)
    const foot = compensateOutline(withFin, 0, settings, clipper)
    expect(regionArea(foot)).toBeGreaterThan(19.6 ** 2 + 4.8)
    expect(regionArea(foot)).toBeLessThan(19.6 ** 2 + 5.3)
    expect(foot).toHaveLength(1)
    expect(compensateOutline(withFin, 0, settingsWith({ elephantFootMm: 0.2, raftLayers: 2 }), clipper)).toBe(withFin)
  })
})
