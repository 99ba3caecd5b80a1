import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importForeignProfiles } from '../../../../shared/machine/import-profiles/import-foreign-profiles'
import { CURA_RULES } from '../../../../shared/machine/import-profiles/cura-rules'
import { ORCA_RULES } from '../../../../shared/machine/import-profiles/orca-rules'
import { PRUSA_RULES } from '../../../../shared/machine/import-profiles/prusa-rules'
import { expandTemplate } from '../../../../shared/gcode/expand-template'
import { translateTemplate } from '../../../../shared/machine/import-profiles/translate-template'
import type { ImportedProfiles } from '../../../../shared/machine/import-profiles/foreign-profile'
import type { MachineProfile } from '../../../../shared/machine/profile'
import { SETTINGS, type SettingDefinition } from '../../../../shared/slicing/settings'

function taken(...files: readonly (readonly [name: string, content: string | object | Uint8Array])[]): ImportedProfiles {
  const result = importForeignProfiles(files.map(([name, content]) => ({ name, bytes: content instanceof Uint8Array ? content : strToU8(typeof content === 'string' ? content : JSON.stringify(content)) })))
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value
}
function profile({ profiles }: ImportedProfiles, kind: string, name?: string) {
  const found = profiles.find((stored) => stored.kind === kind && (name === undefined || stored.profile.name === name))
  if (!found) throw new Error(`no ${kind} ${name ?? ''} among ${profiles.map((stored) => `${stored.kind} ${stored.profile.name}`).join(', ')}`)
  return found.profile
}
const leftKeys = ({ left }: ImportedProfiles) => left.map(({ code, values }) => `${code} ${values?.['key'] ?? values?.['parent'] ?? values?.['name']}`)

const BUNDLE = `# a bundle of a workshop
[print:*base*]
perimeters = 3
layer_height = 0.2
first_layer_height = 150%
extrusion_width = 0.45
external_perimeter_extrusion_width = 0
perimeter_speed = 60
external_perimeter_speed = 50%
fill_density = 20%
fill_pattern = gyroid
support_material = 1
support_material_style = organic
bridge_flow_ratio = 0.9
[print:*strong*]
perimeters = 5
[print:Bench 0.2]
inherits = *base*; *strong*
fill_density = 35%
brim_type = outer_only
slice_closing_radius = 0.049
compatible_printers_condition = nozzle_diameter[0]==0.6
[filament:Hall PETG]
inherits = *petg common*
filament_type = PETG
temperature = 245
first_layer_temperature = 240
bed_temperature = 85
filament_retract_length = nil
extrusion_multiplier = 0.98
filament_density = 1.27
[printer:Hall printer]
bed_shape = 0x0,250x0,250x210,0x210
max_print_height = 200
nozzle_diameter = 0.6
gcode_flavor = klipper
machine_max_feedrate_x = 300,200
machine_max_jerk_x = 9,9
retract_length = 0.7
start_gcode = M862.3 P \\"[printer_model]\\"\\nG28\\nM109 S[first_layer_temperature] ; hot [x]\\nM190 S{first_layer_bed_temperature[0]}
end_gcode = {if layer_z < max_print_height}G1 Z{z_offset+min(layer_z+5, max_print_height)} F720 ; head up{endif}
layer_gcode = {local x = 1}
z_offset = 0.1
printer_model = HALL
`

