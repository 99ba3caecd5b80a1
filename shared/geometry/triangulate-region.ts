import { contourArea } from './measure-contour'
import type { Contour, Region } from './region'

/** A region cut into triangles, as near to Delaunay's as its outline lets them be. */
export interface Triangulation {
  /** xy pairs: the region's own points, mm. */
  readonly points: Float64Array
  /** Three points a triangle, counter-clockwise. */
  readonly corners: Int32Array
  /** The half-edge on the other side of half-edge 3t + k (corner k to the next), or -1 at the outline. */
  readonly twins: Int32Array
}

interface Node {
  readonly point: number
  readonly x: number
  readonly y: number
  next: Node
  previous: Node
}

/**
 * Triangulates one outer contour and its holes: ears are cut off, then edges flipped while that makes the smallest angle
 * larger. Quadratic in the number of points: for gaps and thin walls, not for whole layers.
 * @see Lawson 1977, constrained Delaunay triangulation by edge flips
 */
export function triangulateRegion(region: Region): Triangulation {
  const points = new Float64Array(region.reduce((sum, { length }) => sum + length, 0))
  let outer: Node | undefined
  const holes: Node[] = []
  let at = 0
  for (const contour of region) {
    points.set(contour, at)
    const ring = linkRing(contour, at / 2)
    if (contourArea(contour) > 0) outer = ring
    else holes.push(leftmost(ring))
    at += contour.length
  }
  if (outer === undefined) return { points, corners: new Int32Array(0), twins: new Int32Array(0) }
  holes.sort((a, b) => a.x - b.x || a.y - b.y)
  for (const hole of holes) bridgeHole(outer, hole)
  const corners = Int32Array.from(cutEars(outer))
  const twins = findTwins(corners, points.length / 2)
  flipEdges(points, corners, twins)
  return { points, corners, twins }
}

function linkRing(contour: Contour, firstPoint: number): Node {
  const first = { point: firstPoint, x: contour[0], y: contour[1] } as Node
  let last = first
  for (let i = 2; i < contour.length; i += 2) {
    const node = { point: firstPoint + i / 2, x: contour[i], y: contour[i + 1], next: first, previous: last }
    last.next = node
    last = node
  }
  last.next = first
  first.previous = last
  return first
}

function leftmost(ring: Node): Node {
  let best = ring
  for (let node = ring.next; node !== ring; node = node.next) if (node.x < best.x || (node.x === best.x && node.y < best.y)) best = node
  return best
}

function cross(a: Node, b: Node, c: Node): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/** Joins a hole to the outline around it by two coincident edges, at the nearest point it can see. */
function bridgeHole(outer: Node, hole: Node): void {
  const candidates: [number, Node][] = []
  let node = outer
  do {
    candidates.push([(node.x - hole.x) ** 2 + (node.y - hole.y) ** 2, node])
    node = node.next
  } while (node !== outer)
  candidates.sort((a, b) => a[0] - b[0])
  const seen = candidates.find(([, to]) => isInCorner(to, hole) && isVisible(outer, hole, to) && isVisible(hole, hole, to)) ?? candidates[0]
  if (seen === undefined) return
  const [, to] = seen
  const toCopy = { ...to }
  const holeCopy = { ...hole }
  to.next.previous = toCopy
  hole.previous.next = holeCopy
  to.next = hole
  hole.previous = to
  holeCopy.next = toCopy
  toCopy.previous = holeCopy
}

/** Whether a line from a corner of the outline to a point starts into the region. */
function isInCorner(corner: Node, to: Node): boolean {
  const { previous, next } = corner
  return cross(previous, corner, next) >= 0
    ? cross(corner, next, to) >= 0 && cross(previous, corner, to) >= 0
    : cross(corner, next, to) >= 0 || cross(previous, corner, to) >= 0
}

function isVisible(ring: Node, from: Node, to: Node): boolean {
  let a = ring
  do {
    const b = a.next
    const touches = a.point === from.point || b.point === from.point || a.point === to.point || b.point === to.point
    if (!touches && cross(from, to, a) > 0 !== cross(from, to, b) > 0 && cross(a, b, from) > 0 !== cross(a, b, to) > 0) return false
    a = b
  } while (a !== ring)
  return true
}

