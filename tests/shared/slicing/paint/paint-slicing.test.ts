import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadClipper } from '../../../../shared/geometry/clipper'
import { regionArea } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import type { Mesh } from '../../../../shared/mesh/mesh'
import { meshEdges } from '../../../../shared/mesh/mesh-edges'
import { paintWithBrush } from '../../../../shared/mesh/paint/paint-brush'
import type { ObjectPaint, TrianglePaint } from '../../../../shared/mesh/paint/paint-tree'
import { paintAt, paintBetween } from '../../../../shared/slicing/paint/cut-paint'
import { PaintedSeam } from '../../../../shared/slicing/paint/seam-stretches'
import type { PlannedLayer } from '../../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { planPlate, slicePlate } from '../../../../shared/slicing/slice-plate'
import { MOVE_ROLES, type Toolpath } from '../../../../shared/toolpath/toolpath'
import { boxMesh, joinMeshes, placed, plate } from '../solids'

const pool = createLocalSlicePool()
const clipper = await loadClipper()

async function planned(mesh: Mesh, paint: ObjectPaint, values: SettingValues = {}): Promise<PlannedLayer[]> {
  const result = await planPlate(plate([{ ...placed(mesh), paint }], values), pool)
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.value
}
const supportAt = (layers: readonly PlannedLayer[], layer: number): Region => layers.filter(({ layerIndex }) => layerIndex === layer).flatMap(({ supports = [] }) => supports.flatMap(({ outline }) => outline))
/** A disc painted around a point, with the mesh in its own frame. */
function disc(mesh: Mesh, triangle: number, pointMm: readonly number[], { radiusMm = 4, state = 1 }: { radiusMm?: number; state?: 1 | 2 } = {}): TrianglePaint {
  return paintWithBrush({ ...mesh, edges: meshEdges(mesh.indices) }, {}, { triangle, pointMm, radiusMm, state })
}

/** Points where outer walls begin, one list a layer. */
function seamsOf({ points, role, moveCount, layers }: Toolpath): [number, number][][] {
  const found: [number, number][][] = layers.map(() => [])
  let layer = 0
  for (let move = 1; move < moveCount; move++) {
    while (layer + 1 < layers.length && move >= layers[layer + 1]!.firstMove) layer++
    if (MOVE_ROLES[role[move]!] === 'outer-wall' && MOVE_ROLES[role[move - 1]!] !== 'outer-wall') found[layer]!.push([points[3 * move]!, points[3 * move + 1]!])
  }
  return found
}

describe('painted support', () => {
  // A table on four legs would hold it; here it hangs freely.
  const table = boxMesh([0, 0, 6], [40, 40, 8])

  it('holds what is painted of a hanging face though no support is chosen', async () => {
    // Triangles 0 and 1 are the underside.
    const layers = await planned(table, { support: disc(table, 0, [12, 12, 6], { radiusMm: 5 }) })
    const held = supportAt(layers, 15)
    const circle = [Float64Array.from(Array.from({ length: 64 }, (_, i) => [112 + 5 * Math.cos((i * Math.PI) / 32), 112 + 5 * Math.sin((i * Math.PI) / 32)]).flat())]
    expect(regionArea(clipper.intersection(held, circle)) / regionArea(circle)).toBeGreaterThan(0.95)
    // A line and the paint's reach beyond it at most.
    expect(regionArea(clipper.difference(held, clipper.offset(circle, 1, { join: 'round' })))).toBeLessThan(0.5)
  })

  it('blocks where it is painted so', async () => {
    const plain = regionArea(supportAt(await planned(table, {}, { supportKind: 'snug' }), 15))
    const layers = await planned(table, { support: disc(table, 0, [20, 20, 6], { radiusMm: 8, state: 2 }) }, { supportKind: 'snug' })
    const left = regionArea(supportAt(layers, 15))
    expect(left).toBeLessThan(plain - Math.PI * 6.5 ** 2)
    expect(left).toBeGreaterThan(plain - Math.PI * 8.6 ** 2)
  })

  it('on a side that stands upright changes nothing', async () => {
    const cube = boxMesh([0, 0, 0], [20, 20, 4])
    expect(await planned(cube, { support: { 4: '4', 5: '4' } })).toEqual(await planned(cube, {}))
  })

  it('is cut between planes without losing or doubling area', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 9, maxLength: 9 }), (corners) => {
      const facet = Float64Array.from(corners)
      const flat = Math.abs((facet[3]! - facet[0]!) * (facet[7]! - facet[1]!) - (facet[6]! - facet[0]!) * (facet[4]! - facet[1]!)) / 2
      fc.pre(flat > 0.5)
      const planes = Array.from({ length: 60 }, (_, i) => 0.1 + 0.2 * i)
      // Without the reach: areas shrunk by it again.
      const sum = paintBetween(facet, planes, clipper).reduce((total, region) => total + regionArea(clipper.offset(region, -0.15)), 0)
      expect(Math.abs(sum - flat)).toBeLessThan(0.03 * flat + 0.05)
    }), { seed: 5, numRuns: 60 })
  })

  it('is cut by a plane where the surface is', () => {
    const facet = Float64Array.of(0, 0, 0, 10, 0, 0, 0, 0, 10)
    const [low, high, over] = paintAt(facet, [2.5, 7.5, 12])
    expect([...low!].toSorted((a, b) => a - b)).toEqual([0, 0, 0, 7.5])
    expect([...high!].toSorted((a, b) => a - b)).toEqual([0, 0, 0, 2.5])
    expect(over).toHaveLength(0)
  })
})

