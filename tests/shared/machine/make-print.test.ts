import { describe, expect, it } from 'vitest'
import { checkGcode } from '../../../shared/gcode/check-gcode'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { makePrint, type PrintRequest } from '../../../shared/machine/make-print'
import type { MachineProfile } from '../../../shared/machine/profile'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { boxMesh, placed } from '../slicing/solids'

const pool = createLocalSlicePool()
const base = BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!
const [material] = BUILTIN_MATERIALS
const quality = BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!

async function print(machine: Partial<MachineProfile> = {}, request: Partial<PrintRequest> = {}) {
  const made = await makePrint({ objects: [placed(boxMesh([0, 0, 0], [10, 10, 2]), [100, 100, 0], 'Würfel 1')], machine: { ...base, ...machine }, material: material!, quality, overrides: {}, title: 'Test', ...request }, pool)
  if (!made.ok) throw new Error(made.problems[0]!.message)
  return new TextDecoder().decode(made.value.gcode)
}

describe('a print', () => {
  it.each(['marlin', 'prusa', 'klipper', 'reprapfirmware', 'smoothie'] as const)('for %s passes the check of a machine that speaks it', async (firmware) => {
    const gcode = await print({ firmware }, { overrides: { objectLabels: true, arcFitting: true, pressureAdvanceS: 0.03, outerWallAccelerationMmPerS2: 600 }, layerEvents: [{ kind: 'pause', zMm: 1 }] })
    const checked = checkGcode(new TextEncoder().encode(gcode), { firmware, maxHotendC: 300, maxBedC: 120 })
    expect(checked.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('labels objects with names that firmware takes', async () => {
    const gcode = await print({ firmware: 'klipper' }, { overrides: { objectLabels: true } })
    expect(gcode).toContain('EXCLUDE_OBJECT_DEFINE NAME=W_rfel_1_1 CENTER=105,105 POLYGON=[[100,100],[110,100],[110,110],[100,110]]\n')
    expect(gcode.match(/EXCLUDE_OBJECT_START NAME=W_rfel_1_1/g)).toHaveLength(gcode.match(/EXCLUDE_OBJECT_END NAME=W_rfel_1_1/g)!.length)
  })

  it('writes the layer template into every layer, and the templates of a pause and a colour change', async () => {
    const gcode = await print(
      { layerGcode: 'M117 layer {layer + 1} of {layerCount} at {layerZMm}', pauseGcode: 'PARK', colourChangeGcode: 'SWAP {materialType}' },
      { layerEvents: [{ kind: 'pause', zMm: 0.6 }, { kind: 'colour-change', zMm: 1.2 }] },
    )
    const layers = gcode.split(/^;LAYER:/m).slice(1)
    expect(layers).toHaveLength(10)
    layers.forEach((text, i) => expect(text).toContain(`M117 layer ${i + 1} of 10 at ${Math.round((i + 1) * 20) / 100}\n`))
    expect(layers.findIndex((text) => text.includes('\nPARK\n'))).toBe(2)
    expect(layers.findIndex((text) => text.includes('\nSWAP PLA\n'))).toBe(5)
  })

  it('tells a mistake in such a template before it slices', async () => {
    const made = await makePrint({ objects: [placed(boxMesh([0, 0, 0], [10, 10, 2]))], machine: { ...base, layerGcode: 'M117 {nothing}' }, material: material!, quality, overrides: {}, title: 'Test' }, pool)
    expect(made.ok).toBe(false)
    expect(made.problems[0]).toMatchObject({ code: 'gcode/unknown-variable', place: { line: 1, template: 'layer' } })
  })

  it('goes to the heat of the other layers after the first', async () => {
    const gcode = await print()
    const second = gcode.split(/^;LAYER:1$/m)[1]!
    expect(second.split('\n').slice(0, 12)).toContain('M104 S210')
    expect(gcode).toContain('M109 S215')
  })

  it('has settings of its own between two heights', async () => {
    const gcode = await print({}, { heightRanges: [{ fromMm: 1, toMm: 1.4, values: { hotendC: 190, outerWallFeedMmPerS: 7 } }] })
    const layers = gcode.split(/^;LAYER:/m).slice(1)
    expect(layers.map((text) => /M104 S(\d+)/.exec(text)?.[1])).toEqual([undefined, '210', undefined, undefined, undefined, '190', undefined, '210', undefined, undefined].map((one, i) => (i === 9 ? '0' : one)))
    expect(layers.map((text) => /;TYPE:WALL-OUTER(?:\n;.*)*\nG1 F(\d+)/.exec(text)?.[1] === '420')).toEqual(Array.from({ length: 10 }, (_, i) => i === 5 || i === 6))
  })
})
