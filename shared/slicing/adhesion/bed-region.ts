import type { Region } from '../../geometry/region'
import type { SliceInput } from '../slice-input'

/** Corners of a round bed. */
const ROUND_BED_CORNERS = 180

/** Where the middle of the nozzle can be on the bed. */
export function bedRegion({ min, max, shape }: SliceInput['volume']): Region {
  if (shape === 'rectangle') return [Float64Array.of(min[0], min[1], max[0], min[1], max[0], max[1], min[0], max[1])]
  const corners = new Float64Array(2 * ROUND_BED_CORNERS)
  for (let i = 0; i < ROUND_BED_CORNERS; i++) {
    const a = (2 * Math.PI * i) / ROUND_BED_CORNERS
    corners[2 * i] = (min[0] + max[0]) / 2 + (Math.cos(a) * (max[0] - min[0])) / 2
    corners[2 * i + 1] = (min[1] + max[1]) / 2 + (Math.sin(a) * (max[1] - min[1])) / 2
  }
  return [corners]
}
