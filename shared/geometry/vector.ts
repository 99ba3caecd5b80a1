/** A point or direction: x, y, z. */
export type Vector = readonly [number, number, number]

/** a + b · factor. */
export function plus(a: Vector, b: Vector, factor = 1): Vector {
  return [a[0] + b[0] * factor, a[1] + b[1] * factor, a[2] + b[2] * factor]
}

/** From b to a. */
export function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/** The scalar product. */
export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/** The vector product. */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/** The direction of a vector, of unit length; of no length for none. */
export function direction(a: Vector): Vector {
  const length = Math.hypot(...a)
  return length === 0 ? [0, 0, 0] : [a[0] / length, a[1] / length, a[2] / length]
}

/** Distance between two points. */
export function distance(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** The point of a line through two points that is nearest to a third: 0 at `from`, 1 at `to`; between them only when `isSegment`. */
export function nearestOnLine(point: Vector, from: Vector, to: Vector, isSegment: boolean): Vector {
  const along = minus(to, from)
  const length2 = dot(along, along)
  const t = length2 === 0 ? 0 : dot(minus(point, from), along) / length2
  return plus(from, along, isSegment ? Math.min(1, Math.max(0, t)) : t)
}
