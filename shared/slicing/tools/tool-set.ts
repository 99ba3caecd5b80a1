import type { MoveRole } from '../../toolpath/toolpath'
import type { SettingKey, SlicingSettings } from '../settings'

/** The extruders of a machine with what is in them. A tool is an extruder's number from 0, as in `T0`. */
export interface ToolSet {
  /** The settings of each tool with its material, whole. */
  readonly settings: readonly SlicingSettings[]
  /** Volume that is purged after a change, mm³, by the tool that goes and the one that comes; `purgeMm3` of the settings where absent. */
  readonly purgeMm3?: readonly (readonly number[])[]
  /** What a change takes besides moves, s. */
  readonly changeS: number
  /** All filaments end in one nozzle with one heater. */
  readonly sharedNozzle: boolean
}

/** What follows the filament and the extruder rather than the object. */
const TOOL_KEYS = [
  'filamentDiameterMm', 'flowPercent', 'firstLayerFlowPercent', 'maxFlowMm3PerS', 'pressureAdvanceS', 'hotendC', 'firstLayerHotendC', 'idleDropC',
  'retractionMm', 'retractionFeedMmPerS', 'retractionMinTravelMm', 'wipeMm', 'zHopMm', 'fanPercent', 'fanFullFromLayer', 'bridgeFanPercent', 'overhangFanPercent',
  'densityGPerCm3', 'pricePerKg',
] as const satisfies readonly SettingKey[]

/**
 * The settings of an object while a tool prints it: the tool's own filament, heat, flow and retraction over those of the
 * object, except where the object's differ from the plate's.
 */
export function settingsWithTool(object: SlicingSettings, tool: SlicingSettings | undefined, plate: SlicingSettings): SlicingSettings {
  if (tool === undefined) return object
  const own = TOOL_KEYS.filter((key) => object[key] === plate[key]).map((key) => [key, tool[key]])
  return { ...object, ...(Object.fromEntries(own) as Partial<SlicingSettings>) }
}

/** The tool that prints lines of a role: that of the object, unless infill or support has one of its own. */
export function toolOfRole(role: MoveRole, settings: Pick<SlicingSettings, 'extruder' | 'infillExtruder' | 'supportExtruder' | 'supportInterfaceExtruder'>): number {
  const { extruder, infillExtruder, supportExtruder, supportInterfaceExtruder } = settings
  switch (role) {
    case 'infill':
      return (infillExtruder || extruder) - 1
    case 'support':
      return (supportExtruder || extruder) - 1
    case 'support-interface':
      return (supportInterfaceExtruder || supportExtruder || extruder) - 1
    default:
      return extruder - 1
  }
}

/** Volume to purge after a change, mm³. */
export function purgeVolume(from: number, to: number, { purgeMm3 }: Pick<ToolSet, 'purgeMm3'>, settings: Pick<SlicingSettings, 'purgeMm3'>): number {
  return purgeMm3?.[from]?.[to] ?? settings.purgeMm3
}
