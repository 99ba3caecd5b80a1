import { SETTINGS, type SettingKey, type SettingValues } from '../slicing/settings'
import type { MachineProfile, MaterialProfile, QualityProfile } from './profile'

/** Values with the name of where they come from, for `resolveSettings`. */
export interface SettingLayer {
  readonly source: 'nozzle' | 'machine' | 'material' | 'quality' | 'overrides'
  readonly values: SettingValues
}

export interface PrintProfiles {
  readonly machine: MachineProfile
  readonly material: MaterialProfile
  readonly quality: QualityProfile
  readonly overrides: SettingValues
}

/** Lengths that grow with the nozzle. */
const NOZZLE_SCALED = ['layerHeightMm', 'firstLayerHeightMm', 'outerWallLineWidthMm', 'innerWallLineWidthMm', 'skinLineWidthMm', 'infillLineWidthMm'] as const satisfies readonly SettingKey[]
const REFERENCE_NOZZLE_MM = 0.4

/**
 * The layers of a print's settings, the weakest first: what follows from the nozzle, the machine, the material, the
 * quality, the overrides. A quality made for another nozzle (0.4 mm unless it names one) is scaled to the machine's; the flow limit is
 * the lower of machine and material.
 */
export function machineSettingLayers({ machine, material, quality, overrides }: PrintProfiles): readonly SettingLayer[] {
  const nozzleMm = overrides.nozzleDiameterMm ?? machine.settings.nozzleDiameterMm ?? REFERENCE_NOZZLE_MM
  const { nozzleDiameterMm: madeForMm = REFERENCE_NOZZLE_MM, ...qualityValues } = quality.settings
  const flows = [machine.settings.maxFlowMm3PerS, material.settings.maxFlowMm3PerS].filter((flow) => flow !== undefined)
  return [
    { source: 'nozzle', values: scaled(defaultsOfNozzle(), nozzleMm / REFERENCE_NOZZLE_MM) },
    { source: 'machine', values: machine.settings },
    { source: 'material', values: flows.length > 0 ? { ...material.settings, maxFlowMm3PerS: Math.min(...flows) } : material.settings },
    { source: 'quality', values: scaled(qualityValues, nozzleMm / madeForMm) },
    { source: 'overrides', values: overrides },
  ]
}

function defaultsOfNozzle(): SettingValues {
  return Object.fromEntries(NOZZLE_SCALED.map((key) => [key, SETTINGS[key].default])) as SettingValues
}

function scaled(values: SettingValues, factor: number): SettingValues {
  if (Math.abs(factor - 1) < 1e-9) return values
  const result: Record<string, unknown> = { ...values }
  for (const key of NOZZLE_SCALED) {
    const value = values[key]
    if (value !== undefined) result[key] = Math.round(value * factor * 100) / 100
  }
  return result as SettingValues
}
