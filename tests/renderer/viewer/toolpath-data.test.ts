import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TEXTURE_WIDTH, layOutToolpath, layerOfMove, marksBefore, packMove, roleOfMove } from '../../../renderer/viewer/toolpath-data'
import { MOVE_ROLES, ROLE, type Toolpath } from '../../../shared/toolpath/toolpath'

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
  it('keeps the points and gives each move its role, tool and layer', () => {
    const toolpath = toolpathOf([travel, wall, wall, infill], [1, 3], [[2, 1]])
    const data = layOutToolpath(toolpath)
    for (let point = 0; point <= 4; point++) expect([...data.points.subarray(4 * point, 4 * point + 3)]).toEqual([...toolpath.points.subarray(3 * point, 3 * point + 3)])
    expect([0, 1, 2, 3].map((move) => data.points[4 * move + 3])).toEqual([packMove(travel, 0, 0), packMove(wall, 0, 0), packMove(wall, 1, 0), packMove(infill, 1, 1)])
    expect([0, 1, 2, 3].map((move) => roleOfMove(data, move))).toEqual([travel, wall, wall, infill])
    expect(data.points.length % (4 * TEXTURE_WIDTH)).toBe(0)
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

  it('has room for every role', () => expect(MOVE_ROLES.length).toBeLessThanOrEqual(32))

  it('packs roles, tools and layers into what a 32-bit float holds exactly', () => {
    fc.assert(
      fc.property(fc.nat(31), fc.nat(7), fc.nat(65_535), (role, tool, layer) => {
        const packed = packMove(role, tool, layer)
        expect(Math.fround(packed)).toBe(packed)
        expect([packed & 31, (packed >> 5) & 7, packed >> 8]).toEqual([role, tool, layer])
      }),
    )
  })

  it('ranges over what is extruded', () => {
    const [low, high] = layOutToolpath(toolpathOf([travel, wall, wall, travel], [0])).feedRange
    expect([low, high]).toEqual([21, 22])
  })

  it('finds the layer of every move', () => {
    const starts = Uint32Array.from([0, 10, 15, 35])
    for (let move = 0; move < 35; move++) expect(layerOfMove(starts, move)).toBe(move < 10 ? 0 : move < 15 ? 1 : 2)
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
