import { dot, minus, plus, type Vector } from '../../geometry/vector'

/**
 * The point of a triangle (nine numbers) that is nearest to a point.
 * @see Ericson, Real-Time Collision Detection, 5.1.5
 */
export function nearestOnTriangle(point: readonly number[], corners: readonly number[]): Vector {
  const [a, b, c] = [vector(corners, 0), vector(corners, 3), vector(corners, 6)]
  const p = vector(point, 0)
  const [ab, ac, ap] = [minus(b, a), minus(c, a), minus(p, a)]
  const [d1, d2] = [dot(ab, ap), dot(ac, ap)]
  if (d1 <= 0 && d2 <= 0) return a
  const bp = minus(p, b)
  const [d3, d4] = [dot(ab, bp), dot(ac, bp)]
  if (d3 >= 0 && d4 <= d3) return b
  const vc = d1 * d4 - d3 * d2
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return plus(a, ab, d1 / (d1 - d3))
  const cp = minus(p, c)
  const [d5, d6] = [dot(ab, cp), dot(ac, cp)]
  if (d6 >= 0 && d5 <= d6) return c
  const vb = d5 * d2 - d1 * d6
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return plus(a, ac, d2 / (d2 - d6))
  const va = d3 * d6 - d5 * d4
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) return plus(b, minus(c, b), (d4 - d3) / (d4 - d3 + (d5 - d6)))
  const sum = va + vb + vc
  return plus(plus(a, ab, vb / sum), ac, vc / sum)
}

function vector(values: readonly number[], at: number): Vector {
  return [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0]
}
