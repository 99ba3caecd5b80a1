import type { Clipper } from '../geometry/clipper'
import type { Region } from '../geometry/region'
import { splitIslands } from './islands'
import type { SettingKey, SettingValues, SlicingSettings } from './settings'

/** Narrower pieces of a part can't be printed, mm. */
const SLIVER_MM = 0.06

/** A modifier with its outline in each layer of the object that it is in. */
export interface OutlinedModifier {
  readonly values: SettingValues
  /** One region a layer, like the object's outlines. */
  readonly outlines: readonly Region[]
}

/** A part of a layer that is made with the same settings throughout. */
export interface LayerPart {
  /** Which modifiers it lies in: bit i for the object's modifier i. */
  readonly variant: number
  readonly settings: SlicingSettings
  readonly area: Region
}

/** What walls are made of: parts that agree in these have their walls in common. */
const WALL_KEYS = [
  'wallCount', 'wallOrder', 'outerWallLineWidthMm', 'innerWallLineWidthMm', 'thinWalls', 'onlyOneWallTop', 'onlyOneWallFirst', 'fuzzySkin', 'fuzzySkinThicknessMm', 'fuzzySkinPointMm', 'scarfSeamMm', 'scarfSeamSteps',
  'skinLineWidthMm', 'skinOverlapPercent', 'outerWallFeedMmPerS', 'innerWallFeedMmPerS', 'flowPercent', 'firstLayerFlowPercent', 'firstLayerFeedMmPerS', 'maxFlowMm3PerS',
] as const satisfies readonly SettingKey[]

/** The values that modifiers lay over an object's, the later over the earlier. */
export function variantSettings(base: SlicingSettings, values: readonly SettingValues[], variant: number): SlicingSettings {
  return variant === 0 ? base : (Object.assign({}, base, ...values.filter((_, i) => (variant >> i) & 1)) as SlicingSettings)
}

/**
 * Divides a layer's outline by the modifiers that it lies in; parts don't overlap and cover all of it. `at` is the layer's
 * place in the outlines, `base` the object's settings at its height.
 */
export function layerParts(outline: Region, modifiers: readonly OutlinedModifier[], { at, base }: { readonly at: number; readonly base: SlicingSettings }, clipper: Clipper): LayerPart[] {
  let parts: { readonly variant: number; readonly area: Region }[] = [{ variant: 0, area: outline }]
  modifiers.forEach(({ outlines }, i) => {
    const shape = outlines[at] ?? []
    if (shape.length === 0) return
    parts = parts.flatMap(({ variant, area }) => {
      const inside = withoutSlivers(clipper.intersection(area, shape), clipper)
      if (inside.length === 0) return [{ variant, area }]
      const outside = withoutSlivers(clipper.difference(area, shape), clipper)
      return [...(outside.length > 0 ? [{ variant, area: outside }] : []), { variant: variant | (1 << i), area: inside }]
    })
  })
  const values = modifiers.map((modifier) => modifier.values)
  return parts.map(({ variant, area }) => ({ variant, area, settings: variantSettings(base, values, variant) }))
}

/** What rounding leaves between a modifier and an object whose faces lie in each other is no part. */
function withoutSlivers(area: Region, clipper: Clipper): Region {
  return splitIslands(area).flatMap(({ outline }) => (clipper.offset(outline, -SLIVER_MM / 2).length === 0 ? [] : outline))
}

/** Parts that have their walls in common, in the order of the first of each. */
export function partsByWalls(parts: readonly LayerPart[]): LayerPart[][] {
  const groups = new Map<string, LayerPart[]>()
  for (const part of parts) {
    const key = WALL_KEYS.map((name) => part.settings[name]).join(' ')
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
}
