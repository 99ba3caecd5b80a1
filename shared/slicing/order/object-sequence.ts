import { convexHull, type Footprint } from '../../mesh/footprint'
import { failure, type Problem, type Result, success } from '../../units/problem'

/** Room that the print head takes, as seen from the tip of its nozzle; what is printed object after object must stay out of it. */
export interface HeadClearance {
  /** How far the head reaches to each side, mm: −x, +x, −y, +y. */
  readonly leftMm: number
  readonly rightMm: number
  readonly frontMm: number
  readonly backMm: number
  /** From the nozzle's tip up to the rail (or arms) that the head hangs on, which sweeps the whole bed. */
  readonly gantryHeightMm: number
}

/** An object as the head meets it. */
export interface SequenceObject {
  readonly id: string
  readonly name: string
  /** Everything of it that the nozzle goes to (support and brim too), seen from above. */
  readonly hull: Footprint
  readonly topMm: number
}

/** Objects may come nearer to the head by rounding, mm. */
const TOLERANCE_MM = 0.01

/** Where the head may be while its nozzle is over an outline: a convex outline, mm. */
export function sweptByHead(hull: Footprint, { leftMm, rightMm, frontMm, backMm }: HeadClearance): Footprint {
  const corners: number[] = []
  for (let i = 0; i < hull.length; i += 2) {
    for (const dx of [-leftMm, rightMm]) for (const dy of [-frontMm, backMm]) corners.push(hull[i] + dx, hull[i + 1] + dy)
  }
  return convexHull(Float64Array.from(corners))
}

/** Whether two convex outlines share more than their edges (separating axes). */
export function convexOverlap(one: Footprint, two: Footprint): boolean {
  return one.length > 0 && two.length > 0 && !isSeparatedBySideOf(one, two) && !isSeparatedBySideOf(two, one)
}

function isSeparatedBySideOf(one: Footprint, two: Footprint): boolean {
  const n = one.length
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n
    const [nx, ny] = [one[j + 1] - one[i + 1], one[i] - one[j]]
    const length = Math.hypot(nx, ny)
    if (length === 0) continue
    const least = reach(two, -nx, -ny)
    if (-least >= nx * one[i] + ny * one[i + 1] - TOLERANCE_MM * length) return true
  }
  return false
}

/** Farthest that an outline reaches in a direction. */
function reach(outline: Footprint, nx: number, ny: number): number {
  let most = -Infinity
  for (let i = 0; i < outline.length; i += 2) most = Math.max(most, nx * outline[i] + ny * outline[i + 1])
  return most
}

/** Why one object can't be printed while another one stands already. */
type Obstacle = 'head' | 'gantry'

/**
 * The order in which objects are printed one after the other, so that the head never touches what stands: an object that
 * is higher than the gantry comes last, and none is printed where the head would reach one that stands. Among those that
 * may come next, the nearest one does. @returns indices of the objects.
 *
 * Problems, with the names of two objects: `slicing/head-hits`, `slicing/gantry-hits`.
 */
export function orderObjects(objects: readonly SequenceObject[], head: HeadClearance): Result<readonly number[]> {
  const swept = objects.map(({ hull }) => sweptByHead(hull, head))
  const obstacle = (standing: number, printed: number): Obstacle | undefined =>
    convexOverlap(swept[printed], objects[standing].hull) ? 'head' : objects[standing].topMm > head.gantryHeightMm + TOLERANCE_MM ? 'gantry' : undefined
  const left = new Set(objects.keys())
  const order: number[] = []
  let [x, y] = [0, 0]
  while (left.size > 0) {
    const free = [...left].filter((one) => [...left].every((later) => later === one || obstacle(one, later) === undefined))
    const next = nearestOf(free, objects, [x, y])
    if (next === undefined) return failure(noOrder([...left], objects, { head, obstacle }))
    left.delete(next)
    order.push(next)
    ;[x, y] = middleOf(objects[next].hull)
  }
  return success(order)
}

function nearestOf(free: readonly number[], objects: readonly SequenceObject[], [x, y]: readonly [number, number]): number | undefined {
  let nearest: number | undefined
  let least = Infinity
  for (const i of free) {
    const [mx, my] = middleOf(objects[i].hull)
    const distance = Math.hypot(mx - x, my - y)
    if (distance >= least) continue
    least = distance
    nearest = i
  }
  return nearest
}

function middleOf(hull: Footprint): readonly [number, number] {
  const [dx, dy] = [reach(hull, 1, 0) - reach(hull, -1, 0), reach(hull, 0, 1) - reach(hull, 0, -1)]
  return [dx / 2, dy / 2]
}

interface OrderFacts {
  readonly head: HeadClearance
  readonly obstacle: (standing: number, printed: number) => Obstacle | undefined
}

/** Names two objects that are in each other's way; or, where it takes more than two, one of them and what it is in the way of. */
function noOrder(left: readonly number[], objects: readonly SequenceObject[], { head, obstacle }: OrderFacts): Problem {
  const pairs = left.flatMap((a) => left.filter((b) => b !== a && obstacle(a, b) !== undefined).map((b) => [a, b] as const))
  const [a, b] = pairs.find(([one, two]) => obstacle(two, one) !== undefined) ?? pairs[0] ?? [left[0], left[0]]
  const [one, two] = [objects[a], objects[b]]
  const both = [obstacle(a, b), obstacle(b, a)]
  if (both.includes('head')) {
    return {
      code: 'slicing/head-hits', severity: 'error', place: { object: two.id, other: one.id }, values: { name: one.name, other: two.name },
      message: `Printed one after the other, the print head would touch ${one.name} or ${two.name}, whichever stands first. Move them further apart or print them layer by layer.`,
    }
  }
  const gantryMm = Math.round(head.gantryHeightMm * 10) / 10
  return {
    code: 'slicing/gantry-hits', severity: 'error', place: { object: two.id, other: one.id }, values: { name: one.name, other: two.name, gantryMm },
    message: `${one.name} and ${two.name} are both higher than ${gantryMm} mm, where the rail of the print head runs: only one such object can be printed, as the last. Print them layer by layer.`,
  }
}
