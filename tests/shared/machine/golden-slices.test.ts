import { describe, expect, it } from 'vitest'
import type { Mesh } from '../../../shared/mesh/mesh'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { makePrint } from '../../../shared/machine/make-print'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../shared/slicing/settings'
import { boxMesh, joinMeshes, placed } from '../slicing/solids'

/** A machine that only homes: what stands in the file is what was sliced. */
const machine = { ...BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!, startGcode: 'G28', endGcode: 'M84' }
const material = BUILTIN_MATERIALS.find(({ id }) => id === 'pla')!
const quality = BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!

/** A low round disc. */
function disc(radiusMm: number, heightMm: number, sides = 72): Mesh {
  const ring = (z: number) => Array.from({ length: sides }, (_, i) => [radiusMm * Math.cos((2 * Math.PI * i) / sides), radiusMm * Math.sin((2 * Math.PI * i) / sides), z])
  const faces = Array.from({ length: sides }, (_, i) => {
    const [a, b, c, d] = [i, (i + 1) % sides, sides + i, sides + ((i + 1) % sides)]
    return [a, b, d, a, d, c, 2 * sides, b, a, 2 * sides + 1, c, d]
  }).flat()
  return { positions: Float32Array.from([...ring(0), ...ring(heightMm), [0, 0, 0], [0, 0, heightMm]].flat()), indices: Uint32Array.from(faces) }
}

/** The file without the settings at its end, of which every new one would change it. */
async function sliced(mesh: Mesh, overrides: SettingValues): Promise<string> {
  const made = await makePrint({ objects: [placed(mesh, [110, 110, 0])], machine, material, quality, overrides: { skirtLines: 0, minLayerTimeS: 0, ...overrides }, title: 'golden' }, createLocalSlicePool())
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  const text = new TextDecoder().decode(made.value.gcode)
  return text.slice(0, text.indexOf('; gongbang_config = begin'))
}

// Small enough to be read line by line: walls before fill, seam, combing, retraction, layer heights, feeds, fan.
describe('the G-code of', () => {
  it('a box of three layers with sparse infill between its skins is the golden file', async () => {
    await expect(await sliced(boxMesh([0, 0, 0], [8, 8, 0.6]), { topLayers: 1, bottomLayers: 1, infillPercent: 30, wallCount: 1 })).toMatchFileSnapshot('../../golden/slices/box.gcode')
  })

  it('a disc with arcs is the golden file', async () => {
    await expect(await sliced(disc(6, 0.4), { arcFitting: true, infillPercent: 0, topLayers: 0, bottomLayers: 0, wallCount: 2 })).toMatchFileSnapshot('../../golden/slices/disc-with-arcs.gcode')
  })

  it('two posts, with the way between them, is the golden file', async () => {
    await expect(await sliced(joinMeshes(boxMesh([0, 0, 0], [6, 6, 0.4]), boxMesh([12, 0, 0], [18, 6, 0.4])), { infillPercent: 0, topLayers: 0, bottomLayers: 0, wallCount: 1, zHopMm: 0.2, wipeMm: 1 })).toMatchFileSnapshot('../../golden/slices/two-posts.gcode')
  })
})
