import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEngines } from '../../../../electron/services/engines/find-engines'
import { sliceWithEngine } from '../../../../electron/services/engines/slice-with-engine'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../../shared/machine/builtin-qualities'
import type { EngineRequest } from '../../../../shared/machine/engines/engine-request'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { ROLE, type Toolpath } from '../../../../shared/toolpath/toolpath'
import { boxMesh, placed } from '../../../shared/slicing/solids'

/** Where the peers' set-up script puts CuraEngine's definitions. */
const PEERS = join(homedir(), '.cache/gongbang-peers')
const env = { ...process.env, ...(existsSync(PEERS) && { CURA_ENGINE_SEARCH_PATH: [join(PEERS, 'definitions'), join(PEERS, 'extruders')].join(':') }) }
const engines = await findEngines({ platform: process.platform, env, chosen: {} })

function request(machineId: string, at: readonly [number, number, number], overrides: SettingValues = {}): EngineRequest {
  return {
    objects: [placed(boxMesh([0, 0, 0], [20, 20, 10]), at, 'first'), placed(boxMesh([0, 0, 0], [10, 10, 5]), [at[0] - 40, at[1], 0], 'second')],
    machine: BUILTIN_MACHINES.find(({ id }) => id === machineId)!,
    material: BUILTIN_MATERIALS.find(({ id }) => id === 'pla')!,
    quality: BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!,
    overrides, title: 'two boxes',
  }
}

/** Box of what is printed with a role, mm. */
function reach({ points, role, moveCount }: Toolpath, wanted: number) {
  const box = { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] }
  for (let move = 0; move < moveCount; move++) {
    if (role[move] !== wanted) continue
    for (let axis = 0; axis < 3; axis++) {
      box.min[axis] = Math.min(box.min[axis]!, points[3 * move + 3 + axis]!)
      box.max[axis] = Math.max(box.max[axis]!, points[3 * move + 3 + axis]!)
    }
  }
  return box
}

describe.each(['prusaslicer', 'cura'] as const)('%s as it is installed here', (kind) => {
  const engine = engines.find((one) => one.kind === kind)

  it.skipIf(engine === undefined)('prints the objects where they stand, with the walls, layers and heat that were asked for', async () => {
    const result = await sliceWithEngine(engine!, request('generic-marlin', [110, 100, 0], { hotendC: 215, firstLayerHotendC: 222, wallCount: 3, layerHeightMm: 0.25, firstLayerHeightMm: 0.25, skirtLines: 0 }), { env })
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const { toolpath, layerCount, gcode } = result.value
    const box = reach(toolpath, ROLE['outer-wall'])
    expect(layerCount).toBe(40)
    expect(box.min[0]).toBeCloseTo(70 + 0.21, 0)
    expect(box.max[0]).toBeCloseTo(130 - 0.21, 0)
    expect(Math.abs(box.max[1]! - 120 + 0.21)).toBeLessThan(0.06)
    expect(box.max[2]).toBeCloseTo(10, 2)
    const text = new TextDecoder().decode(gcode)
    expect(text).toMatch(/M109 S222/)
    expect(text).toMatch(/M104 S215/)
    // Three walls a layer: about two inner ones for each outer one.
    const { byRole } = result.value.estimate
    expect((byRole['inner-wall']?.lengthMm ?? 0) / (byRole['outer-wall']?.lengthMm ?? 1)).toBeGreaterThan(1.7)
  }, 120_000)

  it.skipIf(engine === undefined).each(['prusa-mk3s', 'creality-ender-3', 'generic-marlin'])('lays about the volume of the objects after the start lines of %s', async (machineId) => {
    const result = await sliceWithEngine(engine!, request(machineId, [110, 100, 0], { infillPercent: 100, skirtLines: 0 }), { env })
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const { toolpath } = result.value
    const laid = toolpath.volumeMm3.reduce((sum, volume, i) => sum + (toolpath.role[i]! > ROLE.unretract && i >= toolpath.layers[0]!.firstMove ? volume : 0), 0)
    expect(laid / (20 * 20 * 10 + 10 * 10 * 5)).toBeGreaterThan(0.9)
    expect(laid / (20 * 20 * 10 + 10 * 10 * 5)).toBeLessThan(1.1)
  }, 120_000)

  it.skipIf(engine === undefined)('fills as densely as asked', async () => {
    const volume = async (infillPercent: number) => {
      const result = await sliceWithEngine(engine!, request('generic-marlin', [110, 100, 0], { infillPercent, skirtLines: 0, infillPattern: 'grid', infillJoined: false }), { env })
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
      return result.value.estimate.byRole.infill?.lengthMm ?? 0
    }
    const [sparse, dense] = [await volume(10), await volume(30)]
    expect(dense / sparse).toBeGreaterThan(2.2)
    expect(dense / sparse).toBeLessThan(4)
  }, 120_000)

  it.skipIf(engine === undefined)('prints on a bed whose zero is its middle', async () => {
    const delta = BUILTIN_MACHINES.find(({ volume, purpose, firmware }) => volume.origin === 'centre' && purpose === undefined && firmware !== 'grbl')!
    const result = await sliceWithEngine(engine!, request(delta.id, [10, -10, 0], { skirtLines: 0 }), { env })
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const box = reach(result.value.toolpath, ROLE['outer-wall'])
    expect(box.min[0]).toBeCloseTo(-30 + 0.21, 0)
    expect(box.max[1]).toBeCloseTo(10 - 0.21, 0)
  }, 120_000)

  it.skipIf(engine === undefined)('lists what it has nothing for', async () => {
    const result = await sliceWithEngine(engine!, request('generic-marlin', [110, 100, 0], { scarfSeamMm: 5, skirtLines: 0 }), { env })
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const keys = result.value.problems.flatMap(({ code, place }) => (code === 'engine/no-counterpart' ? [place?.['key']] : []))
    expect(keys).toContain('scarfSeamMm')
    expect(keys).not.toContain('infillPercent')
  }, 120_000)
})
