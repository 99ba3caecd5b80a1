import { type Vector, cross, direction, distance, dot, minus, plus } from './vector'

export interface Circle {
  readonly centreMm: Vector
  readonly normal: Vector
  readonly radiusMm: number
}

/** The circle through three points; undefined when they stand on a line. */
export function circleThrough(a: Vector, b: Vector, c: Vector): Circle | undefined {
  const [ab, ac] = [minus(b, a), minus(c, a)]
  const normal = cross(ab, ac)
  const square = dot(normal, normal)
  if (square <= 1e-12 * dot(ab, ab) * dot(ac, ac)) return undefined
  const towards = plus(plus([0, 0, 0], cross(normal, ab), dot(ac, ac)), cross(ac, normal), dot(ab, ab))
  const centreMm = plus(a, towards, 1 / (2 * square))
  return { centreMm, normal: direction(normal), radiusMm: distance(centreMm, a) }
}

/** How far a point is from a circle's line, mm. */
export function circleDistance({ centreMm, normal, radiusMm }: Circle, point: Vector): number {
  const from = minus(point, centreMm)
  const height = dot(from, normal)
  return Math.hypot(height, Math.hypot(...plus(from, normal, -height)) - radiusMm)
}
