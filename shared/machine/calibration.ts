import type { Mesh } from '../mesh/mesh'
import type { HeightRange } from '../slicing/height-ranges'
import type { SettingKey, SettingValues, SlicingSettings } from '../slicing/settings'

/** Prints that find a setting by showing it at several values. */
export const CALIBRATIONS = ['temperature', 'flow', 'retraction', 'pressure-advance', 'max-flow', 'vfa', 'first-layer'] as const
export type Calibration = (typeof CALIBRATIONS)[number]

/** A part and how it is to be sliced. Heights in mm from the bed; on floor n of a tower stand n marks (from 1, the lowest). */
export interface CalibrationPrint {
  readonly mesh: Mesh
  readonly overrides: SettingValues
  readonly heightRanges: readonly HeightRange[]
}

/** What the print is made for: the settings as they are now, and the bed's free size, mm. */
export interface CalibrationContext {
  readonly settings: Pick<SlicingSettings, 'hotendC' | 'retractionMm' | 'firstLayerHeightMm' | 'pressureAdvanceS' | 'nozzleDiameterMm' | 'maxFlowMm3PerS'>
  readonly bedMm: readonly [number, number]
  readonly maxHotendC: number
}

type Corner = readonly [number, number, number]
type Box = readonly [min: Corner, max: Corner]

const BASE_MM = 1
const MARK_MM = 1

/** Makes the part of a calibration print and its changes by height. */
export function calibrationPrint(kind: Calibration, context: CalibrationContext): CalibrationPrint {
  switch (kind) {
    case 'temperature':
      return temperatureTower(context)
    case 'flow':
      return flowTower()
    case 'retraction':
      return retractionTower(context)
    case 'pressure-advance':
      return pressureAdvanceTower(context)
    case 'max-flow':
      return maxFlowTower(context)
    case 'vfa':
      return feedTower()
    case 'first-layer':
      return firstLayerSquares(context)
    default:
      return kind satisfies never
  }
}

/** Seven floors of two pillars with a bridge, each 5 °C colder than the one below, around the temperature that is set. */
function temperatureTower({ settings, maxHotendC }: CalibrationContext): CalibrationPrint {
  const hottest = Math.min(maxHotendC, settings.hotendC + 15)
  const floorMm = 8
  const floor = (z: number): Box[] => [[[0, 0, z], [8, 8, z + floorMm]], [[28, 0, z], [36, 8, z + floorMm]], [[0, 0, z + floorMm - 1.2], [36, 8, z + floorMm]]]
  return tower({ values: Array.from({ length: 7 }, (_, i) => hottest - 5 * i), key: 'hotendC', floorMm, floor, base: [[0, 0, 0], [36, 8, BASE_MM]] })
}

/** A square tube of one wall, its floors with 90 % to 110 % of flow: measure the wall. */
function flowTower(): CalibrationPrint {
  const floorMm = 6
  const made = tower({ values: [90, 95, 100, 105, 110], key: 'flowPercent', floorMm, floor: (z) => [[[0, 0, z], [30, 30, z + floorMm]]], base: [[0, 0, 0], [30, 30, BASE_MM]] })
  return { ...made, overrides: { wallCount: 1, topLayers: 0, infillPercent: 0, thinWalls: false } }
}

/** Two pillars with a way between them, floor by floor with more retraction: a Bowden machine's steps are longer. */
function retractionTower({ settings }: CalibrationContext): CalibrationPrint {
  const isBowden = settings.retractionMm > 2
  const values = Array.from({ length: 8 }, (_, i) => (isBowden ? 1 + i : Math.round(20 * (i + 1)) / 100))
  const floorMm = 5
  const floor = (z: number): Box[] => [[[0, 0, z], [8, 8, z + floorMm]], [[32, 0, z], [40, 8, z + floorMm]]]
  return { ...tower({ values, key: 'retractionMm', floorMm, floor, base: [[0, 0, 0], [40, 8, BASE_MM]] }), overrides: { combing: false } }
}

/** A block with sharp corners, floor by floor with more pressure advance: the floor with the sharpest corners is right. */
function pressureAdvanceTower({ settings }: CalibrationContext): CalibrationPrint {
  const stepS = settings.retractionMm > 2 ? 0.1 : 0.01
  const values = Array.from({ length: 10 }, (_, i) => Math.round(1000 * stepS * (i + 1)) / 1000)
  const floorMm = 5
  return { ...tower({ values, key: 'pressureAdvanceS', floorMm, floor: (z) => [[[0, 0, z], [40, 40, z + floorMm]]], base: [[0, 0, 0], [40, 40, BASE_MM]] }), overrides: { wallCount: 2, topLayers: 0, infillPercent: 0, seam: 'rear', minLayerTimeS: 0 } }
}