function cutEars(ring: Node): number[] {
  const corners: number[] = []
  let node = ring
  let stop = ring
  let isForced = false
  while (node.previous !== node.next) {
    const { previous, next } = node
    if (isForced || isEar(node)) {
      if (cross(previous, node, next) > 0) corners.push(previous.point, node.point, next.point)
      previous.next = next
      next.previous = previous
      node = next.next
      stop = node
      isForced = false
      continue
    }
    node = next
    // A full round without an ear: rounding made the outline cross itself; the flattest corner goes.
    if (node === stop) isForced = true
  }
  return corners
}

function isEar(ear: Node): boolean {
  const { previous: a, next: c } = ear
  const turn = cross(a, ear, c)
  if (turn < 0) return false
  if (turn === 0) return a.x === c.x && a.y === c.y ? true : !isBetween(a, ear, c)
  const minX = Math.min(a.x, ear.x, c.x)
  const maxX = Math.max(a.x, ear.x, c.x)
  const minY = Math.min(a.y, ear.y, c.y)
  const maxY = Math.max(a.y, ear.y, c.y)
  for (let p = c.next; p !== a; p = p.next) {
    if (p.x < minX || p.x > maxX || p.y < minY || p.y > maxY) continue
    if ((p.x === a.x && p.y === a.y) || (p.x === ear.x && p.y === ear.y) || (p.x === c.x && p.y === c.y)) continue
    if (cross(a, ear, p) >= 0 && cross(ear, c, p) >= 0 && cross(c, a, p) >= 0) return false
  }
  return true
}

/** A point in the middle of a straight side must stay: it belongs to a triangle with a point across. */
function isBetween(a: Node, b: Node, c: Node): boolean {
  return (b.x - a.x) * (b.x - c.x) <= 0 && (b.y - a.y) * (b.y - c.y) <= 0
}

/** Half-edges that wait for their twin are chained from the point they begin at. */
function findTwins(corners: Int32Array, pointCount: number): Int32Array {
  const twins = new Int32Array(corners.length).fill(-1)
  const newest = new Int32Array(pointCount).fill(-1)
  const before = new Int32Array(corners.length)
  for (let e = 0; e < corners.length; e++) {
    const from = corners[e]
    const to = corners[next(e)]
    let other = newest[to]
    while (other !== -1 && (corners[next(other)] !== from || twins[other] !== -1)) other = before[other]
    if (other !== -1) pair(twins, e, other)
    before[e] = newest[from]
    newest[from] = e
  }
  return twins
}

function next(e: number): number {
  return e % 3 === 2 ? e - 2 : e + 1
}

function flipEdges(points: Float64Array, corners: Int32Array, twins: Int32Array): void {
  const stack = Array.from(corners.keys())
  // Each flip makes a better triangulation, so it ends; the bound guards against rounding.
  for (let budget = 40 * corners.length; stack.length > 0 && budget > 0; budget--) {
    const e = stack.pop() as number
    const f = twins[e]
    if (f < 0 || !wantsFlip(points, corners, e, f)) continue
    const e1 = next(e)
    const e2 = next(e1)
    const f1 = next(f)
    const f2 = next(f1)
    corners[e] = corners[f2]
    corners[f] = corners[e2]
    pair(twins, e, twins[f2])
    pair(twins, f, twins[e2])
    pair(twins, e2, f2)
    stack.push(e, e1, f, f1)
  }
}

function pair(twins: Int32Array, e: number, f: number): void {
  twins[e] = f
  if (f >= 0) twins[f] = e
}

/** Whether the point across half-edge f lies in the circle around e's triangle, and the flip leaves two real triangles. */
function wantsFlip(points: Float64Array, corners: Int32Array, e: number, f: number): boolean {
  const a = corners[e]
  const b = corners[next(e)]
  const c = corners[next(next(e))]
  const d = corners[next(next(f))]
  const dx = points[2 * d]
  const dy = points[2 * d + 1]
  const ax = points[2 * a] - dx
  const ay = points[2 * a + 1] - dy
  const bx = points[2 * b] - dx
  const by = points[2 * b + 1] - dy
  const cx = points[2 * c] - dx
  const cy = points[2 * c + 1] - dy
  if (ax * cy - ay * cx >= -1e-9 || cx * by - cy * bx >= -1e-9) return false
  const [al, bl, cl] = [ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy]
  return ax * (by * cl - bl * cy) - ay * (bx * cl - bl * cx) + al * (bx * cy - by * cx) > 1e-9
}
