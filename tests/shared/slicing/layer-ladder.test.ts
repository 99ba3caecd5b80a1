import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regionArea } from '../../../shared/geometry/measure-contour'
import type { Mesh } from '../../../shared/mesh/mesh'
import { layerPlaces } from '../../../shared/slicing/layer-heights'
import { layerLadder, layersUpTo } from '../../../shared/slicing/layer-ladder'
import { placeObject } from '../../../shared/slicing/place-object'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { planPlate, slicePlate } from '../../../shared/slicing/slice-plate'
import { ROLE } from '../../../shared/toolpath/toolpath'
import { boxMesh, joinMeshes, placed, plate, settingsWith } from './solids'

const pool = createLocalSlicePool()

/** A dome: rings of a half ball on the bed. */
function dome(radiusMm: number, rings = 24, sides = 48): Mesh {
  const points: [number, number, number][] = []
  for (let r = 0; r < rings; r++) {
    const up = (Math.PI / 2) * (r / rings)
    for (let k = 0; k < sides; k++) points.push([radiusMm * Math.cos(up) * Math.cos((2 * Math.PI * k) / sides), radiusMm * Math.cos(up) * Math.sin((2 * Math.PI * k) / sides), radiusMm * Math.sin(up)])
  }
  points.push([0, 0, radiusMm], [0, 0, 0])
  const at = (r: number, k: number) => r * sides + (k % sides)
  const faces: number[] = []
  for (let k = 0; k < sides; k++) {
    for (let r = 0; r + 1 < rings; r++) faces.push(at(r, k), at(r, k + 1), at(r + 1, k + 1), at(r, k), at(r + 1, k + 1), at(r + 1, k))
    faces.push(at(rings - 1, k), at(rings - 1, k + 1), points.length - 2, at(0, k + 1), at(0, k), points.length - 1)
  }
  return { positions: Float32Array.from(points.flat()), indices: Uint32Array.from(faces) }
}

const ladderOf = (mesh: Mesh, values: Parameters<typeof settingsWith>[0], ranges?: Parameters<typeof layerLadder>[2]) => layerLadder([placeObject(placed(mesh))], settingsWith(values), ranges)

describe('a ladder of layers', () => {
  it('is even unless asked otherwise', () => {
    expect(ladderOf(boxMesh([0, 0, 0], [9, 9, 20]), {})).toEqual(layerPlaces(20, settingsWith()))
  })

  it('lies layer on layer from the bed to the top', () => {
    fc.assert(
      fc.property(fc.double({ min: 3, max: 20, noNaN: true }), fc.double({ min: 0.04, max: 0.15, noNaN: true }), fc.double({ min: 0.16, max: 0.36, noNaN: true }), (radius, adaptiveMinMm, adaptiveMaxMm) => {
        const ladder = ladderOf(dome(radius), { adaptiveLayers: true, adaptiveMinMm, adaptiveMaxMm })
        let topMm = 0
        ladder.forEach(({ planeMm, zMm, heightMm }, i) => {
          expect(zMm - heightMm).toBeCloseTo(topMm, 5)
          expect(planeMm).toBeCloseTo(zMm - heightMm / 2, 6)
          expect(heightMm).toBeGreaterThan(i === 0 ? 0.19 : adaptiveMinMm - 1e-6)
          expect(heightMm).toBeLessThan((i === 0 ? 0.2 : adaptiveMaxMm) + 1e-6)
          topMm = zMm
        })
        expect(Math.abs(topMm - radius)).toBeLessThanOrEqual(adaptiveMaxMm / 2 + 1e-6)
      }),
      { numRuns: 25 },
    )
  })

  it('is thick on a steep side and thin on a flat slope: no stair of a dome is wider than asked, but by the thinnest layer', () => {
    const radius = 15
    const ladder = ladderOf(dome(radius, 200), { adaptiveLayers: true, adaptiveStepMm: 0.3, adaptiveMinMm: 0.06, adaptiveMaxMm: 0.3 })
    const outerMm = (z: number) => Math.sqrt(Math.max(0, radius * radius - z * z))
    ladder.slice(1, -2).forEach(({ zMm, heightMm }) => {
      expect(heightMm < 0.0601 ? 0 : outerMm(zMm - heightMm) - outerMm(Math.min(radius, zMm))).toBeLessThan(0.3 * 1.1)
    })
    expect(ladder[3]!.heightMm).toBeCloseTo(0.3, 6)
    expect(ladder.at(-3)!.heightMm).toBeLessThan(0.1)
    expect(ladder.length).toBeLessThan(layerPlaces(radius, { firstLayerHeightMm: 0.2, layerHeightMm: 0.06 }).length)
  })

  it('ends a layer at a flat face', () => {
    const step = joinMeshes(boxMesh([0, 0, 0], [20, 20, 3.37]), boxMesh([5, 5, 1], [15, 15, 9.01]))
    const ladder = ladderOf(step, { adaptiveLayers: true })
    expect(ladder.some(({ zMm }) => Math.abs(zMm - 3.37) < 1e-4)).toBe(true)
    expect(ladder.at(-1)!.zMm).toBeCloseTo(9.01, 4)
  })

  it('takes the layer height of a range between its heights', () => {
    const ladder = ladderOf(boxMesh([0, 0, 0], [9, 9, 10]), {}, [{ fromMm: 2, toMm: 4, values: { layerHeightMm: 0.1 } }])
    for (const { zMm, heightMm } of ladder.slice(1)) expect(heightMm).toBeCloseTo(zMm - heightMm >= 2 - 1e-6 && zMm - heightMm < 4 - 1e-6 ? 0.1 : 0.2, 6)
    expect(layersUpTo(ladder, 3)).toHaveLength(20)
  })
})

