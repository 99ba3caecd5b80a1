import { describe, expect, it } from 'vitest'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import { planPlate, slicePlate } from '../../../../shared/slicing/slice-plate'
import { ROLE, type Toolpath } from '../../../../shared/toolpath/toolpath'
import { boxMesh, joinMeshes, placed, plate } from '../solids'

const pool = createLocalSlicePool()
/** A block under a narrower one: infill areas that are alike, and some that differ. */
const steps = joinMeshes(boxMesh([0, 0, 0], [40, 40, 8]), boxMesh([8, 8, 8], [32, 32, 16]))
const cube = boxMesh([0, 0, 0], [30, 30, 10])

async function sliced(mesh: typeof cube, values: SettingValues): Promise<Toolpath> {
  const result = await slicePlate(plate([placed(mesh)], { skirtLines: 0, infillPercent: 20, ...values }), pool)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

function infillVolume({ role, volumeMm3 }: Toolpath): number {
  return volumeMm3.reduce((sum, volume, i) => sum + (role[i] === ROLE.infill ? volume : 0), 0)
}

/** Of infill lines: volume per mm, by layer. */
function layersWithInfill({ layers, role, moveCount }: Toolpath): number[] {
  return layers.flatMap(({ firstMove }, i) => {
    const end = layers[i + 1]?.firstMove ?? moveCount
    return role.slice(firstMove, end).includes(ROLE.infill) ? [i] : []
  })
}

describe('infill of several layers at once', () => {
  it.each([['rectilinear', 2, 0.1], ['grid', 3, 0.1], ['gyroid', 2, 0.15], ['honeycomb', 2, 0.2]] as const)('keeps the volume of %s every %i layers', async (infillPattern, infillEveryLayers, layerHeightMm) => {
    const values = { infillPattern, layerHeightMm, firstLayerHeightMm: 0.2, nozzleDiameterMm: 0.4 }
    const [plain, together] = [await sliced(cube, values), await sliced(cube, { ...values, infillEveryLayers })]
    expect(Math.abs(infillVolume(together) / infillVolume(plain) - 1)).toBeLessThan(0.03)
    const [all, some] = [layersWithInfill(plain), layersWithInfill(together)]
    expect(some.length).toBeLessThan(all.length * (1 / infillEveryLayers) + 3)
  }, 60_000)

  it('never lays a line thicker than the nozzle is wide', async () => {
    const planned = await planPlate(plate([placed(cube)], { infillPercent: 20, infillEveryLayers: 10, layerHeightMm: 0.15 }), pool)
    if (!planned.ok) throw new Error('no plan')
    const thickest = Math.max(...planned.value.flatMap(({ heightMm, islands }) => islands.flatMap(({ fills }) => fills.filter(({ role }) => role === 'infill').map(({ flow = 1 }) => flow * heightMm))))
    expect(thickest).toBeCloseTo(0.3, 6)
  }, 60_000)

  it('fills layer by layer where the layers differ', async () => {
    const [plain, together] = [await sliced(steps, { layerHeightMm: 0.2 }), await sliced(steps, { layerHeightMm: 0.2, infillEveryLayers: 2 })]
    expect(Math.abs(infillVolume(together) / infillVolume(plain) - 1)).toBeLessThan(0.03)
    const total = ({ volumeMm3 }: Toolpath) => volumeMm3.reduce((sum, volume) => sum + Math.max(0, volume), 0)
    expect(Math.abs(total(together) / total(plain) - 1)).toBeLessThan(0.02)
  }, 60_000)

  it('changes nothing unless it is asked for', async () => {
    const [a, b] = [await sliced(cube, {}), await sliced(cube, { infillEveryLayers: 1 })]
    expect(b.points).toEqual(a.points)
  }, 60_000)
})
