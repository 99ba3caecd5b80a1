import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import { crossSectionMm2 } from '../../../../shared/slicing/infill/solid-spacing'
import type { PlannedLayer } from '../../../../shared/slicing/planned-layer'
import { estimateToolpath } from '../../../../shared/toolpath/estimate-toolpath'
import { distanceToBoundary, polygon, rectangle } from '../regions'
import { assemble, island, isLine, isTravel, layer, movesOf, settingsWith } from './planned'

const SQUARE = [rectangle(50, 50, 70, 70)]
const RING = [polygon({ x: 100, y: 100, radius: 15 }), polygon({ x: 100, y: 100, radius: 9, isHole: true })]
const U_SHAPE = [Float64Array.of(20, 20, 60, 20, 60, 60, 45, 60, 45, 30, 35, 30, 35, 60, 20, 60)]

function tower(region: Region, count = 3): PlannedLayer[] {
  return Array.from({ length: count }, (_, i) => layer(i, [island(region)]))
}

/** A row of pillars, each an island. */
function pillars(columns: number, rows: number): Region[] {
  return Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [10 + 5 * (i % columns), 10 + 5 * Math.floor(i / columns)]
    return [rectangle(x, y, x + 3, y + 3)]
  })
}

describe('an assembled toolpath', () => {
  it('extrudes only inside the outline', () => {
    for (const region of [SQUARE, RING, U_SHAPE]) {
      for (const { from, to } of movesOf(assemble(tower(region)).toolpath).filter(isLine)) {
        for (const share of [0, 0.25, 0.5, 0.75, 1]) {
          const [x, y] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
          expect(isInRegion(region, x, y) || distanceToBoundary(region, x, y) < 0.005).toBe(true)
        }
      }
    }
  })

  it('extrudes length times cross-section times flow', () => {
    const { toolpath } = assemble(tower(RING), { flowPercent: 95, firstLayerFlowPercent: 110 })
    const lines = movesOf(toolpath).filter(isLine)
    const asked = lines.reduce((sum, { lengthMm, widthMm, to }) => sum + lengthMm * crossSectionMm2(widthMm, 0.2) * 0.95 * (to[2] < 0.3 ? 1.1 : 1), 0)
    expect(lines.reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)).toBeCloseTo(asked, 2)
  })

  it('lays every planned line once', () => {
    const layers = tower(RING)
    const planned = layers.flatMap(({ islands }) => islands.flatMap(({ walls, fills }) => [
      ...walls.map(({ contour }) => perimeter(contour)),
      ...fills.flatMap(({ lines }) => lines.map((line) => perimeter(line) - Math.hypot(line[0]! - line.at(-2)!, line[1]! - line.at(-1)!))),
    ]))
    const laid = movesOf(assemble(layers).toolpath).filter(isLine).reduce((sum, { lengthMm }) => sum + lengthMm, 0)
    expect(laid).toBeCloseTo(planned.reduce((sum, length) => sum + length, 0), 2)
  })

  it('pulls back as much as it pushes again, never twice, and extrudes nothing meanwhile', () => {
    const { toolpath } = assemble([layer(0, pillars(4, 4).map((region) => island(region)))])
    const told = movesOf(toolpath).map(({ role }) => (role === 'retract' ? '(' : role === 'unretract' ? ')' : role === 'travel' ? ' ' : '-')).join('')
    expect(told).toMatch(/^( *-|\( *\))+$/)
    const volumes = movesOf(toolpath).filter(({ role }) => role === 'retract' || role === 'unretract').map(({ volumeMm3 }) => Math.abs(volumeMm3))
    expect(Math.min(...volumes)).toBeCloseTo(0.8 * Math.PI * 0.875 ** 2, 4)
    expect(Math.max(...volumes)).toBeCloseTo(0.8 * Math.PI * 0.875 ** 2, 4)
  })

  it('pulls back once between any two islands and nowhere else', () => {
    const { toolpath } = assemble([layer(0, pillars(4, 4).map((region) => island(region)))])
    expect(movesOf(toolpath).filter(({ role }) => role === 'retract')).toHaveLength(15)
    const { toolpath: single } = assemble(tower(SQUARE, 5))
    expect(movesOf(single).filter(({ role }) => role === 'retract')).toHaveLength(0)
  })

  it('pulls back on a travel so long that it would ooze, though no wall is crossed', () => {
    const bar = island([rectangle(20, 20, 150, 24)])
    const [far, near] = [Float64Array.of(140, 22, 145, 22), Float64Array.of(125, 22, 130, 22)]
    const count = (line: Float64Array) => {
      const ends = [Float64Array.of(30, 22, 35, 22), Float64Array.of(80, 22, 85, 22), line]
      const layers = [layer(0, [{ ...bar, walls: [], fills: [{ role: 'top-skin', widthMm: 0.45, lines: ends } as const] }])]
      return movesOf(assemble(layers).toolpath).filter(({ role }) => role === 'retract').length
    }
    expect([count(far), count(near)]).toEqual([1, 0])
  })

  it('lifts the nozzle no higher than the machine reaches', () => {
    const { toolpath } = assemble([layer(0, pillars(3, 1).map((region) => island(region)))], { zHopMm: 3 }, { min: [0, 0, 0], max: [200, 200, 1], shape: 'rectangle' })
    expect(Math.max(...movesOf(toolpath).map(({ to }) => to[2]))).toBeCloseTo(1, 5)
  })

  it('makes no retraction when there is none to make', () => {
    const { toolpath } = assemble([layer(0, pillars(3, 1).map((region) => island(region)))], { retractionMm: 0 })
    expect(movesOf(toolpath).filter(({ role }) => role === 'retract' || role === 'unretract')).toHaveLength(0)
  })

  it('lifts the nozzle over every travel with the filament pulled back, and only there', () => {
    const { toolpath } = assemble([layer(0, pillars(3, 3).map((region) => island(region)))], { zHopMm: 0.4 })
    const moves = movesOf(toolpath).slice(1)
    const isAcross = ({ from, to }: (typeof moves)[number]) => Math.hypot(to[0] - from[0], to[1] - from[1]) > 0.001
    let isBack = false
    const heights: Record<string, Set<number>> = { back: new Set(), inside: new Set(), lines: new Set() }
    for (const move of moves) {
      if (move.role === 'retract' || move.role === 'unretract') isBack = move.role === 'retract'
      const kind = isLine(move) ? 'lines' : isTravel(move) && isAcross(move) ? (isBack ? 'back' : 'inside') : undefined
      if (kind !== undefined) heights[kind]!.add(Math.round(move.to[2] * 1000) / 1000)
    }
    expect(heights).toEqual({ back: new Set([0.6]), inside: new Set([0.2]), lines: new Set([0.2]) })
  })

  it('prints layers of equal height as one, object by object', () => {
    const [left, right] = [[rectangle(20, 20, 30, 30)], [rectangle(60, 20, 70, 30)]]
    const layers = [0, 1].flatMap((i) => [layer(i, [island(left)], 'left'), layer(i, [island(right)], 'right')])
    const { toolpath } = assemble(layers)
    expect(toolpath.layers.map(({ zMm }) => zMm)).toEqual([0.2, 0.4])
    expect(toolpath.events.filter(({ kind }) => kind === 'object').map((event) => (event as { objectId: string }).objectId)).toEqual(['left', 'right', 'left'])
  })

  it('prints walls from inside outwards or from outside inwards as asked', () => {
    const order = (wallOrder: 'inner-first' | 'outer-first') => {
      const roles = movesOf(assemble(tower(SQUARE, 1), { wallOrder }).toolpath).filter(isLine).map(({ role }) => role)
      return roles.filter((role, i) => role !== roles[i - 1])
    }
    expect(order('inner-first')).toEqual(['inner-wall', 'outer-wall', 'infill'])
    expect(order('outer-first')).toEqual(['outer-wall', 'inner-wall', 'infill'])
  })

  it('keeps skin lines in their sweep order', () => {
    const skinned = island(U_SHAPE, { fill: 'top-skin' })
    const lines = skinned.fills[0]!.lines
    expect(lines.length).toBeGreaterThan(1)
    const starts = movesOf(assemble([layer(0, [skinned])]).toolpath).filter(({ role }, i, all) => role === 'top-skin' && all[i - 1]?.role !== 'top-skin').map(({ from }) => [from[0], from[1]])
    expect(starts).toHaveLength(lines.length)
    lines.forEach((line, i) => {
      expect(starts[i]![0]).toBeCloseTo(line[0]!, 4)
      expect(starts[i]![1]).toBeCloseTo(line[1]!, 4)
    })
  })

  it('comes out the same every time', () => {
    const layers = [layer(0, pillars(5, 5).map((region) => island(region))), ...tower(RING, 2).slice(1)]
    expect(assemble(layers, { skirtLines: 2 }).toolpath).toEqual(assemble(layers, { skirtLines: 2 }).toolpath)
  })

  it('has no layer when there is nothing to print', () => {
    expect(assemble([]).toolpath.layers).toEqual([])
    expect(assemble([layer(0, [])]).toolpath).toMatchObject({ moveCount: 0, layers: [] })
  })

  it('travels little over 900 islands', () => {
    const islands = pillars(30, 30).map((region) => island(region, { wallCount: 1 }))
    const { toolpath } = assemble([layer(0, islands), layer(1, islands)])
    const travelMm = movesOf(toolpath).slice(1).filter(isTravel).reduce((sum, { lengthMm }) => sum + lengthMm, 0)
    expect(travelMm / (2 * 900)).toBeLessThan(7)
  })
})

