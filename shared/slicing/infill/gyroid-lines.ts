import type { Polyline, Region } from '../../geometry/region'
import type { BoundedLines } from './bounded-lines'
import { chainLines, chainOptions, type Joining } from './chain-lines'
import { cutWaves, type Waves } from './cut-waves'

export interface GyroidOptions {
  /** Period, mm. */
  readonly spacingMm: number
  readonly zMm: number
  readonly widthMm: number
  readonly joining: Joining
}

/** How far the pieces of a line may be from the true curve, mm, but where two waves meet. */
const CHORD_MM = 0.015

/**
 * The gyroid's lines at a height: sin x cos y + sin y cos z + sin z cos x = 0, solved for y where the waves run along x
 * (cos² z ≥ ½), else for x. The density is that of the request over a whole period in z; a single layer varies about it.
 */
export function gyroidLines(region: Region, options: GyroidOptions): Polyline[] {
  const lines: BoundedLines = cutWaves(region, gyroidWaves(options))
  return chainLines(lines, chainOptions(options.joining, options.spacingMm, options.widthMm))
}

function gyroidWaves({ spacingMm, zMm }: GyroidOptions): Waves {
  const perRad = spacingMm / (2 * Math.PI)
  const z = (zMm % spacingMm) / perRad
  const isAlongY = Math.cos(z) ** 2 < 0.5
  const samples = samplesOf(spacingMm)
  const lower = new Float64Array(samples + 1)
  const upper = new Float64Array(samples + 1)
  for (let j = 0; j <= samples; j++) {
    const u = (2 * Math.PI * (j % samples)) / samples
    const { arc, phase } = isAlongY ? solveX(u, z) : solveY(u, z)
    lower[j] = (arc - phase) * perRad
    upper[j] = (Math.PI - arc - phase) * perRad
  }
  return { isAlongY, periodMm: spacingMm, repeatMm: spacingMm, lower, upper }
}

/** Pieces of a period: a wave's tightest radius is about period / 2π, and a chord of length c misses it by c² / 8 radius. */
function samplesOf(periodMm: number): number {
  return Math.min(64, Math.max(8, 4 * Math.round(Math.sqrt((Math.PI * periodMm) / (4 * CHORD_MM)) / 4)))
}

/** sin x cos y + cos z sin y = R sin(y + phase), so y = arc - phase or π - arc - phase; the phase is continuous in x. */
function solveY(x: number, z: number): { arc: number; phase: number } {
  const [sin, cos] = [Math.sin(x), Math.cos(z)]
  const phase = cos > 0 ? Math.atan2(sin, cos) : Math.PI + Math.atan2(-sin, -cos)
  return { arc: arcsine((-Math.sin(z) * Math.cos(x)) / Math.hypot(sin, cos)), phase }
}

/** cos y sin x + sin z cos x = R sin(x + phase). */
function solveX(y: number, z: number): { arc: number; phase: number } {
  const [sin, cos] = [Math.sin(z), Math.cos(y)]
  return { arc: arcsine((-Math.sin(y) * Math.cos(z)) / Math.hypot(sin, cos)), phase: Math.atan2(sin, cos) }
}

function arcsine(value: number): number {
  return Math.asin(Math.min(1, Math.max(-1, value)))
}
