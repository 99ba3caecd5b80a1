/** How one setting is edited, checked and explained. The window's forms and `--set` are made from this table. */
export type SettingDefinition =
  | { readonly kind: 'number'; readonly default: number; readonly min: number; readonly max: number; readonly step: number; readonly unit: string; readonly integer?: boolean; readonly group: SettingGroup; readonly level: SettingLevel }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[]; readonly group: SettingGroup; readonly level: SettingLevel }
  | { readonly kind: 'boolean'; readonly default: boolean; readonly group: SettingGroup; readonly level: SettingLevel }

export type SettingGroup = 'layers' | 'walls' | 'surfaces' | 'infill' | 'support' | 'adhesion' | 'feeds' | 'travel' | 'cooling' | 'temperature' | 'material' | 'extruders' | 'output'
export type SettingLevel = 'basic' | 'advanced' | 'expert'

type NumberSetting = Extract<SettingDefinition, { kind: 'number' }>

/** The last four: default, least, most, step. */
function number(group: SettingGroup, level: SettingLevel, unit: string, [value, min, max, step]: readonly [number, number, number, number]): NumberSetting {
  return { kind: 'number', default: value, min, max, step, unit, group, level }
}
/** The last three: default, least, most. */
function count(group: SettingGroup, level: SettingLevel, [value, min, max]: readonly [number, number, number]): NumberSetting {
  return { kind: 'number', default: value, min, max, step: 1, unit: '', integer: true, group, level }
}
function choice<const C extends readonly string[]>(group: SettingGroup, level: SettingLevel, value: C[number], choices: C) {
  return { kind: 'choice', default: value, choices, group, level } as const
}
function flag(group: SettingGroup, level: SettingLevel, value: boolean) {
  return { kind: 'boolean', default: value, group, level } as const
}

