import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contourLength, isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import { SeamPlacer } from '../../../../shared/slicing/assemble/place-seam'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { planPlate, slicePlate } from '../../../../shared/slicing/slice-plate'
import { distanceToBoundary, polygon, rectangle } from '../regions'
import { boxMesh, joinMeshes, placed, plate } from '../solids'
import { assemble, island, isLine, layer, movesOf } from './planned'

const pool = createLocalSlicePool()
const ROUND = [polygon({ x: 100, y: 100, radius: 12, corners: 90 })]
const tower = (region: Region, count: number, wallCount = 2) => Array.from({ length: count }, (_, i) => layer(i, [island(region, { wallCount })]))

describe('the order of walls', () => {
  const order = (wallOrder: 'inner-first' | 'outer-first' | 'inner-outer-inner', wallCount: number) => {
    const moves = movesOf(assemble(tower([rectangle(50, 50, 70, 70)], 1, wallCount), { wallOrder }).toolpath).filter(({ role }) => role === 'outer-wall' || role === 'inner-wall')
    // Distance from the outline in line widths says which wall it is.
    const depths = moves.map(({ from }) => Math.round(Math.abs(distanceToBoundary([rectangle(50, 50, 70, 70)], from[0], from[1]) - 0.225) / 0.4))
    return depths.filter((depth, i) => depth !== depths[i - 1])
  }

  it('puts the outer wall between the inner ones when asked, and last where there is one inner wall only', () => {
    expect(order('inner-outer-inner', 4)).toEqual([3, 2, 0, 1])
    expect(order('inner-outer-inner', 2)).toEqual([1, 0])
    expect(order('inner-first', 4)).toEqual([3, 2, 1, 0])
  })
})

