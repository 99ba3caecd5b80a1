import { describe, expect, it } from 'vitest'
import { regionArea } from '../../../../shared/geometry/measure-contour'
import type { Mesh } from '../../../../shared/mesh/mesh'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { slicePlate } from '../../../../shared/slicing/slice-plate'
import { isLine, movesOf } from '../assemble/planned'
import { boxMesh, joinMeshes, placed, plate } from '../solids'
import { clipper } from '../support/supported'

const pool = createLocalSlicePool()
const cube = boxMesh([0, 0, 0], [20, 20, 4])
/** A frame: a square with a square hole. */
const frame = joinMeshes(boxMesh([0, 0, 0], [40, 5, 4]), boxMesh([0, 35, 0], [40, 40, 4]), boxMesh([0, 0, 0], [5, 40, 4]), boxMesh([35, 0, 0], [40, 40, 4]))

async function lines(mesh: Mesh, values: SettingValues) {
  const sliced = await slicePlate(plate([placed(mesh)], { skirtLines: 0, minLayerTimeS: 0, ...values }), pool)
  if (!sliced.ok) throw new Error('refused')
  return movesOf(sliced.value).filter(isLine)
}

describe('a raft', () => {
  it('lies under the part with a margin, dense on top, and lifts the part by its height and gap', async () => {
    const moves = await lines(cube, { raftLayers: 3, raftMarginMm: 4, raftGapMm: 0.25, raftBaseHeightMm: 0.3 })
    const heights = [...new Set(moves.map(({ to }) => Math.round(to[2] * 1000) / 1000))].toSorted((a, b) => a - b)
    expect(heights.slice(0, 5)).toEqual([0.3, 0.5, 0.7, 1.15, 1.35])
    expect(heights).toHaveLength(23)
    const raft = moves.filter(({ to }) => to[2] < 0.9)
    expect(raft.every(({ role }) => role === 'support' || role === 'support-interface')).toBe(true)
    expect(Math.min(...raft.map(({ to }) => to[0]))).toBeGreaterThan(96 - 1e-3)
    expect(Math.min(...raft.map(({ to }) => to[0]))).toBeLessThan(96 + 0.5)
    const volumeAt = (zMm: number) => raft.filter(({ to }) => Math.abs(to[2] - zMm) < 1e-3).reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
    const area = 20 * 20 + 4 * 20 * 4 + Math.PI * 16
    expect(volumeAt(0.7) / (area * 0.2)).toBeCloseTo(1, 1)
    expect(volumeAt(0.3) / (area * 0.3)).toBeLessThan(0.75)
    expect(moves.filter(({ to }) => to[2] > 0.9).some(({ role }) => role.startsWith('support'))).toBe(false)
  })

  it('lifts ranges of heights with the part', async () => {
    const sliced = await slicePlate({ ...plate([placed(cube)], { skirtLines: 0, minLayerTimeS: 0, raftLayers: 3, outerWallFeedMmPerS: 40 }), heightRanges: [{ fromMm: 2, toMm: 3, values: { outerWallFeedMmPerS: 17 } }] }, pool)
    if (!sliced.ok) throw new Error('refused')
    const slow = movesOf(sliced.value).filter(({ role, feedMmPerS }) => role === 'outer-wall' && Math.abs(feedMmPerS - 17) < 1e-4).map(({ to }) => to[2])
    expect([Math.min(...slow), Math.max(...slow)].map((mm) => Math.round(mm * 1000) / 1000)).toEqual([3.1, 3.9])
  })

  it('is refused when the part would then be too high', async () => {
    const sliced = await slicePlate({ ...plate([placed(cube)], { raftLayers: 2 }), volume: { min: [0, 0, 0], max: [250, 250, 4.3], shape: 'rectangle' } }, pool)
    expect(sliced).toMatchObject({ ok: false, problems: [{ code: 'slicing/raft-too-high', values: { overMm: 0.4 } }] })
  })
})

describe('a brim', () => {
  const brimOf = async (values: SettingValues) => (await lines(frame, { brimWidthMm: 4, ...values })).filter(({ role }) => role === 'brim')
  const isInHole = ({ to }: { to: readonly number[] }) => to[0]! > 105 && to[0]! < 135 && to[1]! > 105 && to[1]! < 135

  it('lies outside, in holes, or both', async () => {
    expect((await brimOf({})).some(isInHole)).toBe(false)
    const inner = await brimOf({ brimKind: 'inner', brimGapMm: 0.2 })
    expect(inner.length).toBeGreaterThan(20)
    expect(inner.every(isInHole)).toBe(true)
    expect(Math.min(...inner.map(({ to }) => to[0]))).toBeGreaterThan(105.2 + 0.188)
    const both = await brimOf({ brimKind: 'both', brimGapMm: 0.2 })
    expect(both.filter(isInHole)).toHaveLength(inner.length)
    expect(both.some((move) => !isInHole(move))).toBe(true)
  })

  it('of ears lies at the sharp corners alone, with as much material as their area', async () => {
    const ears = await brimOf({ brimKind: 'ears', brimWidthMm: 5 })
    const corners = [[100, 100], [140, 100], [100, 140], [140, 140]] as const
    expect(ears.every(({ to }) => corners.some(([x, y]) => Math.hypot(to[0] - x, to[1] - y) < 5))).toBe(true)
    const volume = ears.reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
    expect(volume / (4 * 0.75 * Math.PI * 25 * 0.2)).toBeGreaterThan(0.9)
    expect(volume / (4 * 0.75 * Math.PI * 25 * 0.2)).toBeLessThan(1.03)
    const laid = clipper.union(clipper.thicken(ears.map(({ from, to }) => Float64Array.of(from[0], from[1], to[0], to[1])), 0.2))
    expect(regionArea(clipper.intersection(laid, [Float64Array.of(100, 100, 140, 100, 140, 140, 100, 140)]))).toBeLessThan(0.5)
  })
})
