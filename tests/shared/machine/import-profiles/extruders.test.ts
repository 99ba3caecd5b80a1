import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { importForeignProfiles } from '../../../../shared/machine/import-profiles/import-foreign-profiles'
import type { MachineProfile } from '../../../../shared/machine/profile'

function imported(name: string, text: string) {
  const result = importForeignProfiles([{ name, bytes: strToU8(text) }])
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

function machineOf(name: string, text: string): MachineProfile {
  const found = imported(name, text).profiles.find(({ kind }) => kind === 'machine')
  return found?.profile as MachineProfile
}

const BED = 'bed_shape = 0x0,250x0,250x210,0x210\nmax_print_height = 200\ngcode_flavor = marlin2\n'

describe('extruders of other slicers’ machines', () => {
  it('come with their nozzles, retractions and offsets', () => {
    const machine = machineOf('dual.ini', `${BED}nozzle_diameter = 0.4,0.6\nretract_length = 0.8,1.2\nextruder_offset = 0x0,18.5x-0.2\nwiping_volumes_matrix = 0,90,140,0\nextruder_clearance_radius = 45\nextruder_clearance_height = 20\n`)
    expect(machine.extruders).toEqual([{ settings: {} }, { settings: { nozzleDiameterMm: 0.6, retractionMm: 1.2 }, offsetMm: [18.5, -0.2] }])
    expect(machine.sharedNozzle).toBeUndefined()
    expect(machine.purgeMm3).toEqual([[0, 90], [140, 0]])
    expect(machine.headClearance).toEqual({ leftMm: 45, rightMm: 45, frontMm: 45, backMm: 45, gantryHeightMm: 20 })
  })

  it('share a nozzle in a multi-material unit', () => {
    const machine = machineOf('mmu.ini', `${BED}nozzle_diameter = 0.4,0.4,0.4,0.4,0.4\nsingle_extruder_multi_material = 1\nstart_gcode = T[initial_tool]\n`)
    expect(machine.extruders).toHaveLength(5)
    expect(machine).toMatchObject({ sharedNozzle: true, startGcode: 'T{firstTool}' })
  })

  it('are one where only one is named', () => {
    const machine = machineOf('one.ini', `${BED}nozzle_diameter = 0.4\nextruder_offset = 0x0\n`)
    expect([machine.extruders, machine.sharedNozzle, machine.headClearance]).toEqual([undefined, undefined, undefined])
  })

  it('come from Cura’s and OrcaSlicer’s machines too', () => {
    const cura = machineOf('dual.def.json', JSON.stringify({ version: 2, name: 'Dual', inherits: 'fdmprinter', metadata: {}, overrides: { machine_width: { default_value: 200 }, machine_depth: { default_value: 200 }, machine_height: { default_value: 180 }, machine_extruder_count: { default_value: 2 }, gantry_height: { default_value: 28 }, machine_head_with_fans_polygon: { default_value: [[-31, 31], [34, 31], [34, -40], [-31, -40]] } } }))
    expect(cura.extruders).toHaveLength(2)
    expect(cura.headClearance).toEqual({ leftMm: 31, rightMm: 34, frontMm: 40, backMm: 31, gantryHeightMm: 28 })
    const orca = machineOf('dual.json', JSON.stringify({ type: 'machine', name: 'Dual', from: 'system', instantiation: 'true', nozzle_diameter: ['0.4', '0.4'], printable_area: ['0x0', '220x0', '220x220', '0x220'], printable_height: '250', extruder_offset: ['0x0', '0x25'], extruder_clearance_radius: '65', extruder_clearance_height_to_rod: '36' }))
    expect(orca.extruders).toMatchObject([{ settings: {} }, { offsetMm: [0, 25] }])
    expect(orca.headClearance).toMatchObject({ leftMm: 65, gantryHeightMm: 36 })
  })

  it('print what other slicers let them print, one object after the other and with a tower', () => {
    const { profiles } = imported('q.ini', 'layer_height = 0.2\nperimeters = 2\ncomplete_objects = 1\ninfill_extruder = 2\nsupport_material_extruder = 0\nsupport_material_interface_extruder = 2\nwipe_tower = 0\nwipe_tower_width = 60\n')
    const quality = profiles.find(({ kind }) => kind === 'quality')?.profile
    expect(quality?.settings).toMatchObject({ printOrder: 'by-object', infillExtruder: 2, supportExtruder: 0, supportInterfaceExtruder: 2, primeTower: false, primeTowerWidthMm: 60 })
  })
})
