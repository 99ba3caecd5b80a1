import { describe, expect, it } from 'vitest'
import { regionArea } from '../../../shared/geometry/measure-contour'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { makePrint } from '../../../shared/machine/make-print'
import type { PrintObject } from '../../../shared/machine/print-objects'
import { canHold } from '../../../shared/slicing/object-settings'
import type { PlannedLayer } from '../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { SETTINGS, type SettingKey, type SettingValues } from '../../../shared/slicing/settings'
import { planPlate, slicePlate } from '../../../shared/slicing/slice-plate'
import { MOVE_ROLES, type Toolpath } from '../../../shared/toolpath/toolpath'
import { boxMesh, placed, plate, settingsWith } from './solids'

const pool = createLocalSlicePool()
const cube = boxMesh([0, 0, 0], [20, 20, 6])

/** Two cubes, the second with settings of its own. */
function pair(values: SettingValues) {
  return [placed(cube, [60, 100, 0], 'plain'), { ...placed(cube, [120, 100, 0], 'own'), settings: settingsWith(values) }]
}

async function planned(values: SettingValues, plateValues: SettingValues = {}): Promise<{ plain: PlannedLayer[]; own: PlannedLayer[] }> {
  const result = await planPlate(plate(pair(values), plateValues), pool)
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return { plain: result.value.filter(({ objectId }) => objectId === 'plain'), own: result.value.filter(({ objectId }) => objectId === 'own') }
}
const wallsOf = ({ islands }: PlannedLayer) => islands.flatMap(({ walls }) => walls)

/** Feeds of a role's lines left and right of x = 100, mm/s. */
function feedsOf(toolpath: Toolpath, role: (typeof MOVE_ROLES)[number]): { left: Set<number>; right: Set<number> } {
  const feeds = { left: new Set<number>(), right: new Set<number>() }
  const second = toolpath.layers[2]!.firstMove
  for (let move = second; move < toolpath.moveCount; move++) if (MOVE_ROLES[toolpath.role[move]!] === role) feeds[toolpath.points[3 * move + 3]! < 100 ? 'left' : 'right'].add(Math.round(toolpath.feedMmPerS[move]!))
  return feeds
}

describe('settings of an object', () => {
  it('decide its walls and infill, and leave those of the others', async () => {
    const { plain, own } = await planned({ wallCount: 4, infillPattern: 'concentric' })
    expect(wallsOf(plain[15]!)).toHaveLength(2)
    expect(wallsOf(own[15]!)).toHaveLength(4)
  })

  it('correct its own outline alone', async () => {
    const { plain, own } = await planned({ xyCompensationMm: -0.5 })
    const area = ({ islands }: PlannedLayer) => islands.reduce((sum, { outline }) => sum + regionArea(outline), 0)
    expect(area(plain[10]!)).toBeCloseTo(400, 1)
    expect(area(own[10]!)).toBeCloseTo(19 * 19, 1)
  })

  it('leave the plate what can only be the plate’s', async () => {
    const { plain, own } = await planned({ layerHeightMm: 0.3 })
    expect(own.map(({ zMm }) => zMm)).toEqual(plain.map(({ zMm }) => zMm))
  })

  it('give support to one object of two', async () => {
    const table = { ...boxMesh([0, 0, 8], [20, 20, 10]) }
    const objects = [placed(table, [60, 100, 0], 'plain'), { ...placed(table, [120, 100, 0], 'own'), settings: settingsWith({ supportKind: 'grid' }) }]
    const result = await planPlate(plate(objects), pool)
    expect(result.ok).toBe(true)
    const held = result.ok ? new Set(result.value.filter(({ supports = [] }) => supports.length > 0).map(({ objectId }) => objectId)) : new Set()
    expect([...held]).toEqual(['own'])
  })

  it('decide its feeds', async () => {
    const result = await slicePlate(plate(pair({ outerWallFeedMmPerS: 23 }), { minLayerTimeS: 0 }), pool)
    if (!result.ok) throw new Error(result.problems[0]!.message)
    const { left, right } = feedsOf(result.value, 'outer-wall')
    expect([...left]).toEqual([40])
    expect([...right]).toEqual([23])
  })

  it('are laid over the plate’s when a print is made, and what isn’t an object’s is told', async () => {
    const [machine, material, quality] = [BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!, BUILTIN_MATERIALS[0]!, BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!]
    const objects: PrintObject[] = [placed(cube, [60, 100, 0], 'plain'), { ...placed(cube, [120, 100, 0], 'own'), values: { outerWallFeedMmPerS: 17, layerHeightMm: 0.1 } }]
    const made = await makePrint({ objects, machine, material, quality, overrides: { minLayerTimeS: 0 }, title: 'Two' }, pool)
    if (!made.ok) throw new Error(made.problems[0]!.message)
    const { left, right } = feedsOf(made.value.toolpath, 'outer-wall')
    expect(left.has(17)).toBe(false)
    expect([...right]).toEqual([17])
    expect(made.value.problems.filter(({ code }) => code === 'setting/not-its-own').map(({ values }) => values)).toEqual([{ key: 'layerHeightMm', name: 'own' }])
  })

  it('of too many modifiers are refused', async () => {
    const [machine, material, quality] = [BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!, BUILTIN_MATERIALS[0]!, BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!]
    const modifiers = Array.from({ length: 31 }, () => ({ name: 'm', kind: 'settings' as const, mesh: cube, transform: placed(cube).transform, values: {} }))
    const made = await makePrint({ objects: [{ ...placed(cube), modifiers }], machine, material, quality, overrides: {}, title: 'Many' }, pool)
    expect(made.problems.map(({ code }) => code)).toContain('print/too-many-modifiers')
  })

  it('that a modifier may have, an object may have too', () => {
    const keys = Object.keys(SETTINGS) as SettingKey[]
    expect(keys.filter((key) => canHold('modifier', key) && !canHold('object', key))).toEqual([])
    expect((['wallCount', 'infillPercent', 'infillPattern', 'topLayers', 'outerWallFeedMmPerS'] as const).every((key) => canHold('modifier', key))).toBe(true)
    expect((['bedC', 'layerHeightMm', 'relativeExtrusion', 'spiralVase'] as const).some((key) => canHold('object', key))).toBe(false)
  })
})
