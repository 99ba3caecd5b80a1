import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutToolpath, marksBefore } from '../../../renderer/viewer/toolpath-data'
import { ROLE, type Toolpath } from '../../../shared/toolpath/toolpath'

/** Moves of 1 mm along x; `layers` are first moves. */
function toolpathOf(roles: readonly number[], layers: readonly number[], tools: readonly (readonly [atMove: number, tool: number])[] = []): Toolpath {
  const moveCount = roles.length
  const points = new Float32Array(3 * (moveCount + 1)).map((_, index) => (index % 3 === 0 ? index / 3 : 0))
  return {
    moveCount, points, role: Uint8Array.from(roles),
    volumeMm3: Float32Array.from(roles, (role) => (role > ROLE.unretract ? 0.1 : 0)),
    feedMmPerS: Float32Array.from(roles, (_, index) => 20 + index),
    widthMm: Float32Array.from(roles, (role) => (role > ROLE.unretract ? 0.4 : 0)),
    layers: layers.map((firstMove, index) => ({ firstMove, zMm: 0.2 * (index + 1), heightMm: 0.2 })),
    events: tools.map(([atMove, tool]) => ({ kind: 'tool', atMove, tool })),
  }
}

const { travel, retract } = ROLE
const wall = ROLE['outer-wall']
const { infill } = ROLE

describe('a toolpath laid out for drawing', () => {
  it('shares the points and gives each move its role, tool and layer', () => {
    const toolpath = toolpathOf([travel, wall, wall, infill], [1, 3], [[2, 1]])
    const data = layOutToolpath(toolpath)
    expect(data.points).toBe(toolpath.points)
    expect([...data.kinds]).toEqual([travel, 0, wall, 0, wall | 256, 0, infill | 256, 1])
    expect([...data.layerStarts]).toEqual([0, 3, 4])
    expect(data.toolCount).toBe(2)
  })

  it('draws width, height and flow only where something is extruded', () => {
    const { sizes } = layOutToolpath(toolpathOf([travel, wall], [0]))
    expect([...sizes.subarray(0, 4)]).toEqual([0, 0, 20, 0])
    expect(sizes[4]).toBeCloseTo(0.4)
    expect(sizes[5]).toBeCloseTo(0.2)
    // 0.1 mm³ on 1 mm at 21 mm/s.
    expect(sizes[7]).toBeCloseTo(2.1)
  })

  it('marks where outer walls begin and where filament is pulled back', () => {
    const { seams, retractions } = layOutToolpath(toolpathOf([wall, wall, retract, travel, wall], [0]))
    expect([...seams.moves]).toEqual([0, 4])
    expect([...seams.points]).toEqual([0, 0, 0, 4, 0, 0])
    expect([...retractions.moves]).toEqual([2])
  })

  it('takes a toolpath without moves or layers', () => {
    const data = layOutToolpath(toolpathOf([], []))
    expect([...data.layerStarts]).toEqual([0, 0])
    expect(data.feedRange).toEqual([0, 1])
  })

  it('ranges over what is extruded', () => {
    const [low, high] = layOutToolpath(toolpathOf([travel, wall, wall, travel], [0])).feedRange
    expect([low, high]).toEqual([21, 22])
  })

  it('counts marks before a move as a plain search does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 })), fc.integer({ min: 0, max: 210 }), (found, move) => {
        const moves = Uint32Array.from(found.sort((a, b) => a - b))
        expect(marksBefore({ moves, points: new Float32Array() }, move)).toBe(found.filter((at) => at < move).length)
      }),
    )
  })
})
