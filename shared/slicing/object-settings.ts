import type { Problem } from '../units/problem'
import { SETTINGS, type SettingKey, type SettingValues, type SlicingSettings } from './settings'

/**
 * What there can be only one of on a plate: layers are shared, so are bed and heat; skirt, brim and raft go around everything;
 * acceleration, cooling by time and the way the file is written are told to the machine by height.
 */
const PLATE_ONLY: ReadonlySet<SettingKey> = new Set<SettingKey>([
  'layerHeightMm', 'firstLayerHeightMm', 'printOrder', 'adaptiveLayers', 'adaptiveMinMm', 'adaptiveMaxMm', 'adaptiveStepMm', 'nozzleDiameterMm', 'filamentDiameterMm', 'spiralVase',
  'skirtLines', 'skirtDistanceMm', 'brimWidthMm', 'brimKind', 'brimEarsAngleDeg', 'brimGapMm', 'raftLayers', 'raftMarginMm', 'raftGapMm', 'raftBaseHeightMm',
  'hotendC', 'firstLayerHotendC', 'bedC', 'firstLayerBedC', 'idleDropC', 'pressureAdvanceS', 'densityGPerCm3', 'pricePerKg',
  'outerWallAccelerationMmPerS2', 'innerWallAccelerationMmPerS2', 'skinAccelerationMmPerS2', 'infillAccelerationMmPerS2', 'firstLayerAccelerationMmPerS2', 'travelAccelerationMmPerS2',
  'outerWallJerkMmPerS', 'innerWallJerkMmPerS', 'skinJerkMmPerS', 'infillJerkMmPerS', 'firstLayerJerkMmPerS',
  'coastMm3', 'overhangFeedMmPerS', 'overhangHangingPercent', 'overhangFanPercent', 'fanLayerTimeS', 'fanLeastPercent', 'minLayerTimeS', 'minFeedMmPerS',
  'primeTower', 'primeTowerWidthMm', 'primeTowerBrimMm', 'purgeMm3', 'purgeIntoInfill',
  'relativeExtrusion', 'arcFitting', 'arcToleranceMm', 'objectLabels', 'thumbnails',
])

/** Of an object as a whole, so that no modifier in it can have its own: outlines, seam, travel, support and the extruder. */
const OBJECT_ONLY: ReadonlySet<SettingKey> = new Set<SettingKey>([
  'xyCompensationMm', 'holeCompensationMm', 'elephantFootMm', 'seam', 'infillEveryLayers',
  'extruder', 'infillExtruder', 'supportExtruder', 'supportInterfaceExtruder',
  ...(Object.keys(SETTINGS) as SettingKey[]).filter((key) => ['support', 'travel', 'cooling'].includes(SETTINGS[key].group) && key !== 'bridgeFanPercent'),
  'supportFeedMmPerS', 'supportInterfaceFeedMmPerS', 'travelFeedMmPerS',
])

/** Whose own a setting can be. */
export type SettingHolder = 'object' | 'modifier'

/** Whether an object, or a modifier in it, can have a value of its own for a setting. */
export function canHold(holder: SettingHolder, key: SettingKey): boolean {
  return !PLATE_ONLY.has(key) && (holder === 'object' || !OBJECT_ONLY.has(key))
}

/** The values that a holder can have. */
export function heldValues(holder: SettingHolder, values: SettingValues): SettingValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => Object.hasOwn(SETTINGS, key) && canHold(holder, key as SettingKey))) as SettingValues
}

/** Whole settings of an object in which what can only be the plate's is the plate's. */
export function objectSettings(own: SlicingSettings | undefined, plate: SlicingSettings): SlicingSettings {
  return own === undefined ? plate : { ...own, ...(Object.fromEntries([...PLATE_ONLY].map((key) => [key, plate[key]])) as Partial<SlicingSettings>) }
}

/** Tells which values are left out because a holder can't have them. Warning: `setting/not-its-own`. */
export function checkHolder(holder: SettingHolder, name: string, values: SettingValues): Problem[] {
  return (Object.keys(values) as SettingKey[])
    .filter((key) => Object.hasOwn(SETTINGS, key) && !canHold(holder, key))
    .map((key) => ({ code: 'setting/not-its-own', severity: 'warning', place: { key }, values: { key, name }, message: `${key} can't be ${name}'s own: ${PLATE_ONLY.has(key) ? 'it is the same for the whole plate' : 'it holds for an object as a whole'}. It was left out.` }))
}
