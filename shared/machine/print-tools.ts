import { resolveSettings } from '../slicing/resolve-settings'
import { SETTINGS, type SettingKey, type SettingValues, type SlicingSettings } from '../slicing/settings'
import type { SliceObject } from '../slicing/slice-input'
import type { ToolSet } from '../slicing/tools/tool-set'
import type { EstimateMaterial } from '../toolpath/estimate-toolpath'
import { success, type Problem, type Result } from '../units/problem'
import type { MachineProfile, MaterialProfile, QualityProfile } from './profile'
import { machineSettingLayers } from './setting-layers'

/** What decides the settings of a print's extruders. */
export interface ToolOwners {
  readonly machine: MachineProfile
  /** In the first extruder, and in those that have none of their own. */
  readonly material: MaterialProfile
  /** From the second extruder on. */
  readonly moreMaterials?: readonly (MaterialProfile | undefined)[]
  readonly quality: QualityProfile
  readonly overrides: SettingValues
}

/** Lengths that an object takes from the nozzle that prints it. */
const NOZZLE_KEYS = ['nozzleDiameterMm', 'outerWallLineWidthMm', 'innerWallLineWidthMm', 'skinLineWidthMm', 'infillLineWidthMm'] as const satisfies readonly SettingKey[]

/** How many extruders a machine has. */
export function extruderCount({ extruders }: Pick<MachineProfile, 'extruders'>): number {
  return Math.max(1, extruders?.length ?? 1)
}

/** The material in an extruder, from 0. */
export function materialOfTool({ material, moreMaterials }: Pick<ToolOwners, 'material' | 'moreMaterials'>, tool: number): MaterialProfile {
  return (tool === 0 ? undefined : moreMaterials?.[tool - 1]) ?? material
}

/** What is in each extruder, for the estimate of a file that was sliced elsewhere. */
export function estimateMaterials(owners: Pick<ToolOwners, 'machine' | 'material' | 'moreMaterials'>): EstimateMaterial[] {
  const { machine } = owners
  return Array.from({ length: extruderCount(machine) }, (_, tool) => {
    const values: SettingValues = { ...machine.settings, ...machine.extruders?.[tool]?.settings, ...materialOfTool(owners, tool).settings }
    const valueOf = (key: 'filamentDiameterMm' | 'densityGPerCm3' | 'pricePerKg') => values[key] ?? SETTINGS[key].default
    return { filamentDiameterMm: valueOf('filamentDiameterMm'), densityGPerCm3: valueOf('densityGPerCm3'), pricePerKg: valueOf('pricePerKg') }
  })
}

/**
 * The settings of each extruder with its material: the extruder's own over the machine's. Where a nozzle can't lay the
 * quality's layers, it lays thinner lines but the same layers. Problems: those of `resolveSettings`, of the first extruder that has any.
 */
export function printTools(owners: ToolOwners): Result<ToolSet> {
  const { machine, quality, overrides } = owners
  const problems: Problem[] = []
  const settings: SlicingSettings[] = []
  for (let tool = 0; tool < extruderCount(machine); tool++) {
    const own = { ...machine, settings: { ...machine.settings, ...machine.extruders?.[tool]?.settings } }
    const resolved = resolveSettings(machineSettingLayers({ machine: own, material: materialOfTool(owners, tool), quality, overrides }))
    if (!resolved.ok) return resolved
    if (tool === 0) problems.push(...resolved.problems)
    settings.push(machine.heatedBed ? resolved.value.settings : { ...resolved.value.settings, bedC: 0, firstLayerBedC: 0 })
  }
  return success({ settings, changeS: machine.toolChangeS ?? 0, sharedNozzle: machine.sharedNozzle ?? false, ...(machine.purgeMm3 && { purgeMm3: machine.purgeMm3 }) }, problems)
}

/** The settings of an object (or the plate) with the widths of the nozzle that prints it, where the user hasn't set them. */
export function withNozzleOf(settings: SlicingSettings, { settings: tools }: ToolSet): SlicingSettings {
  const [first] = tools
  const tool = tools[settings.extruder - 1]
  if (first === undefined || tool === undefined || tool === first) return settings
  const widths = NOZZLE_KEYS.filter((key) => settings[key] === first[key]).map((key) => [key, tool[key]])
  return { ...settings, ...(Object.fromEntries(widths) as Partial<SlicingSettings>) }
}

/** Finds extruders that the machine doesn't have, and layers that a nozzle in use can't lay. Problems: `slicing/no-such-extruder`, `setting/layer-too-high`. */
export function checkNozzles(objects: readonly SliceObject[], plate: SlicingSettings, tools: ToolSet): Problem[] {
  const used = new Set([plate, ...objects.flatMap(({ settings }) => (settings ? [settings] : []))].flatMap(({ extruder, infillExtruder, supportExtruder, supportInterfaceExtruder }) => [extruder, infillExtruder, supportExtruder, supportInterfaceExtruder]))
  const count = tools.settings.length
  const most = Math.max(...used)
  if (most > count) return [{ code: 'slicing/no-such-extruder', severity: 'error', values: { number: most, count }, message: `Something is to be printed with extruder ${most}, but the machine has ${count}. Choose another extruder or another machine.` }]
  return [...used].flatMap((number) => {
    const nozzleMm = tools.settings[number - 1]?.nozzleDiameterMm
    return (['layerHeightMm', 'firstLayerHeightMm'] as const).flatMap((key): Problem[] => {
      const heightMm = plate[key]
      if (nozzleMm === undefined || heightMm <= nozzleMm + 1e-9) return []
      const values = { key, heightMm, nozzleMm, maxMm: Math.round(800 * nozzleMm) / 1000 }
      return [{ code: 'setting/layer-too-high', severity: 'error', place: { key }, values, message: `${key} is ${heightMm} mm, more than the nozzle of ${nozzleMm} mm in extruder ${number} can lay. Use ${values.maxMm} mm at most.` }]
    })
  })
}
