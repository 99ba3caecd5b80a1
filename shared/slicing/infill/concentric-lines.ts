import type { Clipper } from '../../geometry/clipper'
import { regionArea } from '../../geometry/measure-contour'
import type { Polyline, Region } from '../../geometry/region'

/** A region smaller than this is rounding, mm². */
const NO_AREA = 1e-4
/** Far more loops than any bed has room for; ends the loop if an offset doesn't shrink. */
const MAX_LOOPS = 20_000

/** Closed loops from the region's boundary inwards, the outermost first; each ends where it begins. */
export function concentricLines(region: Region, options: { readonly spacingMm: number; readonly widthMm: number }, clipper: Clipper): Polyline[] {
  const loops: Polyline[] = []
  let inner = region
  for (let i = 0; i < MAX_LOOPS && inner.length > 0 && regionArea(inner) > NO_AREA; i++) {
    for (const contour of inner) {
      const loop = closed(contour)
      if (lengthMm(loop) >= options.widthMm) loops.push(loop)
    }
    inner = clipper.offset(inner, -options.spacingMm)
  }
  return loops
}

function closed(contour: Float64Array): Polyline {
  const line = new Float64Array(contour.length + 2)
  line.set(contour)
  line[contour.length] = contour[0]
  line[contour.length + 1] = contour[1]
  return line
}

function lengthMm(line: Float64Array): number {
  let sum = 0
  for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1])
  return sum
}
