import { contourLength } from '../../geometry/measure-contour'
import type { Contour } from '../../geometry/region'
import { seededNoise, seedOf } from '../../geometry/seeded-noise'
import { NearestPoints } from '../order/nearest-points'
import type { PaintedSeam, SeamPlace } from '../paint/seam-stretches'
import type { SlicingSettings } from '../settings'

/** Where a wall begins: behind corner `edge`, on the way to the next. */
export interface Seam {
  readonly edge: number
  readonly x: number
  readonly y: number
}

/** How far to each side of a corner its angle is measured, mm: less is noise of the mesh. */
const ARM_MM = 0.5
/** A turn below this is no corner to hide a seam in, radians. */
const CORNER_RAD = 0.35
/** A recess hides a seam better than an edge that stands out. */
const CONCAVE_FACTOR = 2
/** A seam follows the one in the layer below up to this far, mm. */
const FOLLOW_MM = 4
/** Painted places farther apart are two stretches, mm. */
const RUN_MM = 0.6
/** A right angle is worth following this much farther, mm. */
const CORNER_WORTH_MM = 0.8

/**
 * Says where the walls of one object begin, layer by layer: `startLayer`, then `place` for each outer wall.
 *
 * `aligned` keeps to the seam of the layer below, moved into a corner when one is beside it, and begins like
 * `sharpest-corner`. `sharpest-corner` takes the corner that turns most (a recess counts double), or the rear when there
 * is none. `rear` is the greatest y, `nearest` what is nearest to where the nozzle is, `random` anywhere on the contour
 * (the same for the same contour in the same layer). Where the surface is painted, each mode chooses among the places that are
 * enforced, or else not blocked; `aligned` then follows from the middle of the stretch where no corner is.
 */
export class SeamPlacer {
  private below: NearestPoints | undefined
  private belowPoints: readonly number[] = []
  private points: number[] = []
  private layer = 0
  private painted: PaintedSeam | undefined

  constructor(private readonly mode: SlicingSettings['seam']) {}

  /** @param painted where the paint lets seams be in this layer */
  startLayer(painted?: PaintedSeam): void {
    this.painted = painted
    this.belowPoints = this.points
    this.below = new NearestPoints(this.points)
    this.points = []
    this.layer++
  }

  /** @param at where the nozzle is, mm */
  place(contour: Contour, at: { readonly x: number; readonly y: number }): Seam {
    const seam = this.choose(contour, at)
    this.points.push(seam.x, seam.y)
    return seam
  }

  /** The place where a wall begins that is nearest to the nozzle now. */
  nearest(contour: Contour, at: { readonly x: number; readonly y: number }): Seam {
    const wanted = this.painted?.places(contour)
    return wanted === undefined ? nearestCorner(contour, at.x, at.y) : least(wanted.places, (place) => Math.hypot(place.x - at.x, place.y - at.y))
  }

  private choose(contour: Contour, at: { readonly x: number; readonly y: number }): Seam {
    const wanted = this.painted?.places(contour)
    if (wanted !== undefined) return this.choosePainted(contour, wanted, at)
    switch (this.mode) {
      case 'nearest':
        return nearestCorner(contour, at.x, at.y)
      case 'rear':
        return rearCorner(contour)
      case 'sharpest-corner':
        return sharpestCorner(contour)
      case 'random':
        return randomPlace(contour, this.layer)
      case 'aligned':
        return this.follow(contour) ?? sharpestCorner(contour)
      default:
        return this.mode satisfies never
    }
  }

  /** As the mode says, but only from the places that the paint leaves. */
  private choosePainted(contour: Contour, { places, isEnforced }: NonNullable<ReturnType<PaintedSeam['places']>>, at: { readonly x: number; readonly y: number }): Seam {
    switch (this.mode) {
      case 'nearest':
        return least(places, (place) => Math.hypot(place.x - at.x, place.y - at.y))
      case 'rear':
        return least(places, ({ y }) => -y)
      case 'random':
        return places[Math.floor(seededNoise(seedOf(contour[0], contour[1], this.layer))() * places.length)] ?? places[0]
      case 'sharpest-corner':
      case 'aligned':
        return (this.mode === 'aligned' ? this.followPainted(contour, places) : undefined) ?? bestHidden(contour, places) ?? (isEnforced ? places[longestMiddle(places)] : least(places, ({ y }) => -y))
      default:
        return this.mode satisfies never
    }
  }

