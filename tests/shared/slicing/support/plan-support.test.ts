import { describe, expect, it } from 'vitest'
import { contourBox, regionArea } from '../../../../shared/geometry/measure-contour'
import { splitIslands } from '../../../../shared/slicing/islands'
import { boxMesh, joinMeshes, placed } from '../solids'
import { areasOf, clipper, coverage, inGapMm2, planMesh, planObjects } from './supported'

/** A post with a wide plate on it. */
const mushroom = joinMeshes(boxMesh([15, 15, 0], [25, 25, 10]), boxMesh([0, 0, 10], [40, 40, 12]))
/** A plate over a larger plate. */
const table = joinMeshes(boxMesh([0, 0, 0], [40, 40, 2]), boxMesh([15, 15, 0], [25, 25, 10]), boxMesh([5, 5, 10], [35, 35, 12]))

describe('support', () => {
  it('is not there unless asked for', async () => {
    const layers = await planMesh(mushroom, { supportKind: 'none' })
    expect(layers.some(({ supports }) => supports !== undefined)).toBe(false)
  })

  for (const supportKind of ['grid', 'snug'] as const) {
    it(`carries the whole overhang of a plate on a post, beside the gap (${supportKind})`, async () => {
      const layers = await planMesh(mushroom, { supportKind })
      const { overhangMm2, carriedMm2, openMm2 } = coverage(layers)
      expect(overhangMm2).toBeGreaterThan(1450)
      expect(carriedMm2 / overhangMm2).toBeGreaterThan(0.97)
      expect(openMm2).toBeLessThan(0.05)
      expect(inGapMm2(layers)).toBeLessThan(0.01)
    })
  }

  it('stands on the bed, wider by its foot, and ends one layer under the part', async () => {
    const { support } = areasOf(await planMesh(mushroom, { supportKind: 'snug', supportBrimMm: 3 }))
    const boxes = support.map((region) => region.map(contourBox))
    const width = (layer: number) => Math.max(...boxes[layer]!.map((box) => box[2])) - Math.min(...boxes[layer]!.map((box) => box[0]))
    expect(width(0) - width(1)).toBeCloseTo(6, 1)
    expect(support.findLastIndex((region) => region.length > 0)).toBe(48)
  })

  it('has as many contact layers as asked for, under the part and on it', async () => {
    const layers = await planMesh(table, { supportKind: 'snug', supportInterfaceLayers: 3 })
    const dense = layers.filter(({ supports = [] }) => supports.some(({ fills }) => fills.some(({ role }) => role === 'support-interface'))).map(({ layerIndex }) => layerIndex)
    expect(dense).toEqual([11, 12, 13, 46, 47, 48])
    expect(inGapMm2(layers)).toBeLessThan(0.01)
  })

  it('leaves out what would stand on the part when it is to stand on the bed', async () => {
    const layers = await planMesh(table, { supportOnBedOnly: true })
    expect(areasOf(layers).support.flat()).toHaveLength(0)
    const beside = joinMeshes(boxMesh([0, 0, 0], [10, 40, 2]), boxMesh([30, 15, 0], [40, 25, 10]), boxMesh([0, 0, 10], [40, 40, 12]))
    const { support } = areasOf(await planMesh(beside, { supportKind: 'snug', supportOnBedOnly: true }))
    expect(Math.min(...support[20]!.map((contour) => contourBox(contour)[0]))).toBeGreaterThan(110.3)
    expect(coverage(await planMesh(beside, { supportKind: 'snug' })).openMm2).toBeLessThan(0.05)
  })

  it('leaves a short bridge free unless asked to carry it, and carries a long one', async () => {
    const gate = (gapMm: number) => joinMeshes(boxMesh([0, 0, 0], [5, 10, 10]), boxMesh([5 + gapMm, 0, 0], [10 + gapMm, 10, 10]), boxMesh([0, 0, 10], [10 + gapMm, 10, 12]))
    expect(areasOf(await planMesh(gate(8))).support.flat()).toHaveLength(0)
    expect(regionArea(areasOf(await planMesh(gate(8), { supportBridges: true })).support[30]!)).toBeGreaterThan(50)
    expect(regionArea(areasOf(await planMesh(gate(20))).support[30]!)).toBeGreaterThan(150)
  })

  it('begins at the angle', async () => {
    /** A wedge whose side leans out by an angle from upright. */
    const leaning = (angleDeg: number) => {
      const top = 20 + 20 * Math.tan((angleDeg * Math.PI) / 180)
      const wedge = boxMesh([0, 0, 0], [20, 20, 20])
      for (let i = 0; i < wedge.positions.length; i += 3) if (wedge.positions[i] === 20 && wedge.positions[i + 2] === 20) wedge.positions[i] = top
      return wedge
    }
    expect(areasOf(await planMesh(leaning(40), { supportAngleDeg: 45 })).support.flat()).toHaveLength(0)
    const layers = await planMesh(leaning(60), { supportAngleDeg: 45 })
    expect(coverage(layers, { supportAngleDeg: 45 })).toMatchObject({ openMm2: expect.closeTo(0, 1) as number })
    expect(areasOf(layers).support[5]!.length).toBeGreaterThan(0)
  })

  it('keeps clear of other objects and of their supports', async () => {
    const layers = await planObjects([placed(mushroom, [100, 100, 0], 'a'), placed(boxMesh([0, 0, 0], [10, 10, 6]), [104, 104, 0], 'b'), placed(mushroom, [141, 100, 0], 'c')], {})
    expect(inGapMm2(layers)).toBeLessThan(0.01)
    const supportOf = (id: string) => layers.filter(({ objectId }) => objectId === id).flatMap(({ layerIndex, supports = [] }) => (layerIndex === 20 ? supports.flatMap(({ outline }) => outline) : []))
    expect(regionArea(supportOf('a'))).toBeGreaterThan(1000)
    expect(regionArea(supportOf('c'))).toBeGreaterThan(1000)
    expect(regionArea(clipper.intersection(supportOf('a'), supportOf('c')))).toBeLessThan(0.01)
  })

  it('stays on the bed', async () => {
    const layers = await planObjects([placed(mushroom, [0, 0, 0])], {})
    const boxes = areasOf(layers).support.flat().map(contourBox)
    expect(Math.min(...boxes.flatMap((box) => [box[0], box[1]]))).toBeGreaterThanOrEqual(-1e-6)
  })
})

