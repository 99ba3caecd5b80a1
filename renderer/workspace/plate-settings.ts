import { machineSettingLayers } from '../../shared/machine/setting-layers'
import { SETTINGS, type SettingKey, type SettingValues, type SlicingSettings } from '../../shared/slicing/settings'
import type { ChosenProfiles } from './plate-profiles'

const DEFAULTS = Object.fromEntries(Object.entries(SETTINGS).map(([key, definition]) => [key, definition.default])) as SlicingSettings

/** What the profiles say by themselves, and what holds with the changes made by hand over them. */
export interface PlateSettings {
  readonly base: SlicingSettings
  readonly values: SlicingSettings
}

function merged(profiles: ChosenProfiles, overrides: SettingValues): SlicingSettings {
  return Object.assign({}, DEFAULTS, ...machineSettingLayers({ ...profiles, overrides }).map(({ values }) => values))
}

/** The settings that a plate would be sliced with. Values are as given: slicing checks them. */
export function plateSettings(profiles: ChosenProfiles, overrides: SettingValues): PlateSettings {
  return { base: merged(profiles, {}), values: merged(profiles, overrides) }
}

/** Every setting's key, in the order of their table. */
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[]
