import { ROLE, type Toolpath } from '../../toolpath/toolpath'
import type { SlicingSettings } from '../settings'

/**
 * Slows the lines of layers that would be done in less than `minLayerTimeS`, none below `minFeedMmPerS`. Writes the feeds
 * of the toolpath it is given. A layer's time counts as length over feed: the machine's acceleration only adds to it, so
 * no layer is shorter than asked unless its feed is at the least already.
 */
export function slowSmallLayers(toolpath: Toolpath, settings: SlicingSettings): void {
  if (settings.minLayerTimeS <= 0) return
  toolpath.layers.forEach(({ firstMove }, i) => {
    const end = toolpath.layers[i + 1]?.firstMove ?? toolpath.moveCount
    const { fixedS, lengthByFeed } = measureLayer(toolpath, { firstMove, end }, settings)
    const factor = slowFactor(lengthByFeed, settings.minLayerTimeS - fixedS, settings.minFeedMmPerS)
    if (factor >= 1) return
    for (let move = firstMove; move < end; move++) {
      if (toolpath.role[move] > ROLE.unretract) toolpath.feedMmPerS[move] = slowed(toolpath.feedMmPerS[move], factor, settings.minFeedMmPerS)
    }
  })
}

/** How long a layer takes as `slowSmallLayers` counts: length over feed, s. */
export function layerTimeS(toolpath: Toolpath, layer: number, settings: Pick<SlicingSettings, 'filamentDiameterMm'>): number {
  const { layers, moveCount } = toolpath
  const { fixedS, lengthByFeed } = measureLayer(toolpath, { firstMove: layers[layer]?.firstMove ?? moveCount, end: layers[layer + 1]?.firstMove ?? moveCount }, settings)
  return [...lengthByFeed].reduce((sum, [feed, length]) => sum + length / feed, fixedS)
}

/** Time of travels and retractions, and the length of the lines at each feed. */
function measureLayer(toolpath: Toolpath, { firstMove, end }: { firstMove: number; end: number }, settings: Pick<SlicingSettings, 'filamentDiameterMm'>): { fixedS: number; lengthByFeed: Map<number, number> } {
  const { points, role, feedMmPerS, volumeMm3 } = toolpath
  const filamentMm2 = Math.PI * (settings.filamentDiameterMm / 2) ** 2
  const lengthByFeed = new Map<number, number>()
  let fixedS = 0
  for (let move = firstMove; move < end; move++) {
    const p = 3 * move
    const dx = points[p + 3] - points[p]
    const dy = points[p + 4] - points[p + 1]
    const length = Math.sqrt(dx * dx + dy * dy)
    const feed = feedMmPerS[move]
    if (role[move] > ROLE.unretract) lengthByFeed.set(feed, (lengthByFeed.get(feed) ?? 0) + length)
    else fixedS += role[move] === ROLE.travel || length > 0 ? length / feed : Math.abs(volumeMm3[move]) / filamentMm2 / feed
  }
  return { fixedS, lengthByFeed }
}

/** What the feeds are multiplied with so that the lines take a time; the slowest ones stop at the least feed, the others make up for it. 0 when all stop there. */
function slowFactor(lengthByFeed: ReadonlyMap<number, number>, targetS: number, minFeed: number): number {
  const feeds = [...lengthByFeed].sort(([a], [b]) => a - b)
  let restS = feeds.reduce((sum, [feed, length]) => sum + length / feed, 0)
  let leftS = targetS
  if (restS === 0 || restS >= targetS) return 1
  for (const [feed, length] of feeds) {
    if (feed * restS >= minFeed * leftS) return restS / leftS
    restS -= length / feed
    leftS -= length / Math.min(feed, minFeed)
  }
  return 0
}

function slowed(feed: number, factor: number, minFeed: number): number {
  return Math.min(feed, Math.max(minFeed, feed * factor))
}
