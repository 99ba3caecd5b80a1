import type { Problem } from '../units/problem'
import type { SettingKey, SlicingSettings } from './settings'

const LINE_WIDTHS = ['outerWallLineWidthMm', 'innerWallLineWidthMm', 'skinLineWidthMm', 'infillLineWidthMm'] as const satisfies readonly SettingKey[]
/** A bead holds to the one below up to this share of the nozzle's width; above it needs luck, and more than the nozzle is impossible. */
const SAFE_HEIGHT = 0.8
const LEAST_WIDTH = 0.6
const MOST_WIDTH = 2.5

/**
 * Checks settings that make no sense together, though each alone is in its range.
 *
 * Problems: `setting/layer-too-high`, `setting/layer-high` (warning), `setting/line-narrower-than-layer`, `setting/line-width-odd`
 * (warning), `setting/nothing-to-print`, `setting/adaptive-range`, `setting/adaptive-too-high`, `setting/min-feed-above-feed` (warning).
 */
export function checkTogether(settings: SlicingSettings): Problem[] {
  return [...checkHeights(settings), ...checkWidths(settings), ...checkAdaptive(settings), ...checkRest(settings)]
}

function checkHeights(settings: SlicingSettings): Problem[] {
  const nozzleMm = settings.nozzleDiameterMm
  return (['layerHeightMm', 'firstLayerHeightMm'] as const).flatMap((key): Problem[] => {
    const heightMm = settings[key]
    const values = { key, heightMm, nozzleMm, maxMm: round(SAFE_HEIGHT * nozzleMm) }
    if (heightMm > nozzleMm + 1e-9) return [{ code: 'setting/layer-too-high', severity: 'error', place: { key }, values, message: `${key} is ${heightMm} mm, more than the nozzle of ${nozzleMm} mm can lay. Use ${values.maxMm} mm at most.` }]
    if (heightMm > SAFE_HEIGHT * nozzleMm + 1e-9) return [{ code: 'setting/layer-high', severity: 'warning', place: { key }, values, message: `${key} is ${heightMm} mm; with a nozzle of ${nozzleMm} mm layers hold well up to ${values.maxMm} mm.` }]
    return []
  })
}

function checkWidths(settings: SlicingSettings): Problem[] {
  const nozzleMm = settings.nozzleDiameterMm
  const heightMm = Math.max(settings.layerHeightMm, settings.firstLayerHeightMm)
  return LINE_WIDTHS.flatMap((key): Problem[] => {
    const widthMm = settings[key]
    const values = { key, widthMm, nozzleMm, heightMm, minMm: round(LEAST_WIDTH * nozzleMm), maxMm: round(MOST_WIDTH * nozzleMm) }
    if (widthMm < heightMm - 1e-9) return [{ code: 'setting/line-narrower-than-layer', severity: 'error', place: { key }, values, message: `${key} is ${widthMm} mm, narrower than the layer is high (${heightMm} mm). Widen the line or lower the layer.` }]
    if (widthMm < LEAST_WIDTH * nozzleMm || widthMm > MOST_WIDTH * nozzleMm) return [{ code: 'setting/line-width-odd', severity: 'warning', place: { key }, values, message: `${key} is ${widthMm} mm; a nozzle of ${nozzleMm} mm lays lines of ${values.minMm} to ${values.maxMm} mm well.` }]
    return []
  })
}

function checkAdaptive({ adaptiveLayers, adaptiveMinMm, adaptiveMaxMm, nozzleDiameterMm }: SlicingSettings): Problem[] {
  if (!adaptiveLayers) return []
  const values = { minMm: adaptiveMinMm, maxMm: adaptiveMaxMm, nozzleMm: nozzleDiameterMm }
  if (adaptiveMinMm > adaptiveMaxMm) return [{ code: 'setting/adaptive-range', severity: 'error', place: { key: 'adaptiveMinMm' }, values, message: `The thinnest adaptive layer (${adaptiveMinMm} mm) is thicker than the thickest (${adaptiveMaxMm} mm). Exchange them.` }]
  if (adaptiveMaxMm > nozzleDiameterMm) return [{ code: 'setting/adaptive-too-high', severity: 'error', place: { key: 'adaptiveMaxMm' }, values, message: `Adaptive layers of up to ${adaptiveMaxMm} mm are more than the nozzle of ${nozzleDiameterMm} mm can lay. Lower the thickest one.` }]
  return []
}

function checkRest(settings: SlicingSettings): Problem[] {
  const problems: Problem[] = []
  if (settings.wallCount === 0 && settings.infillPercent === 0 && settings.topLayers === 0 && settings.bottomLayers === 0) {
    problems.push({ code: 'setting/nothing-to-print', severity: 'error', place: { key: 'wallCount' }, message: 'Without walls, top and bottom layers and infill there is nothing to print. Set one of them above 0.' })
  }
  const slowest = Math.min(settings.outerWallFeedMmPerS, settings.innerWallFeedMmPerS, settings.skinFeedMmPerS, settings.infillFeedMmPerS)
  if (settings.minFeedMmPerS > slowest) {
    const values = { minFeedMmPerS: settings.minFeedMmPerS, feedMmPerS: slowest }
    problems.push({ code: 'setting/min-feed-above-feed', severity: 'warning', place: { key: 'minFeedMmPerS' }, values, message: `minFeedMmPerS is ${values.minFeedMmPerS} mm/s, faster than the slowest lines (${slowest} mm/s): small layers can't slow down to cool.` })
  }
  return problems
}

function round(mm: number): number {
  return Math.round(mm * 1000) / 1000
}
