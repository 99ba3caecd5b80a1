import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { regionArea } from '../../../shared/geometry/measure-contour'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { repairMesh } from '../../../shared/mesh/repair-mesh'
import type { PlannedLayer } from '../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { planPlate } from '../../../shared/slicing/slice-plate'
import type { Result } from '../../../shared/units/problem'
import { placed, plate } from './solids'
import { workshopPath } from '../../workshop-folder'

const FOLDER = workshopPath('models/defects')
const LAYER_MM = 0.2

interface Expected {
  readonly tris?: number
  readonly volume?: number
  readonly unionVolume?: number
  readonly error?: boolean
}

/** Plans a file as the terminal does, with or without repair. */
async function planFile(name: string, isRepairing: boolean): Promise<Result<PlannedLayer[]>> {
  const parsed = parseModel(new Uint8Array(readFileSync(`${FOLDER}/${name}`)), name)
  if (!parsed.ok) return parsed
  const objects = parsed.value.parts.map((part, i) => {
    const mesh = isRepairing ? repairMesh(part.mesh).mesh : part.mesh
    const { min, max } = meshBox(mesh)
    return placed(mesh, [125 - (min[0] + max[0]) / 2, 125 - (min[1] + max[1]) / 2, -min[2]], `part ${i}`)
  })
  return planPlate(plate(objects, { infillPercent: 0, topLayers: 0, bottomLayers: 0 }), createLocalSlicePool())
}
const volumeOf = (layers: readonly PlannedLayer[]) => layers.reduce((sum, { islands, heightMm }) => sum + heightMm * islands.reduce((area, { outline }) => area + regionArea(outline), 0), 0)

describe.skipIf(!existsSync(FOLDER))('files with defects', () => {
  const manifest = existsSync(FOLDER) ? (JSON.parse(readFileSync(`${FOLDER}/manifest.json`, 'utf8')) as Record<string, Expected>) : {}
  const names = Object.keys(manifest)

  it.each(names.filter((name) => manifest[name]!.error === true))('%s is refused', async (name) => {
    expect((await planFile(name, true)).ok).toBe(false)
  })

  it.each(names.filter((name) => manifest[name]!.volume !== undefined || manifest[name]!.unionVolume !== undefined))('%s has the volume of its solid', async (name) => {
    const planned = await planFile(name, true)
    expect(planned.ok && volumeOf(planned.value)).toBeCloseTo(manifest[name]!.unionVolume ?? manifest[name]!.volume!, -1)
  }, 120_000)

  it.each(['bin_truncated_last_facet.stl', 'mesh_duplicate_facets.stl', 'mesh_gap_10um.stl', 'mesh_missing_facet.stl', 'mesh_missing_top.stl', 'mesh_tjunction.stl'])('%s is a whole cube, repaired or not', async (name) => {
    for (const isRepairing of [true, false]) {
      const planned = await planFile(name, isRepairing)
      expect(planned.ok && planned.value.length).toBe(20 / LAYER_MM)
      expect(planned.ok && volumeOf(planned.value) / 8000).toBeGreaterThan(0.998)
      expect(planned.ok && volumeOf(planned.value) / 8000).toBeLessThan(1.002)
    }
  })

  it('surface_open_sheet.stl is no solid', async () => {
    const planned = await planFile('surface_open_sheet.stl', false)
    expect(planned).toMatchObject({ ok: false, problems: [{ code: 'slicing/no-solid' }] })
  })

  it.each(['thin_wall_0.3.stl', 'thin_wall_0.7.stl'])('%s is one line in each layer', async (name) => {
    const planned = await planFile(name, true)
    if (!planned.ok) throw new Error('refused')
    expect(planned.value.length).toBeGreaterThan(10)
    for (const { islands } of planned.value) expect(islands.map(({ walls, thinLines }) => [walls.length, thinLines.length])).toEqual([[0, 1]])
  })

  it('pos_far_from_origin.stl keeps its size', async () => {
    const planned = await planFile('pos_far_from_origin.stl', true)
    expect(planned.ok && volumeOf(planned.value) / 8000).toBeCloseTo(1, 2)
  })
})

describe.skipIf(!existsSync(workshopPath('models/3DBenchy.stl')))('layer counts', () => {
  it.each([['cube_20mm', 100], ['3DBenchy', 240], ['Bearing', 75], ['multipletextures', 498]])('%s has %i layers', async (name, count) => {
    const parsed = parseModel(new Uint8Array(readFileSync(workshopPath('models', `${name}.stl`))), name)
    if (!parsed.ok) throw new Error('refused')
    const { mesh } = parsed.value.parts[0]!
    const { min, max } = meshBox(mesh)
    const object = placed(mesh, [125 - (min[0] + max[0]) / 2, 125 - (min[1] + max[1]) / 2, -min[2]])
    const planned = await planPlate(plate([object], { wallCount: 0, infillPercent: 0, topLayers: 0, bottomLayers: 0 }), createLocalSlicePool())
    expect(planned.ok && planned.value.length).toBe(count)
  })
})
