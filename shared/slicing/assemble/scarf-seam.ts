import { contourLength } from '../../geometry/measure-contour'
import type { Contour } from '../../geometry/region'
import type { LineStyle } from '../../toolpath/toolpath-builder'
import { ringFrom, type Seam } from './place-seam'
import type { LaidPiece, PrintHead } from './print-head'
import { skipShortPieces } from './skip-short-pieces'

/** What a scarf is made of. */
export interface Scarf {
  /** Of the way on which the wall rises, and again of that on which it fades, mm. */
  readonly lengthMm: number
  readonly steps: number
  /** The layer's nozzle height and thickness, mm. */
  readonly zMm: number
  readonly heightMm: number
}

/** A scarf takes at most this part of a wall: it must have risen before it begins to fade. */
const MOST_OF_WALL = 0.5
/** Shorter ones do more harm than a seam, mm. */
const LEAST_MM = 1

/**
 * Lays a wall that rises from the layer below to its own height on the first stretch, goes around, and fades out at full
 * height over the same stretch. In every step the two flows add up to that of the line, so the wall's volume is that of a
 * plain one. False, and nothing laid, when the wall is too short for it.
 */
export function layScarf(head: PrintHead, contour: Contour, seam: Seam, { style, scarf }: { readonly style: LineStyle; readonly scarf: Scarf }): boolean {
  const lengthMm = Math.min(scarf.lengthMm, MOST_OF_WALL * contourLength(contour))
  if (lengthMm < LEAST_MM) return false
  const { zMm, heightMm, steps } = scarf
  const ring = skipShortPieces(ringFrom(contour, seam))
  const rise = cutRamp(ring, lengthMm, steps)
  const up = rise.map(({ x, y, step, share }): LaidPiece => ({ x, y, zMm: zMm - heightMm * (1 - share), flow: (step + 0.5) / steps }))
  const around: LaidPiece[] = []
  for (let i = afterMm(ring, lengthMm); i < ring.length; i += 2) around.push({ x: ring[i], y: ring[i + 1], zMm, flow: 1 })
  const fade = rise.map(({ x, y, step }): LaidPiece => ({ x, y, zMm, flow: 1 - (step + 0.5) / steps }))
  head.lowerTo(zMm - heightMm)
  head.layPieces([...up, ...around, ...fade], style)
  return true
}

interface RampPoint {
  readonly x: number
  readonly y: number
  /** Step of the piece that ends here, and the share of the ramp that is done. */
  readonly step: number
  readonly share: number
}

/** The corners of a line's first stretch and the ends of its steps. */
function cutRamp(line: Float64Array, lengthMm: number, steps: number): RampPoint[] {
  const points: RampPoint[] = []
  let doneMm = 0
  let step = 0
  for (let i = 2; i < line.length && step < steps; i += 2) {
    const [dx, dy] = [line[i] - line[i - 2], line[i + 1] - line[i - 1]]
    const piece = Math.hypot(dx, dy)
    for (; step < steps; step++) {
      const endMm = ((step + 1) * lengthMm) / steps
      if (endMm > doneMm + piece) break
      const part = piece === 0 ? 1 : (endMm - doneMm) / piece
      points.push({ x: line[i - 2] + part * dx, y: line[i - 1] + part * dy, step, share: (step + 1) / steps })
    }
    doneMm += piece
    if (step < steps) points.push({ x: line[i], y: line[i + 1], step, share: doneMm / lengthMm })
  }
  return points
}

/** Index of the first coordinate of the corner that comes after so much of a line. */
function afterMm(line: Float64Array, lengthMm: number): number {
  let doneMm = 0
  for (let i = 2; i < line.length; i += 2) {
    doneMm += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1])
    if (doneMm > lengthMm) return i
  }
  return line.length
}