  private followPainted(contour: Contour, places: readonly SeamPlace[]): Seam | undefined {
    if (this.below === undefined || this.belowPoints.length === 0) return undefined
    const middle = nearestSeamTo(contour, this.below, this.belowPoints)
    const cost = (place: SeamPlace) => {
      const hiding = place.isCorner ? cornerHiding(contour, place.edge) : 0
      return Math.hypot(place.x - middle.x, place.y - middle.y) - (hiding < CORNER_RAD ? 0 : (CORNER_WORTH_MM * hiding) / (Math.PI / 2))
    }
    const best = least(places, cost)
    return Math.hypot(best.x - middle.x, best.y - middle.y) > FOLLOW_MM ? undefined : best
  }

  /** The seam that goes on from the one below, if one is near. */
  private follow(contour: Contour): Seam | undefined {
    if (this.below === undefined || this.belowPoints.length === 0) return undefined
    const middle = nearestSeamTo(contour, this.below, this.belowPoints)
    const straight = nearestOnContour(contour, middle.x, middle.y)
    const straightMm = Math.hypot(straight.x - middle.x, straight.y - middle.y)
    if (straightMm > FOLLOW_MM) return undefined
    let best = straight
    let leastMm = straightMm
    for (let i = 0; i < contour.length; i += 2) {
      const distanceMm = Math.hypot(contour[i] - middle.x, contour[i + 1] - middle.y)
      if (distanceMm - 2 * CORNER_WORTH_MM * CONCAVE_FACTOR >= leastMm) continue
      const hiding = cornerHiding(contour, i / 2)
      const costMm = distanceMm - (hiding < CORNER_RAD ? 0 : (CORNER_WORTH_MM * hiding) / (Math.PI / 2))
      if (costMm >= leastMm) continue
      leastMm = costMm
      best = { edge: i / 2, x: contour[i], y: contour[i + 1] }
    }
    return best
  }
}

function least(places: readonly SeamPlace[], cost: (place: SeamPlace) => number): Seam {
  let best = places[0]
  let lowest = Infinity
  for (const place of places) {
    const own = cost(place)
    if (own >= lowest) continue
    lowest = own
    best = place
  }
  return best
}

/** The corner among some places that hides a seam best, if any is one. */
function bestHidden(contour: Contour, places: readonly SeamPlace[]): Seam | undefined {
  const corners = places.filter(({ isCorner, edge }) => isCorner && cornerHiding(contour, edge) > CORNER_RAD)
  return corners.length === 0 ? undefined : least(corners, ({ edge, y }) => -cornerHiding(contour, edge) - 1e-6 * y)
}

/** The middle of the longest run of neighbouring places, by its number in the list. */
function longestMiddle(places: readonly SeamPlace[]): number {
  let [start, bestStart, bestLength] = [0, 0, 0]
  for (let i = 1; i <= places.length; i++) {
    const isNext = i < places.length && Math.hypot(places[i].x - places[i - 1].x, places[i].y - places[i - 1].y) < RUN_MM
    if (isNext) continue
    if (i - start > bestLength) [bestStart, bestLength] = [start, i - start]
    start = i
  }
  return bestStart + (bestLength >> 1)
}

/** The seam of the layer below that belongs to a contour: of those nearest to some of its corners, the one nearest to the contour. */
function nearestSeamTo(contour: Contour, below: NearestPoints, points: readonly number[]): { x: number; y: number } {
  const step = 2 * Math.max(1, Math.floor(contour.length / 2 / 16))
  let best = { x: 0, y: 0 }
  let least = Infinity
  for (let i = 0; i < contour.length; i += step) {
    const near = below.nearest(contour[i], contour[i + 1])
    const [x, y] = [points[2 * near], points[2 * near + 1]]
    const distance2 = (x - contour[i]) ** 2 + (y - contour[i + 1]) ** 2
    if (distance2 >= least) continue
    least = distance2
    best = { x, y }
  }
  return best
}

function randomPlace(contour: Contour, layer: number): Seam {
  const noise = seededNoise(seedOf(contour[0], contour[1], layer))
  return placeAlong(contour, noise() * contourLength(contour))
}

/** The place so far along a contour from its first corner, mm. */
function placeAlong(contour: Contour, alongMm: number): Seam {
  let left = alongMm
  for (let i = 0; i < contour.length; i += 2) {
    const j = i + 2 < contour.length ? i + 2 : 0
    const [dx, dy] = [contour[j] - contour[i], contour[j + 1] - contour[i + 1]]
    const length = Math.hypot(dx, dy)
    if (left <= length && length > 0) return { edge: i / 2, x: contour[i] + (dx * left) / length, y: contour[i + 1] + (dy * left) / length }
    left -= length
  }
  return { edge: 0, x: contour[0], y: contour[1] }
}

