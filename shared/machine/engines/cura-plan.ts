import { writeStl } from '../../formats/stl/write-stl'
import { multiplyMatrices, translation } from '../../mesh/matrix'
import { transformMesh } from '../../mesh/transform-mesh'
import type { SettingKey, SlicingSettings } from '../../slicing/settings'
import { machineVolume } from '../machine-volume'
import { templateVariables } from '../print-templates'
import type { Firmware, MachineProfile } from '../profile'
import { curaFormulas } from './cura-values'
import { type EnginePlan, noCounterpart } from './engine'
import { type EngineTask, leftOfPlate, STUDIO_KEYS } from './engine-request'
import { framedLines } from './frame-marks'
import { reverseRules } from './reverse-rules'

/** Written out with the formulas. */
const BY_HAND: readonly SettingKey[] = [
  'supportKind', 'supportOnBedOnly', 'supportInterfaceLayers', 'supportTopGapLayers', 'supportBottomGapLayers', 'supportBrimMm', 'treeWallCount', 'infillJoined', 'infillAngleDeg', 'bridgeFeedMmPerS', 'topThicknessMm', 'bottomThicknessMm',
  'skirtLines', 'skirtDistanceMm', 'brimWidthMm', 'brimKind', 'brimGapMm', 'raftLayers', 'raftMarginMm', 'raftGapMm', 'combing', 'zHopMm', 'fanPercent', 'fanFullFromLayer', 'hotendC', 'bedC', 'firstLayerHotendC', 'firstLayerBedC',
  'ironing', 'fuzzySkin', 'seam', 'wallOrder', 'infillEveryLayers', 'fanLeastPercent', 'printOrder', 'supportRetraction',
]
const FLAVOURS: Readonly<Record<Firmware, string>> = { marlin: 'RepRap (Marlin/Sprinter)', prusa: 'RepRap (Marlin/Sprinter)', klipper: 'RepRap (Marlin/Sprinter)', smoothie: 'RepRap (Marlin/Sprinter)', reprapfirmware: 'RepRap (RepRap)', grbl: 'RepRap (Marlin/Sprinter)' }
const SEAMS: Readonly<Record<SlicingSettings['seam'], string>> = { aligned: 'sharpest_corner', nearest: 'shortest', rear: 'back', 'sharpest-corner': 'sharpest_corner', random: 'random' }
const OUTPUT = 'print.gcode'

/** Where an installation keeps what the engine's keys are and what they are unless set: the arguments name it. */
export const CURA_DEFINITION = 'fdmprinter.def.json'

/** How CuraEngine slices a plate: one STL an object about the middle of the bed, every value written out. */
export function planCura({ request, settings }: EngineTask): EnginePlan {
  const { values, left } = reverseRules('Cura', settings, new Set([...BY_HAND, ...STUDIO_KEYS]))
  const own = { ...curaFormulas(settings), ...special(settings), ...printer({ request, settings, version: undefined }) }
  const all = [...new Map<string, string | number | boolean>([...values, ...Object.entries(own)])].flatMap(([key, value]) => ['-s', `${key}=${value}`])
  const { min, max } = machineVolume(request.machine)
  // The engine's zero is the middle of the bed, whatever the machine's is.
  const shift = request.machine.volume.origin === 'corner' ? translation(-(min[0] + max[0]) / 2, -(min[1] + max[1]) / 2, 0) : translation(0, 0, 0)
  const models = request.objects.map(({ mesh, transform }, i) => ({ name: `object-${i + 1}.stl`, bytes: writeStl(transformMesh(mesh, multiplyMatrices(shift, transform))) }))
  return {
    kind: 'cura',
    files: models,
    // Settings of the machine, and once more of its only extruder, which doesn't take them over.
    args: ['slice', '-v', '-p', '-j', CURA_DEFINITION, ...all, '-e0', ...all, ...models.flatMap(({ name }) => ['-l', name]), '-o', OUTPUT],
    outputName: OUTPUT,
    left: [...leftOfPlate('cura', request), ...[...left, ...leftByHand(settings)].map((key) => noCounterpart('cura', key, settings[key]))],
  }
}

function special({ ironing, fuzzySkin, seam, wallOrder }: SlicingSettings): Readonly<Record<string, string | boolean>> {
  return {
    ironing_enabled: ironing !== 'none', ironing_only_highest_layer: ironing === 'topmost', ironing_monotonic: true,
    magic_fuzzy_skin_enabled: fuzzySkin !== 'none', magic_fuzzy_skin_outside_only: fuzzySkin === 'outside',
    z_seam_type: SEAMS[seam], z_seam_corner: seam === 'rear' ? 'z_seam_corner_none' : 'z_seam_corner_inner',
    // The first name is that of versions before 5, the other of those after.
    outer_inset_first: wallOrder === 'outer-first', inset_direction: wallOrder === 'outer-first' ? 'outside_in' : 'inside_out',
  }
}

function printer({ request, settings }: EngineTask): Readonly<Record<string, string | number | boolean>> {
  const { machine } = request
  const variables = templateVariables(request, settings)
  const lines = (frame: 'start' | 'end') => framedLines(frame, machine, { settings, variables }).join('\n')
  const { motion } = machine
  return {
    ...size(machine),
    machine_gcode_flavor: FLAVOURS[machine.firmware], machine_start_gcode: lines('start'), machine_end_gcode: lines('end'), machine_extruder_count: 1,
    machine_max_feedrate_x: motion.maxFeedMmPerS[0], machine_max_feedrate_y: motion.maxFeedMmPerS[1], machine_max_feedrate_z: motion.maxFeedMmPerS[2], machine_max_feedrate_e: motion.maxFeedMmPerS[3],
    machine_acceleration: motion.printAccelerationMmPerS2, material_diameter: settings.filamentDiameterMm, center_object: false, mesh_position_x: 0, mesh_position_y: 0, mesh_position_z: 0, print_sequence: 'all_at_once',
  }
}

function size({ volume, heatedBed }: MachineProfile): Readonly<Record<string, string | number | boolean>> {
  return {
    machine_width: volume.xMm, machine_depth: volume.yMm, machine_height: volume.zMm, machine_center_is_zero: volume.origin === 'centre', machine_shape: volume.shape === 'circle' ? 'elliptic' : 'rectangular', machine_heated_bed: heatedBed,
  }
}

function leftByHand(settings: SlicingSettings): SettingKey[] {
  const left: SettingKey[] = []
  if (settings.wallOrder === 'inner-outer-inner') left.push('wallOrder')
  if (settings.supportKind === 'snug') left.push('supportKind')
  // One after the other are objects that the program is given in groups, which only its window makes.
  if (settings.printOrder !== 'by-layer') left.push('printOrder')
  if (settings.brimWidthMm > 0 && settings.brimKind === 'ears') left.push('brimKind')
  return left
}
