import type { Clipper } from '../../geometry/clipper'
import { contourArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { reverseContour } from '../../geometry/reverse-contour'

/** Painted surface reaches so much beyond its projection, since outlines are simplified, mm. */
const REACH_MM = 0.15
/** Surfaces that stand upright have no area seen from above, mm². */
const LEAST_AREA_MM2 = 1e-6

/**
 * What of painted facets (nine numbers each) lies between each plane and the one below it, seen from above; contours don't
 * overlap. A surface there is what a layer shows or hangs by beyond the layer below.
 */
export function paintBetween(facets: Float64Array, planesMm: readonly number[], clipper: Clipper): Region[] {
  const pieces: Float64Array[][] = planesMm.map(() => [])
  for (let at = 0; at < facets.length; at += 9) {
    const triangle = [0, 3, 6].map((k) => [facets[at + k] as number, facets[at + k + 1] as number, facets[at + k + 2] as number] as const)
    const heights = triangle.map(([, , z]) => z)
    const [lowMm, highMm] = [Math.min(...heights), Math.max(...heights)]
    for (let layer = firstAbove(planesMm, lowMm); layer < planesMm.length; layer++) {
      const piece = between(triangle, planesMm[layer - 1] ?? -Infinity, planesMm[layer] as number)
      if (piece !== undefined) pieces[layer]?.push(piece)
      if ((planesMm[layer] as number) >= highMm) break
    }
  }
  return pieces.map((list) => (list.length === 0 ? [] : clipper.offset(clipper.union(list), REACH_MM)))
}

/** Where painted facets are cut by each plane: x, y, x, y of each line. */
export function paintAt(facets: Float64Array, planesMm: readonly number[]): Float64Array[] {
  const lines: number[][] = planesMm.map(() => [])
  for (let at = 0; at < facets.length; at += 9) {
    const heights = [facets[at + 2] as number, facets[at + 5] as number, facets[at + 8] as number]
    const highMm = Math.max(...heights)
    for (let layer = firstAbove(planesMm, Math.min(...heights)); layer < planesMm.length && (planesMm[layer] as number) <= highMm; layer++) {
      const ends = crossings(facets.subarray(at, at + 9), planesMm[layer] as number)
      if (ends.length === 4) lines[layer]?.push(...ends)
    }
  }
  return lines.map((list) => Float64Array.from(list))
}

type Point = readonly [number, number, number]

/** The first plane at a height or above it. */
function firstAbove(planesMm: readonly number[], zMm: number): number {
  let [low, high] = [0, planesMm.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((planesMm[middle] as number) < zMm) low = middle + 1
    else high = middle
  }
  return low
}

/** The part of a triangle between two heights, seen from above, counter-clockwise. */
function between(triangle: readonly Point[], lowMm: number, highMm: number): Float64Array | undefined {
  const cut = keepSide(keepSide(triangle, highMm, -1), lowMm, 1)
  if (cut.length < 3) return undefined
  const contour = Float64Array.from(cut.flatMap(([x, y]) => [x, y]))
  const area = contourArea(contour)
  if (Math.abs(area) < LEAST_AREA_MM2) return undefined
  return area < 0 ? reverseContour(contour) : contour
}

/** A polygon's part above (1) or below (-1) a height. */
function keepSide(polygon: readonly Point[], zMm: number, side: 1 | -1): Point[] {
  if (!Number.isFinite(zMm)) return [...polygon]
  return polygon.flatMap((a, i): Point[] => {
    const b = polygon[(i + 1) % polygon.length] as Point
    const [da, db] = [side * (a[2] - zMm), side * (b[2] - zMm)]
    const kept: Point[] = da >= 0 ? [a] : []
    if (da < 0 === db < 0) return kept
    const share = da / (da - db)
    return [...kept, [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), zMm]]
  })
}

function crossings(facet: Float64Array, zMm: number): number[] {
  return [0, 3, 6].flatMap((from) => {
    const to = (from + 3) % 9
    const [da, db] = [(facet[from + 2] as number) - zMm, (facet[to + 2] as number) - zMm]
    if (da < 0 === db < 0) return []
    const share = da / (da - db)
    return [0, 1].map((axis) => (facet[from + axis] as number) + share * ((facet[to + axis] as number) - (facet[from + axis] as number)))
  })
}