/** The corner nearest to a point. */
export function nearestCorner(contour: Contour, x: number, y: number): Seam {
  let best = 0
  let least = Infinity
  for (let i = 0; i < contour.length; i += 2) {
    const distance2 = (contour[i] - x) ** 2 + (contour[i + 1] - y) ** 2
    if (distance2 >= least) continue
    least = distance2
    best = i
  }
  return { edge: best / 2, x: contour[best], y: contour[best + 1] }
}

/** The point of a contour nearest to a point, a corner or between two. */
export function nearestOnContour(contour: Contour, x: number, y: number): Seam {
  let best: Seam = { edge: 0, x: contour[0], y: contour[1] }
  let least = Infinity
  for (let i = 0; i < contour.length; i += 2) {
    const j = i + 2 < contour.length ? i + 2 : 0
    const dx = contour[j] - contour[i]
    const dy = contour[j + 1] - contour[i + 1]
    const length2 = dx * dx + dy * dy
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - contour[i]) * dx + (y - contour[i + 1]) * dy) / length2))
    const px = contour[i] + share * dx
    const py = contour[i + 1] + share * dy
    const distance2 = (px - x) ** 2 + (py - y) ** 2
    if (distance2 >= least) continue
    least = distance2
    best = { edge: i / 2, x: px, y: py }
  }
  return best
}

/** The closed line of a contour from its seam around to it again: xy pairs. */
export function ringFrom(contour: Contour, seam: Seam): Float64Array {
  const n = contour.length
  const first = 2 * seam.edge + 2
  const around = new Float64Array(n + 4)
  around[0] = seam.x
  around[1] = seam.y
  around.set(contour.subarray(first), 2)
  around.set(contour.subarray(0, first), 2 + n - first)
  around[n + 2] = seam.x
  around[n + 3] = seam.y
  return around
}

function rearCorner(contour: Contour): Seam {
  let best = 0
  for (let i = 2; i < contour.length; i += 2) {
    const isRearer = contour[i + 1] > contour[best + 1] + 1e-4
    const isEvenAndRight = contour[i + 1] > contour[best + 1] - 1e-4 && contour[i] > contour[best]
    if (isRearer || isEvenAndRight) best = i
  }
  return { edge: best / 2, x: contour[best], y: contour[best + 1] }
}

function sharpestCorner(contour: Contour): Seam {
  let best: Seam | undefined
  let most = CORNER_RAD
  for (let i = 0; i < contour.length / 2; i++) {
    const hiding = cornerHiding(contour, i)
    const [x, y] = [contour[2 * i], contour[2 * i + 1]]
    const isBetter = hiding > most + 0.02 || (best !== undefined && hiding > most - 0.02 && isBehind(x, y, best))
    if (!isBetter) continue
    most = Math.max(most, hiding)
    best = { edge: i, x, y }
  }
  return best ?? rearCorner(contour)
}

/** Of corners alike the rearmost, then the rightmost, so that the choice doesn't hang on where the contour begins. */
function isBehind(x: number, y: number, best: Seam): boolean {
  return y > best.y + 1e-3 || (y > best.y - 1e-3 && x > best.x)
}

/** How well a corner hides a seam: the angle by which it turns, a recess (with the material to the left, a turn to the right) counted double; radians. */
function cornerHiding(contour: Contour, corner: number): number {
  const [x, y] = [contour[2 * corner], contour[2 * corner + 1]]
  const before = pointAtArm(contour, corner, -1)
  const after = pointAtArm(contour, corner, 1)
  const [ax, ay, bx, by] = [x - before.x, y - before.y, after.x - x, after.y - y]
  const turn = Math.atan2(ax * by - ay * bx, ax * bx + ay * by)
  return turn < 0 ? -CONCAVE_FACTOR * turn : turn
}

/** The point on the contour an arm's length of way from a corner. */
function pointAtArm(contour: Contour, corner: number, step: 1 | -1): { x: number; y: number } {
  const n = contour.length / 2
  let left = ARM_MM
  let [x, y] = [contour[2 * corner], contour[2 * corner + 1]]
  for (let k = 1; k < n; k++) {
    const i = (((corner + k * step) % n) + n) % n
    const length = Math.hypot(contour[2 * i] - x, contour[2 * i + 1] - y)
    if (length >= left && length > 0) return { x: x + ((contour[2 * i] - x) * left) / length, y: y + ((contour[2 * i + 1] - y) * left) / length }
    left -= length
    x = contour[2 * i]
    y = contour[2 * i + 1]
  }
  return { x, y }
}
