import { describe, expect, it } from 'vitest'
import { checkGcode } from '../../../shared/gcode/check-gcode'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { makePrint, type PrintRequest } from '../../../shared/machine/make-print'
import { estimateMaterials } from '../../../shared/machine/print-tools'
import type { MachineProfile } from '../../../shared/machine/profile'
import { validateProfile } from '../../../shared/machine/validate-profile'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../shared/slicing/settings'
import { toolRuns } from '../../../shared/toolpath/tool-runs'
import { ROLE } from '../../../shared/toolpath/toolpath'
import { boxMesh, placed } from '../slicing/solids'

const pool = createLocalSlicePool()
const base = BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!
const pla = BUILTIN_MATERIALS.find(({ type }) => type === 'PLA')!
const petg = BUILTIN_MATERIALS.find(({ type }) => type === 'PETG')!
const quality = BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!
const TWO: MachineProfile = { ...base, extruders: [{ settings: {} }, { settings: { retractionMm: 2 }, offsetMm: [18, 0.5] }], toolChangeS: 7 }

async function made(machine: Partial<MachineProfile> = {}, overrides: SettingValues = {}, request: Partial<PrintRequest> = {}) {
  const print = await makePrint({
    objects: [placed(boxMesh([0, 0, 0], [16, 16, 3]), [90, 100, 0], 'Box')], machine: { ...TWO, ...machine }, material: pla, moreMaterials: [petg], quality,
    overrides: { infillExtruder: 2, purgeMm3: 40, ...overrides }, title: 'Two', ...request,
  }, pool)
  if (!print.ok) throw new Error(print.problems[0]!.message)
  return { ...print.value, text: new TextDecoder().decode(print.value.gcode) }
}

