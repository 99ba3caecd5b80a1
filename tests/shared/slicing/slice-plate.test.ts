import { describe, expect, it } from 'vitest'
import { regionArea } from '../../../shared/geometry/measure-contour'
import type { Mesh } from '../../../shared/mesh/mesh'
import type { PlannedLayer } from '../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../shared/slicing/settings'
import type { SlicePool } from '../../../shared/slicing/slice-pool'
import { planPlate, slicePlate } from '../../../shared/slicing/slice-plate'
import { MOVE_ROLES } from '../../../shared/toolpath/toolpath'
import { boxMesh, joinMeshes, placed, plate, withoutTriangles } from './solids'

const pool = createLocalSlicePool()
const cube = boxMesh([0, 0, 0], [20, 20, 20])

async function plan(mesh: Mesh, values: SettingValues = {}): Promise<PlannedLayer[]> {
  const planned = await planPlate(plate([placed(mesh)], values), pool)
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join(' '))
  return planned.value
}
const areaOf = ({ islands }: PlannedLayer) => islands.reduce((sum, { outline }) => sum + regionArea(outline), 0)
const rolesOf = ({ islands }: PlannedLayer) => [...new Set(islands.flatMap(({ fills }) => fills.map(({ role }) => role)))].toSorted()
const codes = (result: { problems: readonly { code: string }[] }) => result.problems.map(({ code }) => code)

