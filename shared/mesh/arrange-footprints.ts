import { failure, success, type Problem, type Result } from '../units/problem'
import { type Footprint, convexHull, footprintArea } from './footprint'

/** Something to place on the bed. */
export interface ArrangeItem {
  readonly id: string
  readonly name: string
  /** Where it is now, machine coordinates, mm. */
  readonly footprint: Footprint
}

/** How far an item moves to its place. */
export interface Placement {
  readonly id: string
  readonly dxMm: number
  readonly dyMm: number
}

/** The bed: the box of the build volume; a circle is the ellipse inside it. */
export interface ArrangeVolume {
  readonly min: readonly [number, number, number]
  readonly max: readonly [number, number, number]
  readonly shape: 'rectangle' | 'circle'
}

type Point = readonly [xMm: number, yMm: number]

/** A footprint around its own middle, with its half extents. */
interface Piece {
  readonly id: string
  readonly name: string
  readonly middle: Point
  readonly outline: Footprint
  readonly half: Point
  /** The same for the same outlines. */
  readonly shape: string
}

/** Where the middle of a new piece may not be because of one that is placed: a convex outline with its box. */
interface Forbidden {
  readonly outline: Footprint
  /** Of the placed piece. */
  readonly middle: Point
  readonly min: Point
  readonly max: Point
}

/** How far apart items stand. */
export interface ArrangeRoom {
  readonly gapMm: number
  /** Room besides the gap along each axis, mm: what a print head takes that prints one item after the other. */
  readonly headMm?: Point
}

/** Pieces may stand closer than the gap by this, so that rounding never keeps two from touching their gap. */
const TOLERANCE_MM = 1e-6
/** Beyond this many placed pieces the crossings of their forbidden zones are too many to try. */
const MAX_FOR_CROSSINGS = 40

/**
 * Places items on the bed without overlap: the largest in the middle, each next one where it is nearest to the middle, at least `gapMm` from the others
 * (and the head's room) and wholly inside. Convex outlines keep their turn. The whole is then moved so that it lies in the middle.
 * Fails with `arrange/no-room` naming what doesn't fit, `arrange/too-large` for what is larger than the bed.
 */
export function arrangeFootprints(items: readonly ArrangeItem[], volume: ArrangeVolume, room: ArrangeRoom): Result<readonly Placement[]> {
  const pieces = items.map(pieceOf)
  const tooLarge = pieces.filter((piece) => !isInside(piece, [0, 0], volume))
  if (tooLarge.length > 0) return failure(...tooLarge.map((piece) => tooLargeProblem(piece, volume)))
  const sorted = pieces.toSorted((a, b) => footprintArea(b.outline) - footprintArea(a.outline))
  const compact = placeAll(sorted, volume, room, fromMiddle)
  // Rows from the front hold more than rings around the middle.
  const { places, left } = compact.left.length === 0 ? compact : placeAll(sorted, volume, room, fromFront)
  if (left.length > 0) return failure(noRoomProblem(left))
  const [cx, cy] = bedMiddle(volume)
  const [sx, sy] = centringShift(places, volume)
  return success(
    pieces.map((piece) => {
      const [x, y] = places.get(piece) ?? [0, 0]
      return { id: piece.id, dxMm: cx + x + sx - piece.middle[0], dyMm: cy + y + sy - piece.middle[1] }
    }),
  )
}

/** Which of two free places is better. */
type Preference = (a: Point, b: Point) => number

const fromMiddle: Preference = ([ax, ay], [bx, by]) => ax * ax + ay * ay - bx * bx - by * by
const fromFront: Preference = ([ax, ay], [bx, by]) => (Math.abs(ay - by) > TOLERANCE_MM ? ay - by : ax - bx)

function placeAll(sorted: readonly Piece[], volume: ArrangeVolume, room: ArrangeRoom, preference: Preference): { places: ReadonlyMap<Piece, Point>; left: readonly Piece[] } {
  const places = new Map<Piece, Point>()
  const left: Piece[] = []
  // Copies of one part forbid each other the same zone: it is made once and moved.
  const known = new Map<string, Footprint>()
  for (const piece of sorted) {
    const zones = [...places].map(([other, place]) => {
      const key = `${piece.shape}|${other.shape}`
      const outline = known.get(key) ?? forbiddenOutline(piece, other, room)
      known.set(key, outline)
      return zoneAt(outline, place)
    })
    const place = findPlace(piece, zones, volume, preference)
    if (place === undefined) left.push(piece)
    else places.set(piece, place)
  }
  return { places, left }
}

function noRoomProblem(left: readonly Piece[]): Problem {
  const counts = new Map<string, number>()
  for (const { name } of left) counts.set(name, (counts.get(name) ?? 0) + 1)
  const names = [...counts].map(([name, count]) => (count > 1 ? `${name} (${count}×)` : name)).join(', ')
  return { code: 'arrange/no-room', severity: 'error', values: { names, count: left.length }, message: `There is no room on the bed for ${names}. Remove something, make it smaller, or print it in two goes.` }
}