describe('a print with two extruders', () => {
  it.each(['marlin', 'prusa', 'klipper', 'reprapfirmware', 'smoothie'] as const)('for %s passes the check of a machine that speaks it', async (firmware) => {
    const { gcode } = await made({ firmware }, { arcFitting: true, objectLabels: true, idleDropC: 30 })
    const checked = checkGcode(gcode, { firmware, maxHotendC: 300, maxBedC: 120, volume: { min: [-20, 0, 0], max: [220, 220, 250], shape: 'rectangle' } })
    expect(checked.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('reads back as it was made: tools, places and volumes', async () => {
    const { gcode, toolpath, estimate } = await made({ extruders: [{ settings: {} }, { settings: { filamentDiameterMm: 2.85 } }] })
    const parsed = parseGcode(gcode)
    if (!parsed.ok) throw new Error('unread')
    const volumes = (of: typeof toolpath) => {
      const sums = [0, 0]
      for (const { tool, firstMove, endMove } of toolRuns(of)) for (let i = firstMove; i < endMove; i++) if (of.role[i]! > ROLE.unretract && of.widthMm[i]! > 0) sums[tool]! += of.volumeMm3[i]!
      return sums
    }
    const [written, read] = [volumes(toolpath), volumes(parsed.value.toolpath)]
    expect(read[0]! / written[0]!).toBeCloseTo(1, 3)
    expect(read[1]! / written[1]!).toBeCloseTo(1, 3)
    expect(estimate.byTool.map(({ tool }) => tool)).toEqual([0, 1])
    expect(estimate.byTool[1]!.filamentMm).toBeCloseTo(written[1]! / (Math.PI * 1.425 ** 2), 1)
    expect(estimate.byTool.reduce((sum, { massG }) => sum + massG, 0)).toBeCloseTo(estimate.massG, 6)
  })

  it('says first which extruder begins, with its heat', async () => {
    const first = (text: string) => text.split('\n').filter((line) => /^(T\d|M104|M109)/.test(line)).slice(0, 3)
    expect(first((await made()).text)).toEqual(['T0', 'M104 S215', 'M109 S215'])
    expect(first((await made({}, { extruder: 2, infillExtruder: 1 })).text)).toEqual(['T1', `M104 S${petg.settings.firstLayerHotendC!}`, `M109 S${petg.settings.firstLayerHotendC!}`])
    expect((await made({ extruders: [{ settings: {} }] }, { infillExtruder: 0 })).text).not.toMatch(/^T\d/m)
  })

  it('waits for the heat of the extruder that comes, and begins its filament at 0', async () => {
    const { text } = await made()
    const change = text.split(/^T1$/m)[1]!.split('\n').slice(1, 5)
    expect(change.slice(0, 2)).toEqual(['G92 E0', `M109 S${petg.settings.firstLayerHotendC!}`])
  })

  it('takes the offset of a nozzle off its places', async () => {
    const { text, toolpath } = await made({}, { primeTower: false })
    const parsed = parseGcode(new TextEncoder().encode(text))
    if (!parsed.ok) throw new Error('unread')
    const reach = (of: typeof toolpath, tool: number, axis: number) => {
      let most = -Infinity
      for (const { firstMove, endMove, tool: own } of toolRuns(of)) for (let i = firstMove; i < endMove; i++) if (own === tool && of.role[i]! === ROLE.infill) most = Math.max(most, of.points[3 * i + 3 + axis]!)
      return most
    }
    expect(reach(toolpath, 1, 0) - reach(parsed.value.toolpath, 1, 0)).toBeCloseTo(18, 2)
    expect(reach(toolpath, 1, 1) - reach(parsed.value.toolpath, 1, 1)).toBeCloseTo(0.5, 2)
  })

  it('writes a place in full after each change, since the machine may have moved', async () => {
    const { text } = await made()
    const changes = text.split(/^T[01]$/m).slice(2)
    expect(changes.length).toBeGreaterThan(4)
    const first = changes.map((after) => after.split('\n').find((line) => /^G[0123] /.test(line)))
    expect(first.filter((line) => line === undefined || !/^G0 F\d+ X[-\d.]+ Y[-\d.]+ Z[-\d.]+$/.test(line))).toEqual([])
  })

  it('fills the template of a change in with both tools and the layer', async () => {
    const { text } = await made({ toolGcode: 'M117 {previousTool} > {nextTool} layer {layer} at {hotendC} C' })
    const told = [...text.matchAll(/^M117 (\d) > (\d) layer (\d+) at (\d+) C$/gm)].map(([, from, to, , heat]) => [from, to, heat].join(' '))
    expect(told.slice(0, 2)).toEqual([`0 1 ${petg.settings.hotendC!}`, `1 0 ${pla.settings.hotendC!}`])
    expect([...text.matchAll(/^M117 .* layer (\d+)/gm)].map(([, layer]) => Number(layer))).toEqual(expect.arrayContaining([4, 5]))
    const wrong = await makePrint({ objects: [placed(boxMesh([0, 0, 0], [16, 16, 2]))], machine: { ...TWO, toolGcode: 'M117 {tool}' }, material: pla, quality, overrides: {}, title: 'Two' }, pool)
    expect(wrong.problems).toMatchObject([{ code: 'gcode/unknown-variable', place: { template: 'tool' } }])
  })

  it('counts what each change takes into the time', async () => {
    const [quick, slow] = [await made({ toolChangeS: 0 }), await made({ toolChangeS: 20 })]
    const changes = [...slow.text.matchAll(/^T[01]$/gm)].length - 1
    expect(slow.estimate.timeS - quick.estimate.timeS).toBeCloseTo(20 * changes, 1)
    expect(slow.estimate.layerEndS.at(-1)).toBeCloseTo(slow.estimate.timeS, 0)
  })

  it('refuses heat that no extruder takes, and a nozzle that can’t lay the layers', async () => {
    const attempt = (machine: Partial<MachineProfile>, overrides: SettingValues) => makePrint({ objects: [placed(boxMesh([0, 0, 0], [16, 16, 2]), [90, 100, 0])], machine: { ...TWO, ...machine }, material: pla, moreMaterials: [petg], quality, overrides, title: 'Two' }, pool)
    expect((await attempt({ maxHotendC: 230 }, { infillExtruder: 2 })).problems.map(({ code }) => code)).toContain('print/too-hot')
    expect((await attempt({ extruders: [{ settings: {} }, { settings: { nozzleDiameterMm: 0.15 } }] }, { infillExtruder: 2 })).problems.map(({ code }) => code)).toContain('setting/layer-too-high')
  })

  it('prints each object with its own extruder', async () => {
    const objects = [placed(boxMesh([0, 0, 0], [16, 16, 1]), [60, 100, 0], 'First'), { ...placed(boxMesh([0, 0, 0], [16, 16, 1]), [120, 100, 0], 'Second'), id: 'second', values: { extruder: 2 } }]
    const { toolpath, text } = await made({}, { infillExtruder: 0, purgeMm3: 20 }, { objects })
    for (const { tool, firstMove, endMove } of toolRuns(toolpath)) {
      for (let i = firstMove; i < endMove; i++) {
        if (toolpath.role[i] !== ROLE['outer-wall']) continue
        expect(toolpath.points[3 * i + 3]! > 100 ? 1 : 0).toBe(tool)
      }
    }
    expect([...text.matchAll(/^T[01]$/gm)].map(([line]) => line)).toEqual(['T0', 'T1', 'T0', 'T1', 'T0', 'T1'])
  })

  it('prints supports, their interfaces and the raft with extruders of their own, on a tower without gaps', async () => {
    // A table: its top hangs over everything but the leg.
    const table = [placed(boxMesh([6, 6, 0], [10, 10, 3]), [90, 100, 0], 'Leg'), { ...placed(boxMesh([0, 0, 3], [16, 16, 4]), [90, 100, 0], 'Top'), id: 'top' }]
    const { toolpath } = await made({ extruders: [{ settings: {} }, { settings: {} }, { settings: {} }] }, { infillExtruder: 0, purgeMm3: 15, supportKind: 'snug', supportExtruder: 2, supportInterfaceExtruder: 3, raftLayers: 2 }, { objects: table })
    const toolsOf = (...roles: number[]) => new Set(toolRuns(toolpath).flatMap(({ tool, firstMove, endMove }) => (toolpath.role.slice(firstMove, endMove).some((role) => roles.includes(role)) ? [tool] : [])))
    expect([...toolsOf(ROLE.support)]).toEqual([1])
    expect([...toolsOf(ROLE['support-interface'])]).toEqual([2])
    expect([...toolsOf(ROLE['outer-wall'], ROLE['top-skin'], ROLE['bottom-skin'])]).toEqual([0])
    // Each layer of the tower is as thick as it lies above the one below, also over the raft's gap.
    const heights = [...new Set([...toolpath.role].flatMap((role, i) => (role === ROLE['prime-tower'] ? [Math.round(toolpath.points[3 * i + 5]! * 1000) / 1000] : [])))]
    const layers = toolpath.layers.map(({ zMm }) => Math.round(zMm * 1000) / 1000)
    expect(heights).toEqual(layers.slice(0, heights.length))
  })

  it('is refused before slicing when it names an extruder that isn’t there', async () => {
    const one = await makePrint({ objects: [placed(boxMesh([0, 0, 0], [16, 16, 2]))], machine: base, material: pla, quality, overrides: { supportExtruder: 2 }, title: 'One' }, pool)
    expect(one.problems).toMatchObject([{ code: 'slicing/no-such-extruder', values: { number: 2, count: 1 } }])
  })

  it('prints an object of the second extruder with the lines of its nozzle', async () => {
    const { toolpath } = await made({ extruders: [{ settings: {} }, { settings: { nozzleDiameterMm: 0.6 } }] }, { extruder: 2, infillExtruder: 0 })
    const walls = [...toolpath.widthMm].filter((_, i) => toolpath.role[i] === ROLE['outer-wall'])
    expect(Math.min(...walls)).toBeGreaterThan(0.55)
  })
})

describe('the materials of a file that was sliced elsewhere', () => {
  it('are those in the machine’s extruders', () => {
    const two = { ...TWO, extruders: [{ settings: {} }, { settings: { filamentDiameterMm: 2.85 } }] }
    expect(estimateMaterials({ machine: two, material: pla, moreMaterials: [petg] })).toMatchObject([{ filamentDiameterMm: 1.75, densityGPerCm3: pla.settings.densityGPerCm3 }, { filamentDiameterMm: 2.85, densityGPerCm3: petg.settings.densityGPerCm3 }])
    expect(estimateMaterials({ machine: base, material: petg })).toHaveLength(1)
  })
})

describe('a profile with several extruders', () => {
  it('is checked field by field', () => {
    const check = (profile: Partial<Record<keyof MachineProfile, unknown>>) => validateProfile({ kind: 'machine', profile: { ...TWO, ...profile } }).problems.map(({ code, place }) => `${code} ${String(place?.['key'])}`)
    expect(check({ purgeMm3: [[0, 70], [90, 0]], sharedNozzle: true })).toEqual([])
    expect(check({ extruders: [] })).toEqual(['profile/bad-field profile.extruders'])
    expect(check({ extruders: [{ settings: { nothing: 1 } }] })).toEqual(['profile/unknown-setting profile.extruders[0].settings.nothing'])
    expect(check({ extruders: [{ settings: {}, offsetMm: [1] }] })).toEqual(['profile/bad-field profile.extruders[0].offsetMm'])
    expect(check({ purgeMm3: [[0, 70, 3], [90, 0]] })).toEqual(['profile/bad-field profile.purgeMm3[0]'])
    expect(check({ headClearance: { leftMm: -1, rightMm: 1, frontMm: 1, backMm: 1, gantryHeightMm: 1 } })).toEqual(['profile/out-of-range profile.headClearance.leftMm'])
  })
})