describe('feeds', () => {
  it('are those of the roles, slower in the first layer', () => {
    const feeds = new Map<string, Set<number>>()
    for (const { role, feedMmPerS, to } of movesOf(assemble(tower(SQUARE, 2)).toolpath).filter(isLine)) {
      const key = `${to[2] < 0.3 ? 'first ' : ''}${role}`
      feeds.set(key, (feeds.get(key) ?? new Set()).add(feedMmPerS))
    }
    expect(Object.fromEntries([...feeds].map(([key, set]) => [key, [...set]]))).toEqual({
      'first inner-wall': [20], 'first outer-wall': [20], 'first infill': [20], 'inner-wall': [60], 'outer-wall': [40], infill: [80],
    })
  })

  it('never push more plastic than the limit', () => {
    const { toolpath } = assemble(tower(SQUARE, 2), { maxFlowMm3PerS: 2, infillFeedMmPerS: 300, flowPercent: 120 })
    for (const { volumeMm3, lengthMm, feedMmPerS } of movesOf(toolpath).filter(isLine)) expect((volumeMm3 / lengthMm) * feedMmPerS).toBeLessThan(2.001)
  })

  it('leave small layers time to cool', () => {
    const small = [rectangle(50, 50, 56, 56)]
    const filament = { filamentDiameterMm: 1.75, densityGPerCm3: 1.24, pricePerKg: 20 }
    const limits = { maxFeedMmPerS: [500, 500, 500, 500], maxAccelerationMmPerS2: [1e6, 1e6, 1e6, 1e6], printAccelerationMmPerS2: 1e6, travelAccelerationMmPerS2: 1e6, retractAccelerationMmPerS2: 1e6, cornering: { kind: 'jerk', jerkMmPerS: [500, 500, 500, 500] } } as const
    const { toolpath } = assemble(tower(small, 4), { minLayerTimeS: 9, minFeedMmPerS: 2 })
    const { layerEndS } = estimateToolpath(toolpath, limits, filament)
    for (let i = 1; i < 4; i++) expect(layerEndS[i]! - layerEndS[i - 1]!).toBeCloseTo(9, 1)
  })

  it('never fall below the least', () => {
    const { toolpath } = assemble(tower([rectangle(50, 50, 53, 53)], 3), { minLayerTimeS: 60, minFeedMmPerS: 12 })
    for (const { feedMmPerS } of movesOf(toolpath).filter((move) => isLine(move) && move.to[2] > 0.3)) expect(feedMmPerS).toBeCloseTo(12, 4)
  })
})

describe('the fan', () => {
  function duties(fanFullFromLayer: number) {
    return assemble(tower(SQUARE, 6), { fanFullFromLayer, fanPercent: 80 }).toolpath.events.flatMap((event) => (event.kind === 'fan' ? [event.duty] : []))
  }
  it('is off in the first layer and rises to full', () => {
    expect(duties(5).map((duty) => Math.round(duty * 100))).toEqual([20, 40, 60, 80])
  })
  it('runs from the start when asked to', () => {
    expect(duties(0)).toEqual([0.8])
  })
})

function perimeter(contour: Float64Array): number {
  let sum = 0
  for (let i = 0; i < contour.length; i += 2) {
    const j = (i + 2) % contour.length
    sum += Math.hypot(contour[j]! - contour[i]!, contour[j + 1]! - contour[i + 1]!)
  }
  return sum
}

describe('settings of these tests', () => {
  it('are the defaults but for skirt and least time', () => {
    expect(settingsWith()).toMatchObject({ skirtLines: 0, minLayerTimeS: 0, combing: true, seam: 'aligned' })
  })
})