/** A tube of one wide wall, floor by floor with more plastic a second, from half of the limit that is set to twice of it: above the floor where the wall thins, the hotend can't follow. */
function maxFlowTower({ settings: { nozzleDiameterMm, maxFlowMm3PerS } }: CalibrationContext): CalibrationPrint {
  const values = Array.from({ length: 7 }, (_, i) => Math.round(2 * maxFlowMm3PerS * (0.5 + 0.25 * i)) / 2)
  const floorMm = 6
  const made = tower({ values, key: 'maxFlowMm3PerS', floorMm, floor: (z) => [[[0, 0, z], [60, 60, z + floorMm]]], base: [[0, 0, 0], [60, 60, BASE_MM]] })
  return { ...made, overrides: { ...TUBE, layerHeightMm: round2(0.6 * nozzleDiameterMm), outerWallLineWidthMm: round2(1.8 * nozzleDiameterMm), outerWallFeedMmPerS: 1000 } }
}

/** A tube of one wall, floor by floor faster by 20 mm/s: fine vertical waves on its sides show feeds at which the machine resonates. */
function feedTower(): CalibrationPrint {
  const floorMm = 6
  const made = tower({ values: Array.from({ length: 9 }, (_, i) => 40 + 20 * i), key: 'outerWallFeedMmPerS', floorMm, floor: (z) => [[[0, 0, z], [60, 60, z + floorMm]]], base: [[0, 0, 0], [60, 60, BASE_MM]] })
  // Thin layers, so that the hotend can follow.
  return { ...made, overrides: { ...TUBE, layerHeightMm: 0.1 } }
}

/** One wall without top and fill, no slower for small layers. */
const TUBE: SettingValues = { wallCount: 1, topLayers: 0, infillPercent: 0, minLayerTimeS: 0, seam: 'rear' }

function round2(mm: number): number {
  return Math.round(mm * 100) / 100
}

/** Five squares as high as the first layer, at the corners of the bed and in its middle. */
function firstLayerSquares({ settings, bedMm: [xMm, yMm] }: CalibrationContext): CalibrationPrint {
  const sideMm = Math.min(30, xMm / 5, yMm / 5)
  const [right, back] = [0.8 * xMm - sideMm, 0.8 * yMm - sideMm]
  const square = (x: number, y: number): Box => [[x, y, 0], [x + sideMm, y + sideMm, settings.firstLayerHeightMm]]
  return { mesh: boxes([square(0, 0), square(right, 0), square(right / 2, back / 2), square(0, back), square(right, back)]), overrides: { skirtLines: 0 }, heightRanges: [] }
}

interface TowerPlan {
  /** From the lowest floor up. */
  readonly values: readonly number[]
  readonly key: SettingKey
  readonly floorMm: number
  readonly floor: (fromMm: number) => readonly Box[]
  readonly base: Box
}

function tower({ values, key, floorMm, floor, base }: TowerPlan): CalibrationPrint {
  const from = (index: number) => BASE_MM + index * floorMm
  const parts = values.flatMap((_, index) => [...floor(from(index)), ...marks(index + 1, from(index))])
  return {
    mesh: boxes([base, ...parts]),
    overrides: {},
    heightRanges: values.map((value, index) => ({ fromMm: from(index), toMm: index === values.length - 1 ? from(index) + 2 * floorMm : from(index + 1), values: { [key]: value } })),
  }
}

/** Marks on the front of the left pillar, in rows of five. */
function marks(count: number, fromMm: number): Box[] {
  return Array.from({ length: count }, (_, i): Box => {
    const [x, z] = [0.6 + 1.5 * (i % 5), fromMm + 1 + 1.6 * Math.floor(i / 5)]
    return [[x, -0.6, z], [x + MARK_MM, 0.5, z + MARK_MM]]
  })
}

/** Boxes as one mesh; they may overlap. */
function boxes(all: readonly Box[]): Mesh {
  const faces = [0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5]
  return {
    positions: Float32Array.from(all.flatMap(([min, max]) => Array.from({ length: 8 }, (_, i) => [i & 1 ? max[0] : min[0], i & 2 ? max[1] : min[1], i & 4 ? max[2] : min[2]]).flat())),
    indices: Uint32Array.from(all.flatMap((_, box) => faces.map((corner) => 8 * box + corner))),
  }
}
