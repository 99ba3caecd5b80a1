import type { MaterialProfile } from './profile'

const DATA_SHEETS = "Manufacturers' data sheets (Prusament, Polymaker, eSUN): the middle of the ranges they give"

/** Filaments that come with the studio. Prices are examples, per kg in the user's currency. */
export const BUILTIN_MATERIALS: readonly MaterialProfile[] = [
  {
    id: 'pla', name: 'PLA', type: 'PLA', source: DATA_SHEETS,
    settings: { hotendC: 210, firstLayerHotendC: 215, bedC: 60, firstLayerBedC: 60, fanPercent: 100, fanFullFromLayer: 3, densityGPerCm3: 1.24, pricePerKg: 20, maxFlowMm3PerS: 15 },
  },
  {
    id: 'petg', name: 'PETG', type: 'PETG', source: DATA_SHEETS,
    settings: { hotendC: 240, firstLayerHotendC: 240, bedC: 80, firstLayerBedC: 80, fanPercent: 50, fanFullFromLayer: 5, densityGPerCm3: 1.27, pricePerKg: 22, maxFlowMm3PerS: 10 },
  },
  {
    id: 'abs', name: 'ABS', type: 'ABS', source: DATA_SHEETS,
    settings: { hotendC: 245, firstLayerHotendC: 245, bedC: 100, firstLayerBedC: 100, fanPercent: 0, densityGPerCm3: 1.04, pricePerKg: 22, maxFlowMm3PerS: 12 },
  },
  {
    id: 'asa', name: 'ASA', type: 'ASA', source: DATA_SHEETS,
    settings: { hotendC: 250, firstLayerHotendC: 250, bedC: 100, firstLayerBedC: 100, fanPercent: 20, fanFullFromLayer: 5, densityGPerCm3: 1.07, pricePerKg: 28, maxFlowMm3PerS: 12 },
  },
  {
    id: 'tpu', name: 'TPU 95A', type: 'TPU', source: DATA_SHEETS,
    settings: { hotendC: 225, firstLayerHotendC: 225, bedC: 50, firstLayerBedC: 50, fanPercent: 60, fanFullFromLayer: 3, densityGPerCm3: 1.21, pricePerKg: 35, maxFlowMm3PerS: 3, minLayerTimeS: 8 },
  },
  {
    id: 'generic', name: 'Other filament', type: 'OTHER', source: "The studio's defaults; set them from the spool's label",
    settings: { hotendC: 210, firstLayerHotendC: 210, bedC: 60, firstLayerBedC: 60, densityGPerCm3: 1.24, pricePerKg: 20 },
  },
]
