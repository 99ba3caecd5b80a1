import { describe, expect, it } from 'vitest'
import { regionArea, isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Mesh } from '../../../../shared/mesh/mesh'
import { crossSectionMm2 } from '../../../../shared/slicing/infill/solid-spacing'
import type { PlannedLayer } from '../../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { planPlate, slicePlate } from '../../../../shared/slicing/slice-plate'
import type { Toolpath } from '../../../../shared/toolpath/toolpath'
import { movesOf } from '../assemble/planned'
import { boxMesh, joinMeshes, placed, plate } from '../solids'

const pool = createLocalSlicePool()
const cube = boxMesh([0, 0, 0], [20, 20, 20])
const step = joinMeshes(boxMesh([0, 0, 0], [20, 20, 10]), boxMesh([0, 0, 9], [10, 20, 20]))
const gate = joinMeshes(boxMesh([0, 0, 0], [5, 10, 10]), boxMesh([25, 0, 0], [30, 10, 10]), boxMesh([0, 0, 10], [30, 10, 12]))

async function plan(mesh: Mesh, values: SettingValues = {}): Promise<PlannedLayer[]> {
  const planned = await planPlate(plate([placed(mesh)], values), pool)
  if (!planned.ok) throw new Error('refused')
  return planned.value
}
async function slice(mesh: Mesh, values: SettingValues = {}): Promise<Toolpath> {
  const sliced = await slicePlate(plate([placed(mesh)], { skirtLines: 0, minLayerTimeS: 0, ...values }), pool)
  if (!sliced.ok) throw new Error('refused')
  return sliced.value
}
const rolesOf = ({ islands }: PlannedLayer) => [...new Set(islands.flatMap(({ fills }) => fills.map(({ role }) => role)))].toSorted()
const isSparse = (layer: PlannedLayer) => rolesOf(layer).includes('infill')
const fillsOf = (layer: PlannedLayer, role: string) => layer.islands.flatMap(({ fills }) => fills.filter((fill) => fill.role === role))
const lengthOf = (line: Float64Array) => Array.from({ length: line.length / 2 - 1 }, (_, i) => Math.hypot(line[2 * i + 2]! - line[2 * i]!, line[2 * i + 3]! - line[2 * i + 1]!)).reduce((a, b) => a + b, 0)

describe('top and bottom by thickness', () => {
  it('take as many layers as fill it, when that is more than their number', async () => {
    const sparse = (await plan(cube, { topThicknessMm: 1.5, bottomThicknessMm: 1.2 })).map(isSparse)
    expect(sparse.indexOf(true)).toBe(6)
    expect(99 - sparse.lastIndexOf(true)).toBe(8)
    expect((await plan(cube, { topThicknessMm: 0.3, bottomThicknessMm: 0.3 })).map(isSparse).indexOf(true)).toBe(4)
  })

  it('go by thickness where the first layer is thicker', async () => {
    const sparse = (await plan(cube, { firstLayerHeightMm: 0.3, bottomLayers: 1, bottomThicknessMm: 0.9 })).map(isSparse)
    expect(sparse.indexOf(true)).toBe(4)
  })
})

describe('one wall on top', () => {
  const depths = (layer: PlannedLayer) => layer.islands.flatMap(({ walls }) => walls.map(({ depth }) => depth)).toSorted()

  it('leaves a single wall in the first layer alone when that is asked for, with as much material', async () => {
    const values = { onlyOneWallFirst: true, wallCount: 3 }
    const layers = await plan(cube, values)
    expect(depths(layers[0]!)).toEqual([0])
    expect(depths(layers[1]!)).toEqual([0, 1, 2])
    const laid = movesOf(await slice(cube, values)).filter(({ to, volumeMm3, role }) => Math.abs(to[2] - 0.2) < 1e-3 && volumeMm3 > 0 && role !== 'unretract' && role !== 'skirt').reduce((sum, move) => sum + move.volumeMm3, 0)
    expect(laid / (400 * 0.2)).toBeCloseTo(1, 1.7)
  })

  it('leaves a single wall in the top layer alone, with as much material', async () => {
    const values = { onlyOneWallTop: true, wallCount: 3 }
    const layers = await plan(cube, values)
    expect(depths(layers[99]!)).toEqual([0])
    expect(depths(layers[98]!)).toEqual([0, 1, 2])
    const volume = (moves: ReturnType<typeof movesOf>, zMm: number) => moves.filter(({ to, volumeMm3 }) => Math.abs(to[2] - zMm) < 1e-3 && volumeMm3 > 0 ).filter(({ role }) => role !== 'unretract').reduce((sum, move) => sum + move.volumeMm3, 0)
    expect(volume(movesOf(await slice(cube, values)), 20) / (400 * 0.2)).toBeCloseTo(1, 1.7)
  })

  it('keeps all walls where a part goes on above', async () => {
    const layer = (await plan(step, { onlyOneWallTop: true, wallCount: 3 }))[49]!
    const inner = layer.islands.flatMap(({ walls }) => walls.filter(({ depth }) => depth > 0).flatMap(({ contour }) => Array.from(contour.filter((_, i) => i % 2 === 0))))
    expect(depths(layer)).toEqual([0, 1, 2])
    expect(Math.max(...inner)).toBeLessThan(110)
    expect(Math.max(...fillsOf(layer, 'top-skin').flatMap(({ lines }) => lines.flatMap((line) => Array.from(line.filter((_, i) => i % 2 === 0)))))).toBeGreaterThan(119)
  })
})