describe('a plate', () => {
  it('has as many layers as fit with their middle inside', async () => {
    expect(await plan(cube)).toHaveLength(100)
    expect(await plan(cube, { layerHeightMm: 0.3, firstLayerHeightMm: 0.2 })).toHaveLength(67)
    expect(await plan(boxMesh([0, 0, 0], [5, 5, 0.29]))).toHaveLength(1)
    expect(await plan(boxMesh([0, 0, 0], [5, 5, 0.31]))).toHaveLength(2)
  })

  it('has solid layers at the bottom and the top and sparse ones between', async () => {
    const roles = (await plan(cube)).map((layer) => rolesOf(layer).join())
    expect(roles.slice(0, 5)).toEqual(['bottom-skin', 'internal-skin', 'internal-skin', 'internal-skin', 'infill'])
    expect(roles.slice(-5)).toEqual(['infill', 'internal-skin', 'internal-skin', 'internal-skin', 'top-skin'])
    expect(new Set(roles.slice(4, -4))).toEqual(new Set(['infill']))
  })

  it('has no skin where none is asked for, and no infill at 0 %', async () => {
    const layers = await plan(cube, { topLayers: 0, bottomLayers: 0, infillPercent: 0 })
    expect(layers.flatMap(rolesOf)).toEqual([])
  })

  it('is solid throughout at 100 %', async () => {
    const layers = await plan(cube, { infillPercent: 100 })
    expect(new Set(layers.slice(1, -1).flatMap(rolesOf))).toEqual(new Set(['internal-skin']))
  })

  it('lets infill overlap the walls by the set part of a line', async () => {
    const widest = async (infillOverlapPercent: number) => Math.max(...(await plan(cube, { infillOverlapPercent }))[50]!.islands.flatMap(({ fills }) => fills.flatMap(({ lines }) => lines.flatMap((line) => Array.from(line)))))
    expect((await widest(50)) - (await widest(0))).toBeCloseTo(0.5 * 0.45, 2)
  })

  it('has skin under a step, held by the infill around it', async () => {
    const step = joinMeshes(boxMesh([0, 0, 0], [20, 20, 10]), boxMesh([0, 0, 9], [10, 20, 20]))
    const layers = await plan(step)
    expect(rolesOf(layers[49]!)).toEqual(['infill', 'top-skin'])
    expect(rolesOf(layers[47]!)).toEqual(['infill', 'internal-skin'])
    expect(rolesOf(layers[44]!)).toEqual(['infill'])
    const xs = layers[49]!.islands.flatMap(({ fills }) => fills.filter(({ role }) => role === 'top-skin').flatMap(({ lines }) => lines.flatMap((line) => Array.from(line.filter((_, i) => i % 2 === 0)))))
    expect(Math.min(...xs)).toBeLessThan(110 - 1)
    expect(Math.max(...xs)).toBeGreaterThan(118)
  })

  it('spans a gap between two pillars with bridge lines along it', async () => {
    const gate = joinMeshes(boxMesh([0, 0, 0], [5, 10, 10]), boxMesh([25, 0, 0], [30, 10, 10]), boxMesh([0, 0, 10], [30, 10, 15]))
    const bridge = (await plan(gate))[50]!.islands.flatMap(({ fills }) => fills.filter(({ role }) => role === 'bridge'))
    expect(bridge).toHaveLength(1)
    const long = bridge[0]!.lines.flatMap((line) => Array.from({ length: line.length / 2 - 1 }, (_, i) => [line[2 * i + 2]! - line[2 * i]!, line[2 * i + 3]! - line[2 * i + 1]!] as const)).filter(([dx, dy]) => Math.hypot(dx, dy) > 15)
    expect(long.length).toBeGreaterThan(10)
    expect(long.every(([, dy]) => Math.abs(dy) < 0.01)).toBe(true)
  })

  it('calls a ceiling that is held on one side only a bottom skin', async () => {
    const flag = joinMeshes(boxMesh([0, 0, 0], [3, 10, 10]), boxMesh([0, 0, 10], [20, 10, 15]))
    expect(rolesOf((await plan(flag))[50]!)).toContain('bottom-skin')
  })

  it('unites solids that overlap or lie in each other, and leaves a cavity empty', async () => {
    expect(areaOf((await plan(joinMeshes(cube, boxMesh([10, 10, 0], [30, 30, 20]))))[50]!)).toBeCloseTo(700, 3)
    expect(areaOf((await plan(joinMeshes(cube, boxMesh([5, 5, 5], [15, 15, 15]))))[50]!)).toBeCloseTo(400, 3)
    expect(areaOf((await plan(joinMeshes(cube, boxMesh([5, 5, 5], [15, 15, 15], true))))[50]!)).toBeCloseTo(300, 3)
    expect(areaOf((await plan(joinMeshes(cube, boxMesh([20, 0, 0], [40, 20, 20]))))[50]!)).toBeCloseTo(800, 3)
  })

  it('slices a part that is inside out', async () => {
    expect(areaOf((await plan(boxMesh([0, 0, 0], [20, 20, 20], true)))[50]!)).toBeCloseTo(400, 3)
  })

  it('closes a hole of the mesh and says so', async () => {
    const result = await planPlate(plate([placed(withoutTriangles(cube, 5))]), pool)
    expect(result.ok && result.value.length).toBe(100)
    expect(result.ok && result.value.every((layer) => Math.abs(areaOf(layer) - 400) < 0.01)).toBe(true)
    expect(codes(result)).toEqual(['slicing/gap-closed'])
  })

  it('refuses what stands outside the build volume and says how far', async () => {
    const result = await slicePlate(plate([placed(cube, [240, 100, 0], 'cube'), placed(cube, [0, -3, 0], 'second')]), pool)
    expect(result).toMatchObject({ ok: false, problems: [
      { code: 'slicing/outside-volume', place: { object: 'cube' }, values: { axis: 'X', overMm: 10 } },
      { code: 'slicing/outside-volume', place: { object: 'second' }, values: { axis: 'Y', overMm: 3 } },
    ] })
  })

  it('refuses what stands over the rim of a round bed', async () => {
    const round = { ...plate([placed(cube, [0, 0, 0])]), volume: { min: [0, 0, 0], max: [100, 100, 100], shape: 'circle' } as const }
    const result = await slicePlate(round, pool)
    expect(codes(result)).toEqual(['slicing/outside-volume'])
    expect(result.problems[0]!.values!['overMm']).toBeCloseTo(Math.hypot(50, 50) - 50, 1)
  })

  it('cuts a part at the bed and warns', async () => {
    const result = await planPlate(plate([placed(cube, [100, 100, -5])]), pool)
    expect(result.ok && result.value.length).toBe(75)
    expect(codes(result)).toEqual(['slicing/cut-at-bed'])
  })

  it('refuses a part under the bed, and a sheet that is no solid', async () => {
    expect(codes(await slicePlate(plate([placed(cube, [100, 100, -30])]), pool))).toEqual(['slicing/under-bed'])
    const sheet: Mesh = { positions: Float32Array.of(0, 0, 0, 10, 0, 0, 10, 0, 10, 0, 0, 10), indices: Uint32Array.of(0, 1, 2, 0, 2, 3) }
    expect(codes(await slicePlate(plate([placed(sheet)]), pool))).toEqual(['slicing/no-solid'])
  })

  it('warns of a part that floats', async () => {
    expect(codes(await planPlate(plate([placed(cube, [100, 100, 5])]), pool))).toEqual(['slicing/floating'])
  })

  it('interleaves objects by height', async () => {
    const result = await planPlate(plate([placed(cube, [20, 20, 0], 'a'), placed(boxMesh([0, 0, 0], [5, 5, 1]), [60, 60, 0], 'b')]), pool)
    expect(result.ok && result.value.slice(0, 11).map(({ objectId, layerIndex }) => `${objectId}${layerIndex}`)).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4', 'a5'])
  })

  it('extrudes the volume of a solid cube within 2 %', async () => {
    const result = await slicePlate(plate([placed(cube)], { infillPercent: 100, skirtLines: 0 }), pool)
    if (!result.ok) throw new Error(codes(result).join())
    const { role, volumeMm3, moveCount } = result.value
    let extruded = 0
    for (let i = 0; i < moveCount; i++) if (!['travel', 'retract', 'unretract', 'skirt', 'brim'].includes(MOVE_ROLES[role[i]!]!)) extruded += volumeMm3[i]!
    expect(extruded / 8000).toBeGreaterThan(0.98)
    expect(extruded / 8000).toBeLessThan(1.02)
  })

  it('gives the same however many workers share the work', async () => {
    const part = joinMeshes(boxMesh([0, 0, 0], [20, 20, 4]), boxMesh([5, 5, 3], [12, 18, 9]))
    const input = plate([placed(part)], { infillPattern: 'gyroid' })
    const results = await Promise.all([1, 2, 7].map((workerCount) => slicePlate(input, { ...pool, workerCount })))
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  it('tells its progress by stages that count to the end', async () => {
    const seen: string[] = []
    await slicePlate(plate([placed(boxMesh([0, 0, 0], [5, 5, 2]))]), pool, { onProgress: ({ stage, done, total }) => void seen.push(`${stage} ${done}/${total}`) })
    expect(seen).toContain('fill 10/10')
    expect(seen.at(-1)).toBe('order 1/1')
    expect(new Set(seen.map((text) => text.split(' ')[0]))).toEqual(new Set(['cut', 'walls', 'skin', 'fill', 'order']))
  })

  it('stops when it is cancelled', async () => {
    let layers = 0
    const counting: SlicePool = { workerCount: 1, run: (task, options) => pool.run(task, { ...options, onLayers: () => void layers++ }) }
    const result = await slicePlate(plate([placed(cube)]), counting, { isCancelled: () => layers > 20 })
    expect(codes(result)).toEqual(['slicing/cancelled'])
    expect(layers).toBeLessThan(30)
  })
})
