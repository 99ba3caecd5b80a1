import type { Polyline, Region } from '../../geometry/region'
import { chainLines, chainOptions, type Joining } from './chain-lines'
import { cutWaves } from './cut-waves'

export interface HoneycombOptions {
  /** Side of a cell, mm. */
  readonly sideMm: number
  /** Distance of the two lines of the side that neighbouring cells share, mm. */
  readonly lineMm: number
  readonly widthMm: number
  readonly joining: Joining
}

/** Waves of four sides; every second side lies beside one of the next wave, so that the cells close without a line being crossed. */
export function honeycombLines(region: Region, { sideMm, lineMm, widthMm, joining }: HoneycombOptions): Polyline[] {
  const rise = (sideMm * Math.sqrt(3)) / 2
  const lower = Float64Array.of(0, 0, 0, rise, rise, rise, 0)
  const upper = lower.map((v) => 2 * rise + lineMm - v)
  const lines = cutWaves(region, { isAlongY: false, periodMm: 3 * sideMm, repeatMm: 2 * (rise + lineMm), lower, upper })
  return chainLines(lines, chainOptions(joining, 2 * (rise + lineMm), widthMm))
}
