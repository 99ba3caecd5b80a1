import { isInRegion } from '../../geometry/measure-contour'
import type { Polyline, Region } from '../../geometry/region'
import type { PlannedFill, PlannedIsland, PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { growLightning } from './grow-lightning'
import { solidSpacing } from './solid-spacing'

/**
 * Lightning needs the whole object, from the top down: planning leaves the outline of each infill area where its lines
 * would be, and here the lines take its place. Layers of one object, from the bed up.
 */
export function withLightning(layers: readonly PlannedLayer[], settings: SlicingSettings): PlannedLayer[] {
  if (settings.infillPattern !== 'lightning' || settings.infillPercent <= 0) return [...layers]
  const areas = layers.map(({ islands, heightMm }) => ({ area: islands.flatMap(({ fills }) => fills.filter(isArea).flatMap(({ lines }) => lines)), heightMm }))
  const spacingMm = solidSpacing(settings.infillLineWidthMm, settings.layerHeightMm) / (settings.infillPercent / 100)
  const grown = growLightning(areas, spacingMm)
  return layers.map((layer, index) => ({ ...layer, islands: layer.islands.map((island) => fillIsland(island, grown[index], settings)) }))
}

function isArea({ role }: PlannedFill): boolean {
  return role === 'infill'
}

function fillIsland(island: PlannedIsland, lines: readonly Polyline[], { infillLineWidthMm }: SlicingSettings): PlannedIsland {
  return {
    ...island,
    fills: island.fills.flatMap((fill) => {
      if (!isArea(fill)) return [fill]
      const area: Region = fill.lines
      const inside = lines.filter((line) => isInRegion(area, line[0], line[1]) && lengthMm(line) >= infillLineWidthMm)
      return inside.length === 0 ? [] : [{ ...fill, lines: inside }]
    }),
  }
}

function lengthMm(line: Polyline): number {
  let sum = 0
  for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1])
  return sum
}
