import { multiplyMatrices, translation } from '../mesh/matrix'
import type { Mat4, Mesh } from '../mesh/mesh'
import { sectionLines } from '../mesh/section-lines'
import type { ConnectorPlace } from './connector'
import { contourBox } from '../geometry/measure-contour'

/** Steps of the grid in which places are looked for, along the longer side. */
const GRID = 48

/** How many sections above and below a cut are looked at. */
const SECTIONS = 2

/** Sections of a part at the plane of a cut, and over the depth that connectors reach above and below it, as `sectionLines` gives them. */
export function sectionsAround(mesh: Mesh, toPlane: Mat4, depthMm: number): Float64Array[] {
  const steps = Array.from({ length: 2 * SECTIONS + 1 }, (_, index) => index - SECTIONS)
  return steps.map((step) => sectionLines(mesh, multiplyMatrices(translation(0, 0, (-depthMm * step) / SECTIONS), toPlane)))
}

/** Room around a point over several sections, mm: the least of them. */
export function roomThrough(sections: readonly Float64Array[], xMm: number, yMm: number): number {
  return sections.reduce((least, lines) => Math.min(least, roomAt(lines, xMm, yMm)), Infinity)
}

/**
 * Room around a point of a cut face: the distance to its edge, mm; negative outside of the material. `lines` as `sectionLines` gives them.
 */
export function roomAt(lines: Float64Array, xMm: number, yMm: number): number {
  let nearest = Infinity
  let winding = 0
  for (let i = 0; i < lines.length; i += 4) {
    const [ax, ay, bx, by] = [lines[i] - xMm, lines[i + 1] - yMm, lines[i + 2] - xMm, lines[i + 3] - yMm]
    const [dx, dy] = [bx - ax, by - ay]
    const length2 = dx * dx + dy * dy
    const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2))
    const distance2 = (ax + t * dx) ** 2 + (ay + t * dy) ** 2
    if (distance2 < nearest) nearest = distance2
    if (ay <= 0 !== by <= 0) {
      const isLeft = ax * dy - ay * dx > 0
      if (by > 0 && isLeft) winding++
      else if (by <= 0 && !isLeft) winding--
    }
  }
  return winding === 0 ? -Math.sqrt(nearest) : Math.sqrt(nearest)
}

/**
 * Spreads connectors over a cut face, as far from each other as it lets them: at least `reachMm` inside of all the sections and `apartMm` from each other.
 * A single one stands where there is most room. Fewer than asked for, or none, where there is no room for them.
 */
export function placeConnectors(sections: readonly Float64Array[], { count, reachMm, apartMm }: { readonly count: number; readonly reachMm: number; readonly apartMm: number }): ConnectorPlace[] {
  const candidates = roomyPlaces(sections, reachMm)
  const widest = candidates.reduce<(typeof candidates)[number] | undefined>((best, one) => (best === undefined || one.roomMm > best.roomMm ? one : best), undefined)
  if (widest === undefined || count < 1) return []
  if (count === 1) return [{ xMm: widest.xMm, yMm: widest.yMm }]
  const apart = candidates.map((one) => Math.hypot(one.xMm - widest.xMm, one.yMm - widest.yMm))
  const chosen: ConnectorPlace[] = []
  for (;;) {
    const farthest = apart.reduce((best, distance, index) => (distance > (apart[best] ?? 0) ? index : best), 0)
    const next = candidates[farthest]
    if (next === undefined || (chosen.length > 0 && (apart[farthest] ?? 0) < apartMm)) return chosen
    chosen.push({ xMm: next.xMm, yMm: next.yMm })
    if (chosen.length === count) return chosen
    candidates.forEach((one, index) => {
      const distance = Math.hypot(one.xMm - next.xMm, one.yMm - next.yMm)
      apart[index] = chosen.length === 1 ? distance : Math.min(apart[index] ?? 0, distance)
    })
  }
}

/** The rectangle that all sections have in common; turned round where there is none. */
function commonBox(sections: readonly Float64Array[]): [number, number, number, number] {
  return sections.reduce<[number, number, number, number]>(
    ([left, front, right, back], lines) => {
      const [x0, y0, x1, y1] = contourBox(lines)
      return [Math.max(left, x0), Math.max(front, y0), Math.min(right, x1), Math.min(back, y1)]
    },
    [-Infinity, -Infinity, Infinity, Infinity],
  )
}

function roomyPlaces(sections: readonly Float64Array[], reachMm: number): (ConnectorPlace & { readonly roomMm: number })[] {
  const [x0, y0, x1, y1] = commonBox(sections)
  const [width, depth] = [x1 - x0 - 2 * reachMm, y1 - y0 - 2 * reachMm]
  if (!(width >= 0 && depth >= 0)) return []
  // The middle and both ends of a face are places too.
  const steps = (sizeMm: number) => Math.max(2, 2 * Math.round((GRID * sizeMm) / Math.max(width, depth, 1e-9) / 2))
  const [columns, rows] = [steps(width), steps(depth)]
  const places: (ConnectorPlace & { roomMm: number })[] = []
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const [xMm, yMm] = [x0 + reachMm + (width * column) / columns, y0 + reachMm + (depth * row) / rows]
      const roomMm = roomThrough(sections, xMm, yMm)
      if (roomMm >= reachMm - 1e-6) places.push({ xMm, yMm, roomMm })
    }
  }
  return places
}
