import type { QualityProfile } from './profile'

const OWN = "The studio's own, for a 0.4 mm nozzle; heights and widths follow the nozzle"

/** Qualities that come with the studio. */
export const BUILTIN_QUALITIES: readonly QualityProfile[] = [
  { id: 'fine', name: 'Fine 0.12 mm', source: OWN, settings: { layerHeightMm: 0.12, firstLayerHeightMm: 0.2, topLayers: 7, bottomLayers: 6, outerWallFeedMmPerS: 30, innerWallFeedMmPerS: 50 } },
  { id: 'standard', name: 'Standard 0.20 mm', source: OWN, settings: { layerHeightMm: 0.2, firstLayerHeightMm: 0.2, topLayers: 4, bottomLayers: 4 } },
  { id: 'draft', name: 'Draft 0.28 mm', source: OWN, settings: { layerHeightMm: 0.28, firstLayerHeightMm: 0.28, topLayers: 3, bottomLayers: 3, outerWallFeedMmPerS: 50, innerWallFeedMmPerS: 70, infillFeedMmPerS: 100 } },
]
