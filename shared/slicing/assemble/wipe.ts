import { ROLE } from '../../toolpath/toolpath'
import type { ToolpathBuilder } from '../../toolpath/toolpath-builder'
import type { SlicingSettings } from '../settings'

/** Ends of a closed line lie nearer to each other, mm. */
const CLOSED_MM = 1e-3

/**
 * Pulls filament back while the nozzle goes along the line it has laid: on around a closed one, back along an open one.
 * The feed is such that the filament moves no faster than a retraction may; what a short line leaves is pulled back at its end.
 */
export function wipe(builder: ToolpathBuilder, line: readonly number[], { volumeMm3, settings }: { readonly volumeMm3: number; readonly settings: SlicingSettings }): void {
  const n = line.length / 2
  const isClosed = Math.hypot(line[0] - line[2 * n - 2], line[1] - line[2 * n - 1]) < CLOSED_MM
  const { wipeMm, travelFeedMmPerS, retractionMm, retractionFeedMmPerS } = settings
  const feedMmPerS = Math.min(travelFeedMmPerS, (wipeMm / retractionMm) * retractionFeedMmPerS)
  let leftMm = wipeMm
  for (let k = 1; k < n && leftMm > 1e-6; k++) {
    const i = isClosed ? k : n - 1 - k
    const [dx, dy] = [line[2 * i] - builder.xMm, line[2 * i + 1] - builder.yMm]
    const length = Math.hypot(dx, dy)
    if (length === 0) continue
    const part = Math.min(1, leftMm / length)
    builder.moveTo(builder.xMm + part * dx, builder.yMm + part * dy, builder.zMm, { role: ROLE.retract, volumeMm3: (-volumeMm3 * part * length) / wipeMm, feedMmPerS, widthMm: 0 })
    leftMm -= part * length
  }
  if (leftMm > 1e-6) builder.retract((volumeMm3 * leftMm) / wipeMm, retractionFeedMmPerS)
}