describe('profiles of PrusaSlicer', () => {
  const read = taken(['workshop.ini', BUNDLE])

  it('come out of a bundle with what they inherit, the later parent stronger, the own value strongest', () => {
    expect(read.profiles.map(({ kind, profile: { name } }) => `${kind} ${name}`)).toEqual(['quality Bench 0.2', 'material Hall PETG', 'machine Hall printer'])
    expect(profile(read, 'quality').settings).toMatchObject({ wallCount: 5, infillPercent: 35, infillPattern: 'gyroid', supportKind: 'tree', brimKind: 'outer', bridgeFlowPercent: 90, nozzleDiameterMm: 0.6 })
  })

  it('have percentages worked out of what they are shares of, and a width of zero taken from the common one', () => {
    expect(profile(read, 'quality').settings).toMatchObject({ firstLayerHeightMm: 0.3, outerWallFeedMmPerS: 30, outerWallLineWidthMm: 0.45, innerWallLineWidthMm: 0.45 })
  })

  it('bring materials, where nil says nothing', () => {
    expect(profile(read, 'material')).toMatchObject({ type: 'PETG', settings: { hotendC: 245, firstLayerHotendC: 240, bedC: 85, firstLayerBedC: 85, flowPercent: 98, densityGPerCm3: 1.27 } })
    expect(profile(read, 'material').settings.retractionMm).toBeUndefined()
  })

  it('bring machines with bed, firmware, limits and G-code in our words', () => {
    const machine = profile(read, 'machine') as MachineProfile
    expect(machine).toMatchObject({ firmware: 'klipper', volume: { xMm: 250, yMm: 210, zMm: 200, origin: 'corner', shape: 'rectangle' }, motion: { cornering: { kind: 'jerk' } }, settings: { nozzleDiameterMm: 0.6, retractionMm: 0.7 } })
    expect(machine.motion.maxFeedMmPerS[0]).toBe(300)
    expect(machine.startGcode).toBe('M862.3 P "HALL"\nG28\nM109 S{firstLayerHotendC} ; hot\nM190 S{firstLayerBedC}')
    expect(machine.endGcode).toBe('{if topMm < volumeZMm}G1 Z{0.1+min(topMm+5, volumeZMm)} F720 ; head up{endif}')
  })

  it('tell what was left out: settings without a counterpart, parents that are missing, G-code that calculates', () => {
    expect(leftKeys(read).toSorted()).toEqual(['import-profile/missing-parent *petg common*', 'import-profile/no-such-setting slice_closing_radius', 'import-profile/no-such-setting z_offset', 'import-profile/template layer_gcode'])
  })

  it('come out of a flat configuration, each key told once', () => {
    const flat = taken(['config.ini', 'layer_height = 0.3\nfilament_type = ASA;ABS\ntemperature = 255\nbed_shape = -100x-100,100x-100,100x100,-100x100\nnozzle_diameter = 0.8\nextrusion_width = 230%\nfill_pattern = hilbertcurve\nprinter_settings_id = Mill 8\nwipe_tower_x = 170'])
    expect(profile(flat, 'quality').settings).toMatchObject({ layerHeightMm: 0.3, outerWallLineWidthMm: 0.69, nozzleDiameterMm: 0.8 })
    expect(profile(flat, 'material')).toMatchObject({ type: 'ASA', settings: { hotendC: 255 } })
    expect(profile(flat, 'machine', 'Mill 8')).toMatchObject({ volume: { xMm: 200, yMm: 200, origin: 'centre' } })
    expect(leftKeys(flat)).toEqual(['import-profile/no-such-setting wipe_tower_x', 'import-profile/no-such-value fill_pattern'])
  })
})

describe('presets of OrcaSlicer', () => {
  const read = taken(
    ['fdm_common.json', { type: 'process', name: 'fdm_common', instantiation: 'false', wall_loops: '2', layer_height: '0.2', line_width: '110%', nozzle_diameter: '0.4', sparse_infill_pattern: 'crosshatch' }],
    ['0.16 Fine.json', { type: 'process', name: '0.16 Fine', inherits: 'fdm_common', layer_height: '0.16', wall_sequence: 'outer wall/inner wall', enable_support: '1', support_type: 'tree(auto)' }],
    ['PLA.json', { type: 'filament', name: 'House PLA', inherits: 'fdm_filament_pla', filament_type: ['PLA'], nozzle_temperature: ['215', '220'], filament_flow_ratio: ['0.97'], enable_pressure_advance: ['1'], pressure_advance: ['0.03'] }],
    ['Cube.json', { type: 'machine', name: 'Cube 0.4', printable_area: ['0x0', '180x0', '180x180', '0x180'], printable_height: '190', nozzle_diameter: ['0.4'], machine_max_acceleration_x: ['20000', '9000'], retraction_length: ['0.5'] }],
  )

  it('inherit by name among the files that are given together', () => {
    expect(read.profiles.map(({ profile: { name } }) => name)).toEqual(['0.16 Fine', 'House PLA', 'Cube 0.4'])
    expect(profile(read, 'quality').settings).toMatchObject({ layerHeightMm: 0.16, wallCount: 2, wallOrder: 'outer-first', supportKind: 'tree', outerWallLineWidthMm: 0.44 })
  })

  it('give the first extruder’s values of lists', () => {
    expect(profile(read, 'material').settings).toMatchObject({ hotendC: 215, flowPercent: 97, pressureAdvanceS: 0.03 })
    expect(profile(read, 'machine')).toMatchObject({ volume: { xMm: 180, yMm: 180, zMm: 190 }, settings: { retractionMm: 0.5 } })
  })

  it('tell what was left out', () => {
    expect(leftKeys(read)).toEqual(['import-profile/missing-parent fdm_filament_pla', 'import-profile/no-such-value sparse_infill_pattern'])
  })
})

