import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { writeGcode } from '../../../shared/gcode/write-gcode'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { slicePlate } from '../../../shared/slicing/slice-plate'
import { workshopPath } from '../../workshop-folder'
import { placed, plate } from '../slicing/solids'
import { PLAIN } from './toolpaths'

const BENCHY = workshopPath('models', '3DBenchy.stl')

describe('arcs of a real part', () => {
  it.skipIf(!existsSync(BENCHY))('take at most 60 % of the bytes of its lines, within 0.025 mm', async () => {
    const model = parseModel(readFileSync(BENCHY), '3DBenchy.stl')
    if (!model.ok) throw new Error('unreadable')
    const sliced = await slicePlate(plate([placed(model.value.parts[0]!.mesh, [125, 125, 0])], { layerHeightMm: 0.3 }), createLocalSlicePool())
    if (!sliced.ok) throw new Error(JSON.stringify(sliced.problems))
    const size = (arcToleranceMm: number) => writeGcode(sliced.value, { ...PLAIN, arcToleranceMm }).length
    expect(size(0.025) / size(0)).toBeLessThan(0.6)
  }, 120_000)
})
