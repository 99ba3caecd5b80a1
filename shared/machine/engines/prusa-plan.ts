import { strToU8 } from 'fflate'
import { writeStl } from '../../formats/stl/write-stl'
import { transformMesh } from '../../mesh/transform-mesh'
import type { SettingKey, SlicingSettings } from '../../slicing/settings'
import { machineVolume } from '../machine-volume'
import { templateVariables } from '../print-templates'
import type { Firmware, MachineProfile } from '../profile'
import { type EnginePlan, noCounterpart } from './engine'
import { type EngineTask, leftOfPlate, STUDIO_KEYS } from './engine-request'
import { framedLines } from './frame-marks'
import { isAtLeast } from './is-at-least'
import { reverseRules } from './reverse-rules'

/** Written by hand below, as one key of theirs says more or less than one of ours. */
const BY_HAND: readonly SettingKey[] = [
  'thinWalls', 'seam', 'supportKind', 'supportAngleDeg', 'supportGapMm', 'supportTopGapLayers', 'supportBottomGapLayers', 'supportPercent', 'supportInterfacePercent', 'supportWallCount',
  'brimKind', 'brimWidthMm', 'fanPercent', 'fanLeastPercent', 'wipeMm', 'arcFitting', 'objectLabels', 'infillJoined', 'combing', 'supportPattern', 'infillEveryLayers',
]
const FLAVOURS: Readonly<Record<Firmware, string>> = { marlin: 'marlin2', prusa: 'marlin', klipper: 'klipper', reprapfirmware: 'reprapfirmware', smoothie: 'smoothie', grbl: 'marlin2' }
const SUPPORT_PATTERNS: Readonly<Record<SlicingSettings['supportPattern'], string>> = { rectilinear: 'rectilinear', grid: 'rectilinear-grid', honeycomb: 'honeycomb', gyroid: 'rectilinear' }
const OUTPUT = 'print.gcode'

/** How PrusaSlicer slices a plate: one STL an object where it stands, one configuration, no profile of the user's own. @see https://github.com/prusa3d/PrusaSlicer/wiki/Command-Line-Interface */
export function planPrusa(task: EngineTask): EnginePlan {
  const { request, settings, version } = task
  const { values, left } = reverseRules('PrusaSlicer', settings, new Set([...BY_HAND, ...STUDIO_KEYS]))
  const own = { ...walls(settings), ...supports(settings, version), ...adhesion(settings), ...cooling(settings), ...output(settings, version), ...printer(task) }
  const config = [...new Map<string, string | number>([...values, ...Object.entries(own)])].map(([key, value]) => `${key} = ${value}`).join('\n')
  const models = request.objects.map(({ mesh, transform }, i) => ({ name: `object-${i + 1}.stl`, bytes: writeStl(transformMesh(mesh, transform)) }))
  return {
    kind: 'prusaslicer',
    files: [{ name: 'print.ini', bytes: strToU8(`${config}\n`) }, ...models],
    args: ['--export-gcode', '--dont-arrange', '--merge', '--datadir', 'data', '--loglevel', '1', '--load', 'print.ini', '--output', OUTPUT, ...models.map(({ name }) => name)],
    outputName: OUTPUT,
    left: [...leftOfPlate('prusaslicer', request), ...[...left, ...leftByHand(settings, version)].map((key) => noCounterpart('prusaslicer', key, settings[key]))],
  }
}

type Config = Readonly<Record<string, string | number>>

function walls({ thinWalls, seam, infillJoined, combing, infillEveryLayers }: SlicingSettings): Config {
  return {
    perimeter_generator: thinWalls ? 'arachne' : 'classic',
    seam_position: seam === 'sharpest-corner' ? 'aligned' : seam,
    infill_every_layers: infillEveryLayers,
    avoid_crossing_perimeters: combing ? 1 : 0,
    ...(infillJoined ? {} : { infill_anchor_max: 0, infill_anchor: 0 }),
  }
}

function supports(settings: SlicingSettings, version: EngineTask['version']): Config {
  const { supportKind, supportAngleDeg, supportGapMm, supportTopGapLayers, supportBottomGapLayers, supportPercent, supportInterfacePercent, layerHeightMm, nozzleDiameterMm } = settings
  if (supportKind === 'none') return { support_material: 0 }
  // Theirs is measured from the bed, ours from upright; 0 would have it find one by itself.
  const spacing = (percent: number) => Math.round(nozzleDiameterMm * (100 / Math.max(1, percent) - 1) * 1000) / 1000
  return {
    support_material: 1, support_material_auto: 1,
    support_material_style: supportKind === 'tree' ? (isAtLeast(version, [2, 6]) ? 'organic' : 'snug') : supportKind,
    support_material_threshold: Math.max(1, Math.round(90 - supportAngleDeg)),
    support_material_xy_spacing: supportGapMm,
    support_material_contact_distance: Math.round(supportTopGapLayers * layerHeightMm * 1000) / 1000,
    support_material_bottom_contact_distance: Math.round(supportBottomGapLayers * layerHeightMm * 1000) / 1000,
    support_material_spacing: spacing(supportPercent), support_material_interface_spacing: spacing(supportInterfacePercent),
    support_material_pattern: SUPPORT_PATTERNS[settings.supportPattern],
    support_material_with_sheath: settings.supportWallCount > 0 ? 1 : 0,
  }
}