describe('profiles of Cura', () => {
  it('come out of a .curaprofile: machine and first extruder together, simple calculations done', () => {
    const ini = (metadata: string, values: string) => strToU8(`[general]\nversion = 4\nname = Cups\ndefinition = bench\n\n[metadata]\ntype = quality_changes\n${metadata}\n\n[values]\n${values}\n`)
    const bytes = zipSync({ bench_cups: ini('', 'layer_height = 0.15\nadhesion_type = brim\nbrim_width = 6\nsupport_enable = True\nsupport_structure = tree\n'), bench_e0: ini('position = 0', 'infill_sparse_density = 12.5\nspeed_wall_0 = =speed_print / 2\nspeed_print = 50\nzzz_key = 1\ninfill_angles = =[0 if x else 90]\n'), bench_e1: ini('position = 1', 'infill_sparse_density = 99\n') })
    const read = taken(['cups.curaprofile', bytes])
    expect(profile(read, 'quality', 'Cups').settings).toEqual({ layerHeightMm: 0.15, brimWidthMm: 6, skirtLines: 0, supportKind: 'tree', infillPercent: 12.5, outerWallFeedMmPerS: 25, innerWallFeedMmPerS: 50, skinFeedMmPerS: 50, infillFeedMmPerS: 50, supportFeedMmPerS: 50 })
    expect(leftKeys(read)).toEqual(['import-profile/calculation infill_angles', 'import-profile/no-such-setting zzz_key'])
  })

  it('come out of definitions that build on each other', () => {
    const read = taken(
      ['maker_base.def.json', { version: 2, name: 'Base', inherits: 'fdmprinter', metadata: { visible: false }, overrides: { machine_width: { default_value: 300 }, retraction_amount: { default_value: 4 }, machine_heated_bed: { default_value: false } } }],
      ['maker_one.def.json', { version: 2, name: 'One', inherits: 'maker_base', metadata: { manufacturer: 'Maker', visible: true }, overrides: { machine_depth: { value: 'machine_width - 40' }, machine_height: { default_value: 320 }, machine_gcode_flavor: { default_value: 'RepRap (Marlin/Sprinter)' }, machine_start_gcode: { default_value: 'G28\nM109 S{material_print_temperature_layer_0}' } } }],
    )
    expect(read.profiles).toHaveLength(1)
    expect(profile(read, 'machine', 'One')).toMatchObject({ vendor: 'Maker', firmware: 'marlin', heatedBed: false, volume: { xMm: 300, yMm: 260, zMm: 320 }, startGcode: 'G28\nM109 S{firstLayerHotendC}', settings: { retractionMm: 4 } })
    expect(read.left).toEqual([])
  })
})

describe('any files', () => {
  it('are refused by name when none holds a profile, and told beside the others when some do', () => {
    const nothing = importForeignProfiles([{ name: 'notes.json', bytes: strToU8('{"a": 1}') }, { name: 'cut.curaprofile', bytes: new Uint8Array([0x50, 0x4b, 3, 4]) }])
    expect(nothing.problems.map(({ code }) => code)).toEqual(['import-profile/unknown-file', 'import-profile/damaged'])
    expect(nothing.ok).toBe(false)
    expect(leftKeys(taken(['a.ini', 'layer_height = 0.2'], ['b.json', '{'])).at(0)).toBe('import-profile/unknown-file b.json')
  })

  it('never make it throw, nor give a profile that is out of range', () => {
    const value = fc.oneof(fc.constantFrom('0', '-1', '1e9', 'nil', '50%', '""', 'a;b', '0x0,1x1', '{', '[x]'), fc.string({ maxLength: 12 }))
    const key = fc.constantFrom(...PRUSA_RULES.flatMap(({ from }) => from), 'bed_shape', 'max_print_height', 'start_gcode', 'inherits')
    const holds = fc.property(fc.array(fc.tuple(key, value), { maxLength: 20 }), fc.constantFrom('', '[print:a]\n', '[printer:a]\n'), (pairs, head) => {
      const result = importForeignProfiles([{ name: 'x.ini', bytes: strToU8(`${head}layer_height = 0.2\n${pairs.map(([one, text]) => `${one} = ${text}`).join('\n')}`) }])
      return result.ok && result.value.left.every(({ code }) => code.startsWith('import-profile/'))
    })
    expect(fc.check(holds, { seed: 8, numRuns: 200 })).toMatchObject({ failed: false })
  })
})

