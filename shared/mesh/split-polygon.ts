import { fillHole } from './fill-hole'

/** Polygons with more corners than this come from no modelling program; they are fanned. */
const MAX_CORNERS = 3000

/**
 * Splits a polygon, given as vertex numbers, into triangles of the same turn: quads along the diagonal that gives less area (right for concave ones),
 * others as a hole would be filled.
 */
export function splitPolygon(positions: Float32Array, corners: readonly number[], push: (a: number, b: number, c: number) => void): void {
  const n = corners.length
  if (n === 3) push(corners[0], corners[1], corners[2])
  else if (n === 4) splitQuad(positions, corners, push)
  else if (n > 4) {
    const triangles = n <= MAX_CORNERS ? fillHole(positions, corners) : undefined
    if (triangles === undefined) for (let i = 1; i + 1 < n; i++) push(corners[0], corners[i], corners[i + 1])
    else for (let i = 0; i < triangles.length; i += 3) push(triangles[i], triangles[i + 1], triangles[i + 2])
  }
}

function splitQuad(positions: Float32Array, [a, b, c, d]: readonly number[], push: (a: number, b: number, c: number) => void): void {
  if (doubleArea(positions, [a, b, c]) + doubleArea(positions, [a, c, d]) <= doubleArea(positions, [b, c, d]) + doubleArea(positions, [b, d, a]) * (1 + 1e-9)) {
    push(a, b, c)
    push(a, c, d)
  } else {
    push(b, c, d)
    push(b, d, a)
  }
}

function doubleArea(positions: Float32Array, [i, j, k]: readonly [number, number, number]): number {
  const [a, b, c] = [3 * i, 3 * j, 3 * k]
  const ux = positions[b] - positions[a]
  const uy = positions[b + 1] - positions[a + 1]
  const uz = positions[b + 2] - positions[a + 2]
  const vx = positions[c] - positions[a]
  const vy = positions[c + 1] - positions[a + 1]
  const vz = positions[c + 2] - positions[a + 2]
  return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
}