describe('bridges', () => {
  it('have a flow, a feed and a fan of their own', async () => {
    const toolpath = await slice(gate, { bridgeFlowPercent: 80, bridgeFeedMmPerS: 25, bridgeFanPercent: 90, fanPercent: 30, fanFullFromLayer: 1 })
    const moves = movesOf(toolpath).filter(({ role }) => role === 'bridge')
    expect(moves.length).toBeGreaterThan(10)
    expect(moves.every(({ feedMmPerS }) => Math.abs(feedMmPerS - 25) < 1e-4)).toBe(true)
    const sum = (key: 'volumeMm3' | 'lengthMm') => moves.reduce((total, move) => total + move[key], 0)
    expect(sum('volumeMm3') / sum('lengthMm')).toBeCloseTo(0.8 * crossSectionMm2(0.42, 0.2), 4)
    const dutyAt = (index: number) => toolpath.events.reduce((duty, event) => (event.kind === 'fan' && event.atMove <= index ? event.duty : duty), 0)
    expect(moves.every(({ index }) => dutyAt(index) === 0.9)).toBe(true)
    expect(movesOf(toolpath).filter(({ role }) => role === 'infill').every(({ index }) => dutyAt(index) === 0.3)).toBe(true)
  })

  it('are laid over sparse infill when asked for, across its lines, in the first solid layer alone', async () => {
    const layers = await plan(cube, { internalBridges: true })
    expect(layers.flatMap((layer) => (fillsOf(layer, 'bridge').length > 0 ? [layer.layerIndex] : []))).toEqual([96])
    const direction = (role: string, index: number) => { const line = fillsOf(layers[index]!, role)[0]!.lines.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0]!; return Math.atan2(line[3]! - line[1]!, line[2]! - line[0]!) }
    expect(Math.abs(Math.cos(direction('bridge', 96) - direction('infill', 95)))).toBeLessThan(0.01)
    expect((await plan(cube)).some((layer) => fillsOf(layer, 'bridge').length > 0)).toBe(false)
  })
})

describe('walls that hang', () => {
  it('are slowed and cooled where they stand out, and only there', async () => {
    const shelf = joinMeshes(boxMesh([0, 0, 0], [20, 20, 5]), boxMesh([10, 0, 5], [30, 20, 8]))
    const toolpath = await slice(shelf, { overhangFeedMmPerS: 12, overhangFanPercent: 100, fanPercent: 40, fanFullFromLayer: 1 })
    const hanging = movesOf(toolpath).filter(({ role, feedMmPerS }) => role.endsWith('wall') && Math.abs(feedMmPerS - 12) < 1e-4)
    expect(hanging.length).toBeGreaterThan(0)
    expect(hanging.every(({ from, to }) => Math.abs(to[2] - 5.2) < 1e-3 && Math.min(from[0], to[0]) > 120 - 0.3 - 1e-3)).toBe(true)
    const ofLayer = movesOf(toolpath).filter(({ role, to }) => role.endsWith('wall') && Math.abs(to[2] - 5.2) < 1e-3)
    expect(ofLayer.filter(({ from, to }) => Math.max(from[0], to[0]) > 120.1).every((move) => hanging.some(({ index }) => index === move.index))).toBe(true)
    const dutyAt = (index: number) => toolpath.events.reduce((duty, event) => (event.kind === 'fan' && event.atMove <= index ? event.duty : duty), 0)
    expect(hanging.every(({ index }) => dutyAt(index) === 1)).toBe(true)
    expect(movesOf(toolpath).filter(({ role }) => role === 'infill').every(({ index }) => dutyAt(index) === 0.4)).toBe(true)
  })
})

describe('ironing', () => {
  it('goes over the topmost surface with a tenth of its material, inside it, at the end', async () => {
    const layers = await plan(step, { ironing: 'topmost' })
    expect(layers.flatMap((layer) => (fillsOf(layer, 'ironing').length > 0 ? [layer.layerIndex] : []))).toEqual([99])
    const { lines, widthMm, flow } = fillsOf(layers[99]!, 'ironing')[0]!
    const volume = lines.reduce((sum, line) => sum + lengthOf(line), 0) * crossSectionMm2(widthMm, 0.2) * (flow ?? 1)
    expect(volume / (9 * 19 * 0.2)).toBeGreaterThan(0.08)
    expect(volume / (9 * 19 * 0.2)).toBeLessThan(0.11)
    const outline = layers[99]!.islands[0]!.outline
    expect(regionArea(outline)).toBeCloseTo(200, 1)
    expect(lines.every((line) => isInRegion(outline, line[0]!, line[1]!))).toBe(true)
    const roles = movesOf(await slice(step, { ironing: 'top' })).filter(({ to, role }) => Math.abs(to[2] - 10) < 1e-3 && !['travel', 'retract', 'unretract'].includes(role)).map(({ role }) => role)
    expect(roles.at(-1)).toBe('ironing')
  })
})