describe('the tables of keys', () => {
  it.each([['PrusaSlicer', PRUSA_RULES], ['OrcaSlicer', ORCA_RULES], ['Cura', CURA_RULES]] as const)('of %s name choices that the settings have', (_program, rules) => {
    const wrong = rules.filter(({ to, how }) => {
      const definition: SettingDefinition = SETTINGS[to]
      if (how.as === 'flag') return definition.kind !== 'boolean'
      if (how.as !== 'choice') return definition.kind !== 'number'
      return !Object.values(how.values).every((text) => (definition.kind === 'choice' ? definition.choices.includes(text) : definition.kind === 'boolean' ? /^(true|false)$/.test(text) : Number.isFinite(Number(text))))
    })
    expect(wrong.map(({ to }) => to)).toEqual([])
  })
})

describe('a template', () => {
  const values = new Map([['printer_model', 'MINI'], ['printer_notes', 'Keep.\\nPRINTER_MODEL_MINI'], ['z_offset', '-0.05'], ['machine_max_feedrate_z', '12,10'], ['nozzle_diameter', '0.4']])
  const translate = (theirs: string, where: 'start' | 'end' | 'layer' = 'start') => translateTemplate(theirs, { where, values })

  it.each([
    ['M104 S[temperature_0]', 'M104 S{hotendC}'],
    ['M140 S{bed_temperature[initial_extruder]} ; warm {x}', 'M140 S{bedC} ; warm'],
    ['"G28\\nG92 E0 ; plain"', 'G28\nG92 E0 ; plain'],
    ['M862.3 P \\"[printer_model]\\"', 'M862.3 P "MINI"'],
    ['M104 S{first_layer_temperature[0] - 60}', 'M104 S{firstLayerHotendC - 60}'],
    ['G1 F{machine_max_feedrate_z[0]*60}', 'G1 F{12*60}'],
    ['G1 Y{print_bed_max[1]*0.8}', 'G1 Y{maxYMm*0.8}'],
    ['{if nozzle_diameter[0]==0.6}M1{elsif filament_type[0]=="PETG"}M2{else}M3{endif}', '{if nozzleDiameterMm==0.6}M1{elsif materialType=="PETG"}M2{else}M3{endif}'],
    ['{if printer_notes=~/.*PRINTER_MODEL_MINI.*/ and layer_height<0.1}M1{endif}', '{if true and layerHeightMm<0.1}M1{endif}'],
    ['T[initial_tool]\n{if not has_wipe_tower}G92 E0{endif}', 'T0\n{if not false}G92 E0{endif}'],
    ['G1 X1 ; up{if layer_height>1}\n{endif}', 'G1 X1 ; up{if layerHeightMm>1}\n{endif}'],
  ])('%s becomes %s', (theirs, ours) => {
    expect(translate(theirs)).toBe(ours)
  })

  it('of the end knows the layers that were printed', () => {
    expect(translate('{if layer_z < max_print_height}G1 Z{z_offset+min(max_layer_z+1, max_print_height)}{endif}', 'end')).toBe('{if topMm < volumeZMm}G1 Z{(-0.05)+min(topMm+1, volumeZMm)}{endif}')
  })

  it('of a layer knows its number and height', () => {
    expect(translate(';[layer_num] {layer_z}', 'layer')).toBe(';{layer} {layerZMm}')
  })

  it.each(['G1 Z{layer_z + 1}', 'M117 [unknown]', '{if unknown > 5}M107{endif}', 'M117 [layer_num]', 'M104 S{temperature[1]}', '{if print_settings_id=~/.*FAST.*/}M1{endif}', '{local x = 1}', 'G1 X{1', '{digits(layer_height,1,2)}'])('%s can’t be carried over into a start G-code', (theirs) => {
    expect(translate(theirs)).toBeUndefined()
  })

  it('gives what our own templates can be filled in from', () => {
    const ours = translate('{if printer_notes=~/.*MINI.*/ and nozzle_diameter[0]==0.4}M1 S{min(first_layer_temperature[0], 170)}\n{endif}G28', 'start')
    expect(expandTemplate(ours ?? '', { nozzleDiameterMm: 0.4, firstLayerHotendC: 215 }, 'start')).toMatchObject({ ok: true, value: ['M1 S170', 'G28'] })
  })
})
