import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import { JOINED } from '../../../../shared/slicing/infill/chain-lines'
import { gyroidLines } from '../../../../shared/slicing/infill/gyroid-lines'
import { polygon } from '../regions'

const PERIOD_MM = 6
const REGION: Region = [polygon({ x: 13, y: -4, radius: 21, corners: 7 }), polygon({ x: 12, y: -2, radius: 6, corners: 5, isHole: true })]
const perRad = PERIOD_MM / (2 * Math.PI)

/** The surface is where this is 0. */
function gyroid(x: number, y: number, z: number): number {
  const [u, v, w] = [x / perRad, y / perRad, z / perRad]
  return Math.sin(u) * Math.cos(v) + Math.sin(v) * Math.cos(w) + Math.sin(w) * Math.cos(u)
}

/** The slow twin: length of the zero line inside the region, by marching over the triangles of a fine grid. */
function slowLength(region: Region, z: number): number {
  const step = 0.1
  let length = 0
  const cut = (a: readonly number[], b: readonly number[]) => {
    const [fa, fb] = [gyroid(a[0]!, a[1]!, z), gyroid(b[0]!, b[1]!, z)]
    if (fa > 0 === fb > 0) return []
    const t = fa / (fa - fb)
    return [[a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)]]
  }
  for (let x = -10; x < 36; x += step) {
    for (let y = -27; y < 19; y += step) {
      if (!isInRegion(region, x, y)) continue
      const [p, q, r, s] = [[x, y], [x + step, y], [x + step, y + step], [x, y + step]] as const
      for (const [a, b, c] of [[p, q, r], [p, r, s]] as const) {
        const [one, two] = [...cut(a, b), ...cut(b, c), ...cut(c, a)]
        if (one && two) length += Math.hypot(one[0]! - two[0]!, one[1]! - two[1]!)
      }
    }
  }
  return length
}

/** Length of the pieces that are on the wave; those that join waves along the boundary are off it. */
function waveLength(z: number): number {
  let length = 0
  for (const line of gyroidLines(REGION, { spacingMm: PERIOD_MM, zMm: z, widthMm: 0, joining: JOINED })) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!]
      const isOnWave = [0.1, 0.5, 0.9].every((t) => Math.abs(gyroid(ax + t * (bx - ax), ay + t * (by - ay), z)) < 0.1)
      if (isOnWave) length += Math.hypot(bx - ax, by - ay)
    }
  }
  return length
}

describe('gyroid lines', () => {
  it.each([0.1, 0.6, 1.4, 2.2, 3.3, 4.1, 5.2, 5.9])('at z = %d are the whole of the surface in the region, and nothing else', (z) => {
    expect(Math.abs(waveLength(z) / slowLength(REGION, z) - 1)).toBeLessThan(0.02)
  })
})