describe('a random seam', () => {
  it('lies on the contour, differs from layer to layer and is the same every time', () => {
    const contour = rectangle(0, 0, 30, 20)
    const run = () => {
      const seams = new SeamPlacer('random')
      return Array.from({ length: 40 }, () => {
        seams.startLayer()
        return seams.place(contour, { x: 0, y: 0 })
      })
    }
    const first = run()
    expect(run()).toEqual(first)
    for (const { x, y } of first) expect(distanceToBoundary([contour], x, y)).toBeLessThan(1e-9)
    expect(new Set(first.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`)).size).toBeGreaterThan(36)
    // All four sides are used.
    expect(new Set(first.map(({ edge }) => edge)).size).toBe(4)
  })
})

describe('a scarf seam', () => {
  /** Outer walls of the second and third layer. */
  const outer = (values: SettingValues) => {
    const { toolpath } = assemble(tower(ROUND, 3), values)
    return movesOf(toolpath).slice(toolpath.layers[1]!.firstMove).filter(({ role }) => role === 'outer-wall')
  }

  it('extrudes as much as a plain seam, whatever its length and steps', () => {
    const volume = (values: SettingValues) => outer(values).reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
    const plain = volume({})
    fc.assert(
      fc.property(fc.double({ min: 1, max: 60, noNaN: true }), fc.integer({ min: 2, max: 40 }), (scarfSeamMm, scarfSeamSteps) => {
        expect(volume({ scarfSeamMm, scarfSeamSteps }) / plain).toBeCloseTo(1, 3)
      }),
      { numRuns: 30 },
    )
  })

  it('rises from the layer below to its own height over its length, and fades out at that height', () => {
    const [zMm, heightMm] = [0.4, 0.2]
    const moves = outer({ scarfSeamMm: 10, scarfSeamSteps: 5 }).filter(({ from, to }) => Math.max(from[2], to[2]) < zMm + 0.01)
    expect(moves[0]!.from[2]).toBeCloseTo(zMm - heightMm, 5)
    const rising = moves.filter(({ from, to }) => to[2] > from[2] + 1e-6)
    expect(rising.reduce((sum, { from, to }) => sum + Math.hypot(to[0] - from[0], to[1] - from[1]), 0)).toBeCloseTo(10, 2)
    expect(moves.every(({ from, to }) => to[2] >= from[2] - 1e-6)).toBe(true)
    const flows = moves.map(({ volumeMm3, lengthMm }) => volumeMm3 / lengthMm)
    const full = Math.max(...flows)
    expect(flows[0]! / full).toBeCloseTo(0.1, 3)
    expect(flows.at(-1)! / full).toBeCloseTo(0.1, 3)
    expect(moves.at(-1)!.to[2]).toBeCloseTo(zMm, 5)
  })

  it('stays away from the first layer', () => {
    const heights = new Set(movesOf(assemble(tower(ROUND, 1), { scarfSeamMm: 10 }).toolpath).filter(isLine).map(({ to }) => to[2].toFixed(3)))
    expect([...heights]).toEqual(['0.200'])
  })
})

describe('fuzzy skin', () => {
  const tube = () => joinMeshes(boxMesh([0, 0, 0], [20, 20, 2]), boxMesh([6, 6, -1], [14, 14, 3], true))
  const walls = async (values: SettingValues) => {
    const planned = await planPlate(plate([placed(tube())], values), pool)
    if (!planned.ok) throw new Error('refused')
    return planned.value.map(({ islands }) => islands.flatMap((one) => one.walls))
  }

  it('wavers within its band, at its grain, and leaves the first layer and inner walls alone', async () => {
    const [plain, fuzzy] = [await walls({}), await walls({ fuzzySkin: 'all', fuzzySkinThicknessMm: 0.4 })]
    expect(fuzzy[0]).toEqual(plain[0])
    const inner = (all: typeof plain) => all.map((one) => one.filter(({ depth }) => depth > 0))
    expect(inner(fuzzy)).toEqual(inner(plain))
    const outer = (all: typeof plain) => all.slice(1).flatMap((one) => one.filter(({ depth }) => depth === 0)).map(({ contour }) => contour)
    const smooth = outer(plain)
    outer(fuzzy).forEach((contour, w) => {
      const off = Array.from({ length: contour.length / 2 }, (_, p) => distanceToBoundary([smooth[w]!], contour[2 * p]!, contour[2 * p + 1]!))
      expect(Math.max(...off)).toBeLessThanOrEqual(0.2 + 1e-9)
      expect(Math.max(...off)).toBeGreaterThan(0.1)
      expect(contourLength(smooth[w]!) / off.length).toBeGreaterThan(0.7)
      expect(contourLength(smooth[w]!) / off.length).toBeLessThan(0.9)
    })
  })

  it('is the same every time, differs between layers, and spares holes unless asked', async () => {
    const first = await walls({ fuzzySkin: 'outside' })
    expect(await walls({ fuzzySkin: 'outside' })).toEqual(first)
    expect(first[3]![0]!.contour).not.toEqual(first[4]![0]!.contour)
    const plain = await walls({})
    const changed = first[5]!.filter(({ contour }, w) => contour.length !== plain[5]![w]!.contour.length)
    expect(changed).toHaveLength(1)
  })
})

describe('vase mode', () => {
  const slice = async (values: SettingValues = {}, mesh = boxMesh([0, 0, 0], [20, 20, 8])) => {
    const sliced = await slicePlate(plate([placed(mesh)], { spiralVase: true, bottomLayers: 3, skirtLines: 0, minLayerTimeS: 0, ...values }), pool)
    if (!sliced.ok) throw new Error('refused')
    return sliced
  }

  it('rises all the time without a travel, a retraction or a step', async () => {
    const { value: toolpath } = await slice()
    const spiral = movesOf(toolpath).slice(toolpath.layers[3]!.firstMove)
    const first = spiral.findIndex(isLine)
    const lines = spiral.slice(first)
    expect(lines.length).toBeGreaterThan(100)
    expect(new Set(lines.map(({ role }) => role))).toEqual(new Set(['outer-wall']))
    expect(lines.every(({ from, to }) => to[2] >= from[2] - 1e-6 && to[2] - from[2] <= 0.2)).toBe(true)
    expect(lines[0]!.from[2]).toBeCloseTo(0.6, 5)
    expect(lines.at(-1)!.to[2]).toBeCloseTo(8, 5)
    // Half way round it is half a layer up.
    const round = toolpath.layers[10]!
    const ring = movesOf(toolpath).slice(round.firstMove, toolpath.layers[11]!.firstMove)
    const total = ring.reduce((sum, { lengthMm }) => sum + lengthMm, 0)
    let done = 0
    for (const { lengthMm, to } of ring) {
      done += lengthMm
      expect(to[2]).toBeCloseTo(round.zMm - 0.2 * (1 - done / total), 2)
    }
  })

  it('extrudes the volume of its wall', async () => {
    const { value: toolpath } = await slice()
    const volume = movesOf(toolpath).slice(toolpath.layers[3]!.firstMove).filter(isLine).reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
    // 37 rounds of 4 × (20 - width): the first grows from nothing, one more fades.
    expect(volume / (37 * 4 * (20 - 0.42) * ((0.42 - 0.2) * 0.2 + Math.PI * 0.01))).toBeCloseTo(1, 2)
  })

  it('has one wall and no infill below it, and keeps inside the part', async () => {
    const { value: toolpath } = await slice()
    const square = [rectangle(100, 100, 120, 120)]
    for (const { to } of movesOf(toolpath).filter(isLine)) expect(isInRegion(square, to[0], to[1])).toBe(true)
    expect(movesOf(toolpath).some(({ role }) => role === 'infill' || role === 'inner-wall')).toBe(false)
  })

  it('tells which layers have more outlines, and refuses several objects', async () => {
    const two = joinMeshes(boxMesh([0, 0, 0], [20, 20, 1]), boxMesh([0, 0, 0], [8, 20, 4]), boxMesh([12, 0, 0], [20, 20, 4]))
    const sliced = await slice({}, two)
    expect(sliced.problems.map(({ code }) => code)).toContain('slicing/vase-left-out')
    const refused = await slicePlate(plate([placed(two), placed(two, [150, 100, 0], 'other')], { spiralVase: true }), pool)
    expect(refused.ok).toBe(false)
    expect(refused.problems[0]!.code).toBe('slicing/vase-one-object')
  })
})
