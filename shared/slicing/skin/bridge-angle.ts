import { regionCrossings } from '../../geometry/region-crossings'
import { contourBox, isInRegion } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'

const ANGLES = 36
/** How far beyond a line's end the layer below must hold it, mm. */
const HOLD_MM = 0.3
const FEWEST_LINES = 12
/** Of the lines' length that must be held at both ends; with less it is an overhang, not a bridge. */
const LEAST_HELD = 0.6

/** Lines over a gap in one direction. */
export interface BridgeSpan {
  /** 0..180° to the x axis. */
  readonly angleDeg: number
  /** Of the lines that are held at both ends, mm. */
  readonly longestMm: number
  /** Part of the lines' length that is held at both ends, 0..1. */
  readonly heldShare: number
}

/**
 * The direction in which lines over a gap are held at both ends by the layer below, and short. Undefined where most lines
 * would end in the air whatever their direction.
 */
export function bridgeSpan(area: Region, below: Region): BridgeSpan | undefined {
  if (below.length === 0) return undefined
  let best: (BridgeSpan & { readonly score: number }) | undefined
  for (let i = 0; i < ANGLES; i++) {
    const angleDeg = (i * 180) / ANGLES
    const { heldMm, totalMm, longestMm, sizeMm } = measureLines(area, below, (angleDeg * Math.PI) / 180)
    if (totalMm === 0 || heldMm < LEAST_HELD * totalMm) continue
    const score = heldMm / totalMm - longestMm / sizeMm
    if (best === undefined || score > best.score + 1e-6) best = { angleDeg, longestMm, heldShare: heldMm / totalMm, score }
  }
  return best
}

/** Lays test lines over an area in one direction and adds up those that are held at both ends. */
function measureLines(area: Region, below: Region, angleRad: number): { heldMm: number; totalMm: number; longestMm: number; sizeMm: number } {
  const cos = Math.cos(angleRad)
  const sin = Math.sin(angleRad)
  const turned = area.map((contour) => contour.map((_, i) => (i % 2 === 0 ? cos * contour[i] + sin * contour[i + 1] : cos * contour[i] - sin * contour[i - 1])))
  const boxes = turned.map(contourBox)
  const minY = Math.min(...boxes.map((box) => box[1]))
  const maxY = Math.max(...boxes.map((box) => box[3]))
  const sizeMm = Math.hypot(maxY - minY, Math.max(...boxes.map((box) => box[2])) - Math.min(...boxes.map((box) => box[0])))
  const stepMm = Math.min(1, (maxY - minY) / FEWEST_LINES)
  const isHeld = (x: number, y: number) => isInRegion(below, cos * x - sin * y, sin * x + cos * y)
  let [heldMm, totalMm, longestMm] = [0, 0, 0]
  if (stepMm <= 0) return { heldMm, totalMm, longestMm, sizeMm }
  for (let y = minY + stepMm / 2; y < maxY; y += stepMm) {
    const xs = regionCrossings(turned, y)
    for (let k = 0; k + 1 < xs.length; k += 2) {
      const from = xs[k]
      const to = xs[k + 1]
      totalMm += to - from
      if (!isHeld(from - HOLD_MM, y) || !isHeld(to + HOLD_MM, y)) continue
      heldMm += to - from
      longestMm = Math.max(longestMm, to - from)
    }
  }
  return { heldMm, totalMm, longestMm, sizeMm }
}