/** Every setting of slicing and of writing its G-code. The unit is in the key; percentages are 0..100. */
export const SETTINGS = {
  layerHeightMm: number('layers', 'basic', 'mm', [0.2, 0.04, 1.2, 0.02]),
  firstLayerHeightMm: number('layers', 'basic', 'mm', [0.2, 0.04, 1.2, 0.02]),
  printOrder: choice('layers', 'basic', 'by-layer', ['by-layer', 'by-object']),
  adaptiveLayers: flag('layers', 'basic', false),
  adaptiveMinMm: number('layers', 'advanced', 'mm', [0.08, 0.04, 1, 0.02]),
  adaptiveMaxMm: number('layers', 'advanced', 'mm', [0.28, 0.04, 1.2, 0.02]),
  adaptiveStepMm: number('layers', 'expert', 'mm', [0.4, 0.02, 2, 0.02]),
  nozzleDiameterMm: number('layers', 'advanced', 'mm', [0.4, 0.1, 2, 0.05]),
  filamentDiameterMm: number('material', 'advanced', 'mm', [1.75, 1, 3.2, 0.05]),

  wallCount: count('walls', 'basic', [2, 0, 50]),
  wallOrder: choice('walls', 'advanced', 'inner-first', ['inner-first', 'outer-first', 'inner-outer-inner']),
  spiralVase: flag('walls', 'basic', false),
  outerWallLineWidthMm: number('walls', 'advanced', 'mm', [0.42, 0.1, 3, 0.01]),
  innerWallLineWidthMm: number('walls', 'advanced', 'mm', [0.45, 0.1, 3, 0.01]),
  seam: choice('walls', 'basic', 'aligned', ['aligned', 'nearest', 'rear', 'sharpest-corner', 'random']),
  scarfSeamMm: number('walls', 'advanced', 'mm', [0, 0, 50, 1]),
  scarfSeamSteps: count('walls', 'expert', [10, 2, 100]),
  fuzzySkin: choice('walls', 'advanced', 'none', ['none', 'outside', 'all']),
  fuzzySkinThicknessMm: number('walls', 'expert', 'mm', [0.3, 0.01, 2, 0.05]),
  fuzzySkinPointMm: number('walls', 'expert', 'mm', [0.8, 0.1, 5, 0.1]),
  thinWalls: flag('walls', 'advanced', true),
  xyCompensationMm: number('walls', 'advanced', 'mm', [0, -2, 2, 0.01]),
  holeCompensationMm: number('walls', 'advanced', 'mm', [0, -2, 2, 0.01]),

  topLayers: count('surfaces', 'basic', [4, 0, 100]),
  bottomLayers: count('surfaces', 'basic', [4, 0, 100]),
  topThicknessMm: number('surfaces', 'advanced', 'mm', [0, 0, 20, 0.1]),
  bottomThicknessMm: number('surfaces', 'advanced', 'mm', [0, 0, 20, 0.1]),
  onlyOneWallTop: flag('surfaces', 'advanced', false),
  onlyOneWallFirst: flag('surfaces', 'advanced', false),
  skinLineWidthMm: number('surfaces', 'advanced', 'mm', [0.42, 0.1, 3, 0.01]),
  skinPattern: choice('surfaces', 'advanced', 'rectilinear', ['rectilinear', 'concentric']),
  bridgeFlowPercent: number('surfaces', 'advanced', '%', [100, 30, 200, 1]),
  internalBridges: flag('surfaces', 'advanced', false),
  ironing: choice('surfaces', 'advanced', 'none', ['none', 'top', 'topmost']),
  ironingSpacingMm: number('surfaces', 'expert', 'mm', [0.1, 0.05, 1, 0.05]),
  ironingFlowPercent: number('surfaces', 'expert', '%', [10, 0, 100, 1]),
  skinOverlapPercent: number('surfaces', 'expert', '%', [15, 0, 50, 1]),

  infillPercent: number('infill', 'basic', '%', [15, 0, 100, 1]),
  infillPattern: choice('infill', 'basic', 'rectilinear', ['rectilinear', 'grid', 'triangles', 'cubic', 'honeycomb', 'gyroid', 'concentric', 'lightning']),
  infillLineWidthMm: number('infill', 'advanced', 'mm', [0.45, 0.1, 3, 0.01]),
  infillAngleDeg: number('infill', 'advanced', '°', [45, 0, 180, 5]),
  infillOverlapPercent: number('infill', 'expert', '%', [15, 0, 50, 1]),
  infillJoined: flag('infill', 'expert', true),
  infillAnchorMm: number('infill', 'expert', 'mm', [0, 0, 20, 0.5]),
  infillEveryLayers: count('infill', 'expert', [1, 1, 10]),

  supportKind: choice('support', 'basic', 'none', ['none', 'grid', 'snug', 'tree']),
  supportOnBedOnly: flag('support', 'basic', false),
  supportAngleDeg: number('support', 'basic', '°', [50, 0, 89, 1]),
  supportBridges: flag('support', 'advanced', false),
  supportBridgeMaxMm: number('support', 'advanced', 'mm', [10, 0, 100, 1]),
  supportPercent: number('support', 'advanced', '%', [15, 0, 100, 1]),
  supportPattern: choice('support', 'advanced', 'rectilinear', ['rectilinear', 'grid', 'honeycomb', 'gyroid']),
  supportWallCount: count('support', 'expert', [0, 0, 5]),
  supportGapMm: number('support', 'advanced', 'mm', [0.6, 0, 10, 0.05]),
  supportTopGapLayers: count('support', 'advanced', [1, 0, 10]),
  supportBottomGapLayers: count('support', 'advanced', [1, 0, 10]),
  supportInterfaceLayers: count('support', 'advanced', [2, 0, 20]),
  supportInterfacePercent: number('support', 'advanced', '%', [80, 10, 100, 5]),
  supportInterfacePattern: choice('support', 'expert', 'rectilinear', ['rectilinear', 'concentric']),
  supportRetraction: flag('support', 'expert', true),
  supportBrimMm: number('support', 'advanced', 'mm', [2, 0, 20, 0.5]),
  treeAngleDeg: number('support', 'advanced', '°', [40, 10, 70, 1]),
  treeTipMm: number('support', 'advanced', 'mm', [1.2, 0.4, 5, 0.1]),
  treeTrunkMm: number('support', 'advanced', 'mm', [6, 1, 30, 0.5]),
  treeWallCount: count('support', 'expert', [1, 1, 5]),

  skirtLines: count('adhesion', 'basic', [1, 0, 20]),
  skirtDistanceMm: number('adhesion', 'advanced', 'mm', [5, 0, 50, 0.5]),
  brimWidthMm: number('adhesion', 'basic', 'mm', [0, 0, 50, 0.5]),
  brimKind: choice('adhesion', 'advanced', 'outer', ['outer', 'inner', 'both', 'ears']),
  brimEarsAngleDeg: number('adhesion', 'expert', '°', [125, 30, 175, 5]),
  brimGapMm: number('adhesion', 'advanced', 'mm', [0, 0, 2, 0.05]),
  raftLayers: count('adhesion', 'basic', [0, 0, 20]),
  raftMarginMm: number('adhesion', 'advanced', 'mm', [3, 0, 30, 0.5]),
  raftGapMm: number('adhesion', 'advanced', 'mm', [0.2, 0, 2, 0.05]),
  raftBaseHeightMm: number('adhesion', 'expert', 'mm', [0.3, 0.1, 1.2, 0.05]),
  elephantFootMm: number('adhesion', 'advanced', 'mm', [0, 0, 2, 0.05]),

  outerWallFeedMmPerS: number('feeds', 'advanced', 'mm/s', [40, 1, 1000, 1]),
  innerWallFeedMmPerS: number('feeds', 'advanced', 'mm/s', [60, 1, 1000, 1]),
  skinFeedMmPerS: number('feeds', 'advanced', 'mm/s', [50, 1, 1000, 1]),
  infillFeedMmPerS: number('feeds', 'advanced', 'mm/s', [80, 1, 1000, 1]),
  bridgeFeedMmPerS: number('feeds', 'advanced', 'mm/s', [0, 0, 1000, 1]),
  overhangFeedMmPerS: number('feeds', 'advanced', 'mm/s', [0, 0, 1000, 1]),
  overhangHangingPercent: number('feeds', 'expert', '%', [50, 10, 100, 5]),
  ironingFeedMmPerS: number('feeds', 'expert', 'mm/s', [15, 1, 1000, 1]),
  supportFeedMmPerS: number('feeds', 'advanced', 'mm/s', [60, 1, 1000, 1]),
  supportInterfaceFeedMmPerS: number('feeds', 'advanced', 'mm/s', [40, 1, 1000, 1]),
  firstLayerFeedMmPerS: number('feeds', 'advanced', 'mm/s', [20, 1, 1000, 1]),
  travelFeedMmPerS: number('feeds', 'advanced', 'mm/s', [150, 1, 1500, 1]),
  maxFlowMm3PerS: number('feeds', 'advanced', 'mm³/s', [12, 0.5, 200, 0.5]),
  outerWallAccelerationMmPerS2: number('feeds', 'expert', 'mm/s²', [0, 0, 100000, 50]),
  innerWallAccelerationMmPerS2: number('feeds', 'expert', 'mm/s²', [0, 0, 100000, 50]),
  skinAccelerationMmPerS2: number('feeds', 'expert', 'mm/s²', [0, 0, 100000, 50]),
  infillAccelerationMmPerS2: number('feeds', 'expert', 'mm/s²', [0, 0, 100000, 50]),
  firstLayerAccelerationMmPerS2: number('feeds', 'expert', 'mm/s²', [0, 0, 100000, 50]),
  travelAccelerationMmPerS2: number('feeds', 'expert', 'mm/s²', [0, 0, 100000, 50]),
  outerWallJerkMmPerS: number('feeds', 'expert', 'mm/s', [0, 0, 100, 0.5]),
  innerWallJerkMmPerS: number('feeds', 'expert', 'mm/s', [0, 0, 100, 0.5]),
  skinJerkMmPerS: number('feeds', 'expert', 'mm/s', [0, 0, 100, 0.5]),
  infillJerkMmPerS: number('feeds', 'expert', 'mm/s', [0, 0, 100, 0.5]),
  firstLayerJerkMmPerS: number('feeds', 'expert', 'mm/s', [0, 0, 100, 0.5]),
  flowPercent: number('material', 'advanced', '%', [100, 50, 200, 1]),
  pressureAdvanceS: number('material', 'advanced', 's', [0, 0, 2, 0.005]),
  firstLayerFlowPercent: number('material', 'expert', '%', [100, 50, 200, 1]),

  retractionMm: number('travel', 'advanced', 'mm', [0.8, 0, 20, 0.1]),
  retractionFeedMmPerS: number('travel', 'advanced', 'mm/s', [35, 1, 200, 1]),
  retractionMinTravelMm: number('travel', 'expert', 'mm', [1.5, 0, 50, 0.1]),
  wipeMm: number('travel', 'advanced', 'mm', [0, 0, 20, 0.5]),
  coastMm3: number('travel', 'expert', 'mm³', [0, 0, 2, 0.005]),
  zHopMm: number('travel', 'advanced', 'mm', [0, 0, 5, 0.05]),
  combing: flag('travel', 'advanced', true),

  fanPercent: number('cooling', 'basic', '%', [100, 0, 100, 5]),
  fanFullFromLayer: count('cooling', 'advanced', [3, 0, 1000]),
  bridgeFanPercent: number('cooling', 'advanced', '%', [0, 0, 100, 5]),
  overhangFanPercent: number('cooling', 'advanced', '%', [0, 0, 100, 5]),
  fanLayerTimeS: number('cooling', 'advanced', 's', [0, 0, 600, 5]),
  fanLeastPercent: number('cooling', 'advanced', '%', [0, 0, 100, 5]),
  minLayerTimeS: number('cooling', 'advanced', 's', [6, 0, 120, 1]),
  minFeedMmPerS: number('cooling', 'expert', 'mm/s', [10, 1, 100, 1]),

  hotendC: number('temperature', 'basic', '°C', [210, 0, 500, 1]),
  firstLayerHotendC: number('temperature', 'advanced', '°C', [210, 0, 500, 1]),
  bedC: number('temperature', 'basic', '°C', [60, 0, 200, 1]),
  firstLayerBedC: number('temperature', 'advanced', '°C', [60, 0, 200, 1]),

  densityGPerCm3: number('material', 'advanced', 'g/cm³', [1.24, 0.5, 12, 0.01]),
  pricePerKg: number('material', 'basic', '/kg', [20, 0, 10000, 0.5]),

  extruder: count('extruders', 'basic', [1, 1, 16]),
  infillExtruder: count('extruders', 'advanced', [0, 0, 16]),
  supportExtruder: count('extruders', 'advanced', [0, 0, 16]),
  supportInterfaceExtruder: count('extruders', 'advanced', [0, 0, 16]),
  primeTower: flag('extruders', 'basic', true),
  primeTowerWidthMm: number('extruders', 'advanced', 'mm', [35, 10, 200, 1]),
  primeTowerBrimMm: number('extruders', 'expert', 'mm', [3, 0, 20, 0.5]),
  purgeMm3: number('extruders', 'advanced', 'mm³', [70, 0, 2000, 5]),
  purgeIntoInfill: flag('extruders', 'advanced', false),
  idleDropC: number('extruders', 'expert', '°C', [0, 0, 300, 5]),

  relativeExtrusion: flag('output', 'expert', false),
  arcFitting: flag('output', 'advanced', false),
  arcToleranceMm: number('output', 'expert', 'mm', [0.025, 0.005, 0.5, 0.005]),
  objectLabels: flag('output', 'advanced', false),
  thumbnails: flag('output', 'expert', true),
} as const satisfies Readonly<Record<string, SettingDefinition>>

export type SettingKey = keyof typeof SETTINGS

type ValueOf<D> = D extends { kind: 'number' } ? number : D extends { kind: 'boolean' } ? boolean : D extends { choices: readonly (infer C)[] } ? C : never

/** A complete, valid set of values. */
export type SlicingSettings = { readonly [K in SettingKey]: ValueOf<(typeof SETTINGS)[K]> }

/** Some values, over a parent's. */
export type SettingValues = { readonly [K in SettingKey]?: SlicingSettings[K] }