function adhesion({ brimWidthMm, brimKind }: SlicingSettings): Config {
  const kinds = { outer: 'outer_only', inner: 'inner_only', both: 'outer_and_inner', ears: 'outer_only' } as const
  return { brim_width: brimWidthMm, brim_type: brimWidthMm > 0 ? kinds[brimKind] : 'no_brim', min_skirt_length: 0, skirt_height: 1 }
}

function cooling({ fanPercent, fanLeastPercent, fanLayerTimeS, wipeMm }: SlicingSettings): Config {
  const least = fanLayerTimeS > 0 ? Math.min(fanLeastPercent, fanPercent) : fanPercent
  return { cooling: 1, fan_always_on: least > 0 ? 1 : 0, max_fan_speed: fanPercent, min_fan_speed: least, wipe: wipeMm > 0 ? 1 : 0 }
}

function output({ arcFitting, objectLabels, relativeExtrusion }: SlicingSettings, version: EngineTask['version']): Config {
  const isNew = isAtLeast(version, [2, 7])
  return {
    printer_technology: 'FFF', gcode_comments: 0, thumbnails: '', single_extruder_multi_material: 0,
    gcode_label_objects: isNew ? (objectLabels ? 'firmware' : 'disabled') : objectLabels ? 1 : 0,
    ...(isNew ? { binary_gcode: 0, arc_fitting: arcFitting ? 'emit_center' : 'disabled' } : {}),
    ...(relativeExtrusion ? { layer_gcode: 'G92 E0' } : {}),
  }
}

function printer({ request, settings }: EngineTask): Config {
  const { machine } = request
  const { min, max } = machineVolume(machine)
  const variables = templateVariables(request, settings)
  const lines = (frame: 'start' | 'end') => framedLines(frame, machine, { settings, variables }).join('\\n')
  const { motion } = machine
  const axes = (name: string, four: readonly [number, number, number, number]) => Object.fromEntries(['x', 'y', 'z', 'e'].map((axis, i) => [`machine_max_${name}_${axis}`, `${four[i]},${four[i]}`]))
  return {
    gcode_flavor: FLAVOURS[machine.firmware],
    bed_shape: bedShape(machine), max_print_height: max[2] - min[2],
    start_gcode: lines('start'), end_gcode: lines('end'),
    machine_limits_usage: 'time_estimate_only',
    ...axes('feedrate', motion.maxFeedMmPerS), ...axes('acceleration', motion.maxAccelerationMmPerS2),
    ...(motion.cornering.kind === 'jerk' ? axes('jerk', motion.cornering.jerkMmPerS) : {}),
  }
}

/** The corners of a bed, or sixty points of a round one, as `XxY,...`. */
function bedShape(machine: MachineProfile): string {
  const { min, max, shape } = machineVolume(machine)
  if (shape === 'rectangle') return [[min[0], min[1]], [max[0], min[1]], [max[0], max[1]], [min[0], max[1]]].map(([x, y]) => `${x}x${y}`).join(',')
  const [cx, cy, rx, ry] = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (max[0] - min[0]) / 2, (max[1] - min[1]) / 2]
  const at = (value: number) => Math.round(value * 1000) / 1000
  return Array.from({ length: 60 }, (_, i) => `${at(cx + rx * Math.cos((i * Math.PI) / 30))}x${at(cy + ry * Math.sin((i * Math.PI) / 30))}`).join(',')
}

function leftByHand(settings: SlicingSettings, version: EngineTask['version']): SettingKey[] {
  const left: SettingKey[] = []
  if (settings.seam === 'sharpest-corner') left.push('seam')
  if (settings.supportKind !== 'none' && settings.supportPattern === 'gyroid') left.push('supportPattern')
  if (settings.supportKind === 'tree' && !isAtLeast(version, [2, 6])) left.push('supportKind')
  if (settings.brimWidthMm > 0 && settings.brimKind === 'ears') left.push('brimKind')
  if (settings.arcFitting && !isAtLeast(version, [2, 7])) left.push('arcFitting')
  return left
}
