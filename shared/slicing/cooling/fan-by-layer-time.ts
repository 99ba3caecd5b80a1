import type { Toolpath, ToolpathEvent } from '../../toolpath/toolpath'
import type { SlicingSettings } from '../settings'
import { layerTimeS } from './slow-small-layers'

type FanSettings = Pick<SlicingSettings, 'fanPercent' | 'fanLeastPercent' | 'fanLayerTimeS' | 'minLayerTimeS' | 'filamentDiameterMm'>

/** Share of the fan's duty that a layer of some duration gets: all of it up to `minLayerTimeS`, `fanLeastPercent` from `fanLayerTimeS` on, between them along a line. */
function fanShare(timeS: number, { fanPercent, fanLeastPercent, fanLayerTimeS, minLayerTimeS }: FanSettings): number {
  const least = fanPercent === 0 ? 1 : Math.min(1, fanLeastPercent / fanPercent)
  if (timeS <= minLayerTimeS) return 1
  if (timeS >= fanLayerTimeS) return least
  return 1 - ((1 - least) * (timeS - minLayerTimeS)) / (fanLayerTimeS - minLayerTimeS)
}

/**
 * Lets the fan run slower in layers that have long enough to cool; what was raised for a bridge or an overhang stays. Layers take the time that
 * `layerTimeS` says. The toolpath is given back as it came unless `fanLayerTimeS` is set.
 *
 * @param duties of the layers as they were told, 0..1, one a layer of the toolpath
 */
export function fanByLayerTime(toolpath: Toolpath, duties: readonly number[], settings: FanSettings): Toolpath {
  if (settings.fanLayerTimeS <= 0) return toolpath
  const { layers } = toolpath
  const wanted = layers.map((_, layer) => (duties[layer] ?? 0) * fanShare(layerTimeS(toolpath, layer, settings), settings))
  const events: ToolpathEvent[] = []
  let told = 0
  let layer = -1
  const tell = (atMove: number, duty: number) => {
    if (duty !== told) events.push({ kind: 'fan', atMove, duty })
    told = duty
  }
  const enterUpTo = (move: number) => {
    while (layer + 1 < layers.length && (layers[layer + 1]?.firstMove ?? Infinity) <= move) {
      layer++
      tell(layers[layer]?.firstMove ?? 0, wanted[layer] ?? 0)
    }
  }
  for (const event of toolpath.events) {
    enterUpTo(event.atMove)
    if (event.kind === 'fan') tell(event.atMove, event.duty > (duties[layer] ?? 0) ? event.duty : (wanted[layer] ?? event.duty))
    else events.push(event)
  }
  enterUpTo(toolpath.moveCount)
  return { ...toolpath, events }
}