function tooLargeProblem({ name, half }: Piece, { min, max }: ArrangeVolume): Problem {
  const values = { name, xMm: round(2 * half[0]), yMm: round(2 * half[1]), bedXMm: round(max[0] - min[0]), bedYMm: round(max[1] - min[1]) }
  return {
    code: 'arrange/too-large',
    severity: 'error',
    values,
    message: `${name} covers ${values.xMm} × ${values.yMm} mm, the bed has ${values.bedXMm} × ${values.bedYMm} mm. Scale it down, turn it, or cut it.`,
  }
}

function round(mm: number): number {
  return Math.round(100 * mm) / 100
}

function bedMiddle({ min, max }: ArrangeVolume): Point {
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2]
}

function pieceOf({ id, name, footprint }: ArrangeItem): Piece {
  const { min, max } = outlineBox(footprint)
  const middle: Point = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2]
  const outline = footprint.map((value, i) => value - middle[i % 2 === 0 ? 0 : 1])
  return { id, name, middle, outline, shape: outline.join(' '), half: [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2] }
}

function outlineBox(outline: Footprint): { min: Point; max: Point } {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < outline.length; i += 2) {
    x0 = Math.min(x0, outline[i])
    x1 = Math.max(x1, outline[i])
    y0 = Math.min(y0, outline[i + 1])
    y1 = Math.max(y1, outline[i + 1])
  }
  return outline.length === 0 ? { min: [0, 0], max: [0, 0] } : { min: [x0, y0], max: [x1, y1] }
}

/** Whether a piece with its middle there (from the bed's middle) lies on the bed. */
function isInside({ outline, half }: Piece, [x, y]: Point, { min, max, shape }: ArrangeVolume): boolean {
  const rx = (max[0] - min[0]) / 2 + TOLERANCE_MM
  const ry = (max[1] - min[1]) / 2 + TOLERANCE_MM
  if (Math.abs(x) + half[0] > rx || Math.abs(y) + half[1] > ry) return false
  if (shape === 'rectangle') return true
  for (let i = 0; i < outline.length; i += 2) if (((outline[i] + x) / rx) ** 2 + ((outline[i + 1] + y) / ry) ** 2 > 1) return false
  return true
}

/** The best free place: the bed's middle, or one where the piece touches the gap of others or the bed's edge. */
function findPlace(piece: Piece, zones: readonly Forbidden[], volume: ArrangeVolume, preference: Preference): Point | undefined {
  const candidates = candidatePlaces(piece, zones, volume).sort(preference)
  // What blocked one place often blocks the next: it is asked first.
  const asked = [...zones]
  return candidates.find((place) => {
    if (!isInside(piece, place, volume)) return false
    const blocker = asked.findIndex((zone) => isWithin(zone, place))
    if (blocker > 0) asked.unshift(...asked.splice(blocker, 1))
    return blocker < 0
  })
}

function candidatePlaces(piece: Piece, zones: readonly Forbidden[], { min, max }: ArrangeVolume): Point[] {
  const rx = (max[0] - min[0]) / 2 - piece.half[0]
  const ry = (max[1] - min[1]) / 2 - piece.half[1]
  const places: Point[] = [[0, 0], [rx, ry], [-rx, ry], [rx, -ry], [-rx, -ry]]
  for (const { outline, middle: [x, y], min: [x0, y0], max: [x1, y1] } of zones) {
    // Beside, before and behind a neighbour, middle to middle: what makes rows of equal parts.
    places.push([x0, y], [x1, y], [x, y0], [x, y1])
    eachEdge(outline, (a, b) => {
      places.push(a, nearestToOrigin(a, b))
      for (const side of [-rx, rx]) if (a[0] < side !== b[0] < side) places.push([side, a[1] + ((b[1] - a[1]) * (side - a[0])) / (b[0] - a[0])])
      for (const side of [-ry, ry]) if (a[1] < side !== b[1] < side) places.push([a[0] + ((b[0] - a[0]) * (side - a[1])) / (b[1] - a[1]), side])
    })
  }
  if (zones.length <= MAX_FOR_CROSSINGS) addCrossings(zones, places)
  return places
}

function addCrossings(zones: readonly Forbidden[], places: Point[]): void {
  for (let i = 0; i < zones.length; i++) {
    for (let j = 0; j < i; j++) {
      const [one, two] = [zones[i], zones[j]]
      if (one.max[0] < two.min[0] || two.max[0] < one.min[0] || one.max[1] < two.min[1] || two.max[1] < one.min[1]) continue
      eachEdge(one.outline, (a, b) => eachEdge(two.outline, (c, d) => addCrossing([a, b], [c, d], places)))
    }
  }
}

function addCrossing([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point], places: Point[]): void {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const det = ux * vy - uy * vx
  if (Math.abs(det) < 1e-12) return
  const t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / det
  const s = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / det
  if (t >= 0 && t <= 1 && s >= 0 && s <= 1) places.push([a[0] + t * ux, a[1] + t * uy])
}