describe('a painted seam', () => {
  const cube = boxMesh([0, 0, 0], [20, 20, 6])
  const sliced = async (paint: TrianglePaint, values: SettingValues) => {
    const result = await slicePlate(plate([{ ...placed(cube), paint: { seam: paint } }], values), pool)
    if (!result.ok) throw new Error(result.problems[0]!.message)
    return seamsOf(result.value)
  }
  // Triangles 4 and 5 are the front, y = 0: a stretch in its middle from bottom to top.
  const stretch = () => [1, 3, 5].reduce((paint, z) => paintWithBrush({ ...cube, edges: meshEdges(cube.indices) }, paint, { triangle: 4, pointMm: [8, 0, z], radiusMm: 2, state: 1 }), {})

  it.each(['aligned', 'sharpest-corner', 'nearest', 'rear', 'random'] as const)('is inside the painted stretch: %s', async (seam) => {
    const found = (await sliced(stretch(), { seam })).flat()
    expect(found.length).toBeGreaterThanOrEqual(30)
    for (const [x, y] of found) {
      expect(Math.abs(x - 108)).toBeLessThan(2.35)
      expect(y).toBeCloseTo(100.21, 2)
    }
  })

  it('goes on in a line over the layers when it is aligned, in the middle of the stretch', async () => {
    const xs = (await sliced(stretch(), { seam: 'aligned' })).map(([first]) => first![0])
    expect(Math.abs(xs[0]! - 108)).toBeLessThan(1)
    for (let i = 1; i < xs.length; i++) expect(Math.abs(xs[i]! - xs[i - 1]!)).toBeLessThan(0.6)
  })

  it('takes a corner in the stretch', async () => {
    const found = (await sliced({ 4: '4', 5: '4' }, { seam: 'aligned' })).flat()
    for (const [x, y] of found) expect([Math.abs(x - 110), y].map((mm) => Math.round(100 * mm) / 100)).toEqual([9.79, 100.21])
  })

  it('keeps away from what is blocked', async () => {
    const plain = (await sliced({}, { seam: 'rear' })).flat()
    for (const [, y] of plain) expect(y).toBeCloseTo(119.79, 2)
    // Triangles 6 and 7 are the rear.
    for (const [, y] of (await sliced({ 6: '8', 7: '8' }, { seam: 'rear' })).flat()) expect(y).toBeLessThan(119.6)
  })

  it('is where it would be when all is blocked', async () => {
    const all = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i, '8']))
    expect(await sliced(all, { seam: 'aligned' })).toEqual(await sliced({}, { seam: 'aligned' }))
  })

  it('says nothing to walls that aren’t painted', () => {
    const seam = new PaintedSeam({ enforced: Float64Array.of(0, 0, 5, 0), blocked: new Float64Array(0) }, 0.5)
    expect(seam.places(Float64Array.of(100, 100, 110, 100, 110, 110, 100, 110))).toBeUndefined()
  })
})

it('paint of an object leaves the others as they are', async () => {
  const two = joinMeshes(boxMesh([0, 0, 0], [10, 10, 4]))
  const objects = [placed(two, [50, 100, 0], 'plain'), { ...placed(two, [100, 100, 0], 'painted'), paint: { seam: { 4: '4' } } }]
  const [plain, painted] = [await planPlate(plate([objects[0]!, placed(two, [100, 100, 0], 'painted')]), pool), await planPlate(plate(objects), pool)]
  if (!plain.ok || !painted.ok) throw new Error('not planned')
  expect(painted.value.filter(({ objectId }) => objectId === 'plain')).toEqual(plain.value.filter(({ objectId }) => objectId === 'plain'))
})
