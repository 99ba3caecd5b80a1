import type { Clipper } from '../../geometry/clipper'
import { simplifyContour } from '../../geometry/simplify-contour'
import type { Contour, Region } from '../../geometry/region'

/** Corners are looked for in the outline less what is finer, mm. */
const SIMPLIFY_MM = 0.2
/** Corners of an ear. */
const CORNERS = 36

/**
 * Where a brim of ears lies: a disc around each outer corner that is sharper than an angle, less the part and its gap.
 *
 * @param shape outer contours of what stands on the bed
 */
export function brimEars(shape: Region, { radiusMm, gapMm, sharpestDeg }: { readonly radiusMm: number; readonly gapMm: number; readonly sharpestDeg: number }, clipper: Clipper): Region {
  const discs = shape.flatMap((contour) => sharpCorners(contour, sharpestDeg).map(([x, y]) => disc(x, y, radiusMm)))
  const keepOff = gapMm === 0 ? shape : clipper.offset(shape, gapMm, { join: 'round' })
  return clipper.difference(clipper.union(discs), keepOff)
}

/** Corners of a counter-clockwise contour that stand out with less than an angle inside. */
function sharpCorners(contour: Contour, sharpestDeg: number): [number, number][] {
  const simple = simplifyContour(contour, SIMPLIFY_MM) ?? contour
  const n = simple.length
  const corners: [number, number][] = []
  for (let i = 0; i < n; i += 2) {
    const before = (i + n - 2) % n
    const after = (i + 2) % n
    const [ax, ay] = [simple[i] - simple[before], simple[i + 1] - simple[before + 1]]
    const [bx, by] = [simple[after] - simple[i], simple[after + 1] - simple[i + 1]]
    const turnDeg = (Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * 180) / Math.PI
    if (180 - turnDeg < sharpestDeg) corners.push([simple[i], simple[i + 1]])
  }
  return corners
}

function disc(x: number, y: number, radiusMm: number): Contour {
  return Float64Array.from({ length: 2 * CORNERS }, (_, i) => (i % 2 === 0 ? x + radiusMm * Math.cos((Math.PI * i) / CORNERS) : y + radiusMm * Math.sin((Math.PI * (i - 1)) / CORNERS)))
}
