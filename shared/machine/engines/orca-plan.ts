import { strToU8 } from 'fflate'
import { write3mf } from '../../formats/threemf/write-3mf'
import { SETTINGS, type SettingKey, type SlicingSettings } from '../../slicing/settings'
import { ORCA_RULES } from '../import-profiles/orca-rules'
import { machineVolume } from '../machine-volume'
import { templateVariables } from '../print-templates'
import type { Firmware } from '../profile'
import { type EnginePlan, noCounterpart } from './engine'
import { type EngineTask, leftOfPlate, STUDIO_KEYS } from './engine-request'
import { framedLines } from './frame-marks'
import { reverseRules } from './reverse-rules'

const BY_HAND: readonly SettingKey[] = ['thinWalls', 'seam', 'supportKind', 'supportAngleDeg', 'supportTopGapLayers', 'supportBottomGapLayers', 'brimKind', 'brimWidthMm', 'fanPercent', 'fanLeastPercent', 'ironing']
const FLAVOURS: Readonly<Record<Firmware, string>> = { marlin: 'marlin2', prusa: 'marlin', klipper: 'klipper', reprapfirmware: 'reprapfirmware', smoothie: 'smoothie', grbl: 'marlin2' }
const PRINTER = 'Gongbang machine'

/** How OrcaSlicer slices a plate: a 3MF, and a preset each of machine, process and filament. @see https://github.com/SoftFever/OrcaSlicer/wiki (command line) */
export function planOrca(task: EngineTask): EnginePlan {
  const { request, settings } = task
  const { values, left } = reverseRules('OrcaSlicer', settings, new Set([...BY_HAND, ...STUDIO_KEYS]))
  const kinds = kindOfKeys()
  const of = (kind: string) => Object.fromEntries([...values].filter(([key]) => (kinds.get(key) ?? 'quality') === kind))
  const head = (name: string) => ({ name, from: 'User', version: '2.0.0.0', is_custom_defined: '1' })
  const presets = {
    'machine.json': { type: 'machine', ...head(PRINTER), ...arrays(of('machine')), ...printer(task) },
    'process.json': { type: 'process', ...head('Gongbang process'), ...of('quality'), ...process(settings), compatible_printers: [PRINTER] },
    'filament.json': { type: 'filament', ...head('Gongbang filament'), ...arrays({ ...of('material'), fan_max_speed: String(settings.fanPercent), fan_min_speed: String(settings.fanLayerTimeS > 0 ? Math.min(settings.fanLeastPercent, settings.fanPercent) : settings.fanPercent), filament_type: request.material.type }), compatible_printers: [PRINTER] },
  }
  return {
    kind: 'orcaslicer',
    files: [
      { name: 'plate.3mf', bytes: write3mf(request.objects.map(({ name, mesh, transform }) => ({ name, mesh, transform })), { title: request.title }) },
      ...Object.entries(presets).map(([name, preset]) => ({ name, bytes: strToU8(JSON.stringify(preset, null, 1)) })),
    ],
    args: ['--datadir', 'data', '--arrange', '0', '--orient', '0', '--load-settings', 'machine.json;process.json', '--load-filaments', 'filament.json', '--slice', '0', '--outputdir', '.', 'plate.3mf'],
    outputName: 'plate_1.gcode',
    left: [...leftOfPlate('orcaslicer', request), ...[...left, ...leftByHand(settings)].map((key) => noCounterpart('orcaslicer', key, settings[key]))],
  }
}

/** Which preset a key stands in. */
function kindOfKeys(): ReadonlyMap<string, string> {
  return new Map(ORCA_RULES.flatMap(({ kind, from, when }) => [...from, ...(when === undefined ? [] : [when].flat().map(({ key }) => key))].map((key) => [key, kind] as const)))
}

/** Machines and filaments have a value an extruder. */
function arrays(values: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [value]]))
}

function process({ thinWalls, seam, supportKind, supportAngleDeg, supportTopGapLayers, supportBottomGapLayers, layerHeightMm, brimKind, brimWidthMm, ironing }: SlicingSettings): Readonly<Record<string, string>> {
  const brims = { outer: 'outer_only', inner: 'inner_only', both: 'outer_and_inner', ears: 'brim_ears' } as const
  const gap = (layers: number) => String(Math.round(layers * layerHeightMm * 1000) / 1000)
  return {
    wall_generator: thinWalls ? 'arachne' : 'classic', seam_position: seam === 'rear' ? 'back' : seam === 'sharpest-corner' ? 'aligned' : seam,
    enable_support: supportKind === 'none' ? '0' : '1', support_type: supportKind === 'tree' ? 'tree(auto)' : 'normal(auto)', support_style: supportKind === 'snug' ? 'snug' : 'default',
    support_threshold_angle: String(Math.max(1, Math.round(90 - supportAngleDeg))), support_top_z_distance: gap(supportTopGapLayers), support_bottom_z_distance: gap(supportBottomGapLayers),
    brim_type: brimWidthMm > 0 ? brims[brimKind] : 'no_brim', brim_width: String(brimWidthMm), ironing_type: ironing === 'none' ? 'no ironing' : ironing,
  }
}

function printer({ request, settings }: EngineTask): Readonly<Record<string, string | readonly string[]>> {
  const { machine } = request
  const { min, max } = machineVolume(machine)
  const variables = templateVariables(request, settings)
  const lines = (frame: 'start' | 'end') => framedLines(frame, machine, { settings, variables }).join('\n')
  return {
    printer_technology: 'FFF', gcode_flavor: FLAVOURS[machine.firmware], printable_area: [[min[0], min[1]], [max[0], min[1]], [max[0], max[1]], [min[0], max[1]]].map(([x, y]) => `${x}x${y}`),
    printable_height: String(max[2] - min[2]), machine_start_gcode: lines('start'), machine_end_gcode: lines('end'),
  }
}

function leftByHand(settings: SlicingSettings): SettingKey[] {
  return settings.seam === 'sharpest-corner' && settings.seam !== (SETTINGS.seam.default as string) ? ['seam'] : []
}