describe('layers of different heights', () => {
  it('extrude the volume of a solid dome within 2 %, each as thick as it is', async () => {
    const values = { adaptiveLayers: true, infillPercent: 100, skirtLines: 0 }
    const planned = await planPlate(plate([placed(dome(10))], values), pool)
    const sliced = await slicePlate(plate([placed(dome(10))], values), pool)
    if (!planned.ok || !sliced.ok) throw new Error('refused')
    const asked = planned.value.reduce((sum, { islands, heightMm }) => sum + heightMm * islands.reduce((area, { outline }) => area + regionArea(outline), 0), 0)
    let laid = 0
    sliced.value.role.forEach((role, move) => (laid += role > ROLE.unretract ? sliced.value.volumeMm3[move]! : 0))
    expect(Math.abs(laid / asked - 1)).toBeLessThan(0.02)
    expect(new Set(planned.value.map(({ heightMm }) => heightMm)).size).toBeGreaterThan(5)
  }, 60_000)

  it('have the walls and the infill of their range, also when several workers plan them', async () => {
    const heightRanges = [{ fromMm: 2, toMm: 4, values: { wallCount: 4, infillPattern: 'grid', infillPercent: 40 } }] as const
    const input = { ...plate([placed(boxMesh([0, 0, 0], [20, 20, 6]))]), heightRanges }
    const planned = await planPlate(input, pool)
    const shared = await planPlate(input, { ...pool, workerCount: 3, run: (task, options) => pool.run(task, options) })
    if (!planned.ok || !shared.ok) throw new Error('refused')
    expect(planned.value.map(({ islands }) => islands[0]!.walls.length)).toEqual(Array.from({ length: 30 }, (_, i) => (i >= 10 && i < 20 ? 4 : 2)))
    expect(shared.value).toEqual(planned.value)
  })

  it('have skins as thick as so many even layers', async () => {
    const sliced = await planPlate({ ...plate([placed(boxMesh([0, 0, 0], [20, 20, 6]))], { adaptiveLayers: true, adaptiveMaxMm: 0.1, adaptiveMinMm: 0.1, topThicknessMm: 0.8, bottomThicknessMm: 0.8 }) }, pool)
    if (!sliced.ok) throw new Error('refused')
    const solid = sliced.value.filter(({ islands }) => islands.every(({ fills }) => fills.every(({ role }) => role !== 'infill')))
    const thick = (isTop: boolean) => solid.filter(({ zMm }) => zMm > 3 === isTop).reduce((sum, { heightMm }) => sum + heightMm, 0)
    expect(thick(true)).toBeGreaterThan(0.79)
    expect(thick(false)).toBeGreaterThan(0.79)
    expect(thick(true)).toBeLessThan(1.01)
  })
})