function eachEdge(outline: Footprint, visit: (a: Point, b: Point) => void): void {
  for (let i = 0; i < outline.length; i += 2) {
    const j = (i + 2) % outline.length
    visit([outline[i], outline[i + 1]], [outline[j], outline[j + 1]])
  }
}

function nearestToOrigin(a: Point, b: Point): Point {
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]]
  const length2 = ux * ux + uy * uy
  const t = length2 > 0 ? Math.min(1, Math.max(0, -(a[0] * ux + a[1] * uy) / length2)) : 0
  return [a[0] + t * ux, a[1] + t * uy]
}

/** The no-fit polygon around the placed piece's middle: its outline, widened by the gap, plus the mirrored new one (Minkowski sum of convex outlines). */
function forbiddenOutline(piece: Piece, other: Piece, { gapMm, headMm: [hx, hy] = [0, 0] }: ArrangeRoom): Footprint {
  const touching = sumOutlines(other.outline, piece.outline.map((value) => -value))
  const sum = hx > 0 || hy > 0 ? sumOutlines(touching, Float64Array.of(-hx, -hy, hx, -hy, hx, hy, -hx, hy)) : touching
  if (!(gapMm > 0)) return sum
  const sides = 16
  const reach = gapMm / Math.cos(Math.PI / sides)
  const round16 = Float64Array.from({ length: 2 * sides }, (_, i) => reach * (i % 2 === 0 ? Math.cos : Math.sin)((2 * Math.PI * ((i >> 1) + 0.5)) / sides))
  return sumOutlines(sum, round16)
}

function zoneAt(around: Footprint, [x, y]: Point): Forbidden {
  const outline = around.map((value, i) => value + (i % 2 === 0 ? x : y))
  return { outline, middle: [x, y], ...outlineBox(outline) }
}

/** Minkowski sum of two convex outlines, by the hull of all sums of corners when small, else by merging edges. */
function sumOutlines(one: Footprint, two: Footprint): Footprint {
  if (one.length * two.length < 256 || one.length < 6 || two.length < 6) {
    const sums: number[] = []
    for (let i = 0; i < one.length; i += 2) for (let j = 0; j < two.length; j += 2) sums.push(one[i] + two[j], one[i + 1] + two[j + 1])
    return convexHull(Float64Array.from(sums))
  }
  return mergeEdges(fromLowest(one), fromLowest(two))
}

/** The outline beginning at its lowest, then leftmost corner. */
function fromLowest(outline: Footprint): Footprint {
  let lowest = 0
  for (let i = 2; i < outline.length; i += 2) if (outline[i + 1] < outline[lowest + 1] || (outline[i + 1] === outline[lowest + 1] && outline[i] < outline[lowest])) lowest = i
  return Float64Array.from(outline, (_, i) => outline[(i + lowest) % outline.length])
}

function mergeEdges(one: Footprint, two: Footprint): Footprint {
  const sums: number[] = []
  let [i, j] = [0, 0]
  const edge = (outline: Footprint, at: number): Point => [outline[(at + 2) % outline.length] - outline[at % outline.length], outline[(at + 3) % outline.length] - outline[(at + 1) % outline.length]]
  while (i < one.length || j < two.length) {
    sums.push(one[i % one.length] + two[j % two.length], one[(i + 1) % one.length] + two[(j + 1) % two.length])
    const [ux, uy] = edge(one, i)
    const [vx, vy] = edge(two, j)
    const cross = ux * vy - uy * vx
    const goesOne = i < one.length && (j >= two.length || cross >= 0)
    const goesTwo = j < two.length && (i >= one.length || cross <= 0)
    if (goesOne) i += 2
    if (goesTwo) j += 2
  }
  return Float64Array.from(sums)
}

/** Whether a place is inside a convex zone by more than the tolerance. */
function isWithin({ outline, min, max }: Forbidden, [x, y]: Point): boolean {
  if (x <= min[0] || x >= max[0] || y <= min[1] || y >= max[1]) return false
  for (let i = 0; i < outline.length; i += 2) {
    const j = i + 2 < outline.length ? i + 2 : 0
    const ux = outline[j] - outline[i]
    const uy = outline[j + 1] - outline[i + 1]
    if (ux === 0 && uy === 0) continue
    const cross = ux * (y - outline[i + 1]) - uy * (x - outline[i])
    if (cross <= TOLERANCE_MM * (Math.abs(ux) + Math.abs(uy))) return false
  }
  return true
}

/** Moves the box around everything to the middle of the bed, when all then still lie inside. */
function centringShift(places: ReadonlyMap<Piece, Point>, volume: ArrangeVolume): Point {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [{ half }, [x, y]] of places) {
    x0 = Math.min(x0, x - half[0])
    x1 = Math.max(x1, x + half[0])
    y0 = Math.min(y0, y - half[1])
    y1 = Math.max(y1, y + half[1])
  }
  if (places.size === 0) return [0, 0]
  const shift: Point = [-(x0 + x1) / 2, -(y0 + y1) / 2]
  return [...places].every(([piece, [x, y]]) => isInside(piece, [x + shift[0], y + shift[1]], volume)) ? shift : [0, 0]
}