describe('support like trees', () => {
  it('carries the whole overhang with a fraction of the filament, and stands on the bed', async () => {
    const layers = await planMesh(mushroom, { supportKind: 'tree' })
    const { overhangMm2, carriedMm2, openMm2 } = coverage(layers)
    expect(carriedMm2 / overhangMm2).toBeGreaterThan(0.97)
    expect(openMm2).toBeLessThan(0.05)
    expect(inGapMm2(layers)).toBeLessThan(0.01)
    const { support } = areasOf(layers)
    expect(regionArea(support[0]!)).toBeGreaterThan(10)
    expect(regionArea(support[5]!)).toBeLessThan(0.4 * overhangMm2)
  })

  it('is held by the layer below wherever it is, but for what its lines carry', async () => {
    const { support, part } = areasOf(await planMesh(table, { supportKind: 'tree', treeAngleDeg: 40 }))
    for (let layer = 1; layer < 47; layer++) {
      const ground = layer < 14 ? part.slice(0, layer).flat() : []
      const held = clipper.offset(clipper.union([...support[layer - 1]!, ...ground]), 2 * 0.2 * Math.tan((40 * Math.PI) / 180) + 0.05, { join: 'round' })
      expect(regionArea(clipper.difference(support[layer]!, held))).toBeLessThan(0.05)
    }
  })

  it('goes around a part to the bed, and leaves out what no way leads to when it may not stand on the part', async () => {
    const shelf = joinMeshes(boxMesh([0, 0, 0], [10, 40, 20]), boxMesh([0, 0, 4], [14, 40, 6]), boxMesh([0, 0, 20], [26, 40, 22]))
    const layers = await planMesh(shelf, { supportKind: 'tree', supportOnBedOnly: true })
    expect(coverage(layers).carriedMm2).toBeGreaterThan(400)
    expect(inGapMm2(layers)).toBeLessThan(0.01)
    const { support } = areasOf(layers)
    for (let layer = 1; layer < 96; layer++) {
      for (const { outline } of splitIslands(support[layer]!)) expect(regionArea(clipper.intersection(outline, support[layer - 1]!))).toBeGreaterThan(0)
    }
    const wide = joinMeshes(boxMesh([-20, -20, 0], [60, 60, 2]), boxMesh([15, 15, 0], [25, 25, 10]), boxMesh([5, 5, 10], [35, 35, 12]))
    expect(areasOf(await planMesh(wide, { supportKind: 'tree', supportOnBedOnly: true })).support.flat()).toHaveLength(0)
  })
})
