import { contourArea } from '../../geometry/measure-contour'
import type { Contour } from '../../geometry/region'
import { seededNoise, seedOf } from '../../geometry/seeded-noise'
import type { PlannedWall } from '../planned-layer'
import type { SlicingSettings } from '../settings'

/**
 * Outer walls that waver at random within the fuzzy skin's band around where they were planned; the others as they are.
 * The same wall at the same height wavers the same way every time. The first layer stays smooth, to hold on the bed.
 */
export function fuzzyWalls(walls: readonly PlannedWall[], { layer, zMm }: { readonly layer: number; readonly zMm: number }, settings: SlicingSettings): PlannedWall[] {
  if (settings.fuzzySkin === 'none' || layer === 0) return [...walls]
  const isFuzzy = ({ depth, contour }: PlannedWall) => depth === 0 && (settings.fuzzySkin === 'all' || contourArea(contour) > 0)
  return walls.map((wall) => (isFuzzy(wall) ? { ...wall, contour: fuzzy(wall.contour, zMm, settings) } : wall))
}

/** Points at distances of ¾ to 1¼ of the grain, each moved across by up to half the band. */
function fuzzy(contour: Contour, zMm: number, { fuzzySkinThicknessMm, fuzzySkinPointMm }: SlicingSettings): Contour {
  const noise = seededNoise(seedOf(contour[0], contour[1], zMm))
  const points: number[] = []
  let nextMm = noise() * fuzzySkinPointMm
  for (let i = 0; i < contour.length; i += 2) {
    const j = i + 2 < contour.length ? i + 2 : 0
    const [dx, dy] = [contour[j] - contour[i], contour[j + 1] - contour[i + 1]]
    const length = Math.hypot(dx, dy)
    for (; nextMm < length; nextMm += fuzzySkinPointMm * (0.75 + noise() / 2)) {
      const across = (noise() - 0.5) * fuzzySkinThicknessMm
      points.push(contour[i] + (dx * nextMm - dy * across) / length, contour[i + 1] + (dy * nextMm + dx * across) / length)
    }
    nextMm -= length
  }
  return points.length < 6 ? contour : Float64Array.from(points)
}
