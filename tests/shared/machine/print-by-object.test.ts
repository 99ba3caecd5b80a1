import { describe, expect, it } from 'vitest'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { arrangeHeadRoom, headClearanceOf } from '../../../shared/machine/head-clearance'
import { type PrintRequest, makePrint } from '../../../shared/machine/make-print'
import type { SettingValues } from '../../../shared/slicing/settings'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { boxMesh, placed } from '../slicing/solids'

const pool = createLocalSlicePool()
const machine = BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!
const [material] = BUILTIN_MATERIALS
const quality = BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!
const HIGH = placed(boxMesh([0, 0, 0], [12, 12, 6]), [40, 40, 0], 'High')
const LOW = placed(boxMesh([0, 0, 0], [12, 12, 2]), [120, 120, 0], 'Low')

function print(overrides: SettingValues, request: Partial<PrintRequest> = {}) {
  return makePrint({ objects: [{ ...HIGH, id: 'high' }, { ...LOW, id: 'low' }], machine, material: material!, quality, overrides: { printOrder: 'by-object', ...overrides }, title: 'Two', ...request }, pool)
}

async function gcodeOf(overrides: SettingValues, request: Partial<PrintRequest> = {}): Promise<string> {
  const made = await print(overrides, request)
  if (!made.ok) throw new Error(made.problems[0]!.message)
  return new TextDecoder().decode(made.value.gcode)
}

describe('a print object by object', () => {
  it('counts its layers through the whole file, and tells the height of each', async () => {
    const gcode = await gcodeOf({})
    const numbers = [...gcode.matchAll(/^;LAYER:(\d+)$/gm)].map(([, number]) => Number(number))
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => i))
    expect(gcode).toContain(';LAYER_COUNT:40\n')
    const heights = [...gcode.matchAll(/^;Z:([\d.]+)$/gm)].map(([, z]) => Number(z))
    expect([heights[29], heights[30], heights[39]]).toEqual([6, 0.2, 2])
  })

  it('reads back as it was written, with its layers and time', async () => {
    const made = await print({ skirtLines: 2 })
    if (!made.ok) throw new Error('refused')
    const parsed = parseGcode(made.value.gcode)
    if (!parsed.ok) throw new Error('unread')
    expect(parsed.value.toolpath.layers.map(({ zMm }) => Math.round(zMm * 100))).toEqual(made.value.toolpath.layers.map(({ zMm }) => Math.round(zMm * 100)))
    const { layerEndS, timeS } = made.value.estimate
    expect(layerEndS.every((end, i) => i === 0 || end > layerEndS[i - 1]!)).toBe(true)
    expect(layerEndS.at(-1)).toBeCloseTo(timeS, 0)
  })

  it('labels each object once, and not the way between them', async () => {
    const gcode = await gcodeOf({ objectLabels: true, brimWidthMm: 2 }, { machine: { ...machine, firmware: 'klipper' } })
    const told = [...gcode.matchAll(/^EXCLUDE_OBJECT_(START|END) NAME=(\w+)$/gm)].map(([, what, name]) => `${what} ${name}`)
    expect(told).toEqual(['START High_1', 'END High_1', 'START Low_2', 'END Low_2'])
    const between = gcode.split('EXCLUDE_OBJECT_END NAME=High_1')[1]!.split('EXCLUDE_OBJECT_START NAME=Low_2')[0]!
    expect(between).toMatch(/^G0 .*Z8/m)
    const afterStart = gcode.split('EXCLUDE_OBJECT_START NAME=Low_2')[1]!
    // The brim is the object's own.
    expect(afterStart.indexOf(';ROLE:brim')).toBeGreaterThan(0)
    expect(afterStart.indexOf(';ROLE:brim')).toBeLessThan(afterStart.indexOf(';TYPE:WALL-OUTER'))
  })

  it('ends above the highest object, though a lower one is printed last', async () => {
    const gcode = await gcodeOf({}, { machine: { ...machine, endGcode: 'G1 Z{topMm + 5} F600' } })
    expect(gcode).toContain('\nG1 Z11 F600\n')
  })

  it('prints vases one after the other, which layer by layer are refused', async () => {
    expect((await print({ spiralVase: true, printOrder: 'by-layer' })).problems).toMatchObject([{ code: 'slicing/vase-one-object' }])
    const made = await print({ spiralVase: true })
    expect(made.ok && made.problems.filter(({ code }) => code === 'slicing/vase-left-out')).toEqual([])
  })

  it('has a raft under each object', async () => {
    const made = await print({ raftLayers: 2 })
    if (!made.ok) throw new Error(made.problems[0]!.message)
    const heights = made.value.toolpath.layers.map(({ zMm }) => Math.round(zMm * 100) / 100)
    expect(heights.filter((z) => z === 0.3)).toHaveLength(2)
  })

  it('is refused where the head of the machine has no room', async () => {
    const near = { ...LOW, id: 'near', transform: placed(LOW.mesh, [40 + 12 + headClearanceOf(machine).leftMm - 1, 40, 0]).transform }
    expect((await print({}, { objects: [{ ...HIGH, id: 'high' }, near] })).problems).toMatchObject([{ code: 'slicing/head-hits', values: { name: 'High', other: 'Low' } }])
  })

  it('takes more room for a head that nobody measured than for those of common printers', () => {
    const cautious = headClearanceOf({})
    const known = BUILTIN_MACHINES.flatMap(({ headClearance }) => (headClearance ? [headClearance] : []))
    expect(known.length).toBeGreaterThan(4)
    expect(Math.max(...known.flatMap(({ leftMm, rightMm, frontMm, backMm }) => [leftMm, rightMm, frontMm, backMm]))).toBeLessThan(cautious.leftMm)
    expect(arrangeHeadRoom({}, { printOrder: 'by-layer', brimWidthMm: 3, brimGapMm: 0 })).toBeUndefined()
    expect(arrangeHeadRoom({ headClearance: { leftMm: 10, rightMm: 20, frontMm: 5, backMm: 15, gantryHeightMm: 20 } }, { printOrder: 'by-object', brimWidthMm: 3, brimGapMm: 0.5 })).toEqual([27, 22])
  })
})
