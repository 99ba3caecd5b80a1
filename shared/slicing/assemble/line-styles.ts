import type { LineStyle } from '../../toolpath/toolpath-builder'
import { ROLE, type MoveRole } from '../../toolpath/toolpath'
import { crossSectionMm2 } from '../infill/solid-spacing'
import type { SlicingSettings } from '../settings'

/** What kind of line it is, and how thick. */
export interface LineKind {
  readonly role: MoveRole
  readonly widthMm: number
  readonly heightMm: number
  /** Over the flow of width × height; 1 unless given. */
  readonly flow?: number
}

/** Volume per length and feed of a line, with the flow of the material and of the first layer, and within the flow limit. */
export function lineStyle(kind: LineKind, settings: SlicingSettings, isFirstLayer: boolean): LineStyle {
  const flow = (kind.flow ?? 1) * (settings.flowPercent / 100) * (isFirstLayer ? settings.firstLayerFlowPercent / 100 : 1)
  const mm3PerMm = crossSectionMm2(kind.widthMm, kind.heightMm) * flow
  const asked = feedOfRole(kind.role, settings)
  const slow = isFirstLayer ? Math.min(asked, settings.firstLayerFeedMmPerS) : asked
  return { role: ROLE[kind.role], widthMm: kind.widthMm, mm3PerMm, feedMmPerS: Math.min(slow, settings.maxFlowMm3PerS / mm3PerMm) }
}

function feedOfRole(role: MoveRole, settings: SlicingSettings): number {
  switch (role) {
    case 'outer-wall':
      return settings.outerWallFeedMmPerS
    case 'inner-wall':
      return settings.innerWallFeedMmPerS
    case 'infill':
      return settings.infillFeedMmPerS
    case 'support':
      return settings.supportFeedMmPerS
    case 'support-interface':
      return settings.supportInterfaceFeedMmPerS
    case 'skirt':
    case 'brim':
      return settings.firstLayerFeedMmPerS
    case 'bridge':
      // A bridge hangs in the air until it sets: no faster than the lines that everyone sees.
      return settings.bridgeFeedMmPerS > 0 ? settings.bridgeFeedMmPerS : Math.min(settings.skinFeedMmPerS, settings.outerWallFeedMmPerS)
    case 'ironing':
      return settings.ironingFeedMmPerS
    default:
      return settings.skinFeedMmPerS
  }
}
