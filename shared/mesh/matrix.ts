import type { Mat4 } from './mesh'

/** Leaves everything where it is. */
export const IDENTITY: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

/** The matrix that applies `inner` first, then `outer`. */
export function multiplyMatrices(outer: Mat4, inner: Mat4): Mat4 {
  const product: number[] = []
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0
      for (let k = 0; k < 4; k++) sum += outer[4 * k + row] * inner[4 * column + k]
      product.push(sum)
    }
  }
  return product
}

/** Moves by mm. */
export function translation(xMm: number, yMm: number, zMm: number): Mat4 {
  return [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, xMm, yMm, zMm, 1]
}

/** Determinant of the linear part: the factor of volumes, negative for a mirror image. */
export function determinant(m: Mat4): number {
  return m[0] * (m[5] * m[10] - m[9] * m[6]) - m[4] * (m[1] * m[10] - m[9] * m[2]) + m[8] * (m[1] * m[6] - m[5] * m[2])
}

/** The inverse of a matrix that turns and moves, without scale. */
export function invertRigid(m: Mat4): Mat4 {
  const back = (column: number) => -(m[4 * column] * m[12] + m[4 * column + 1] * m[13] + m[4 * column + 2] * m[14])
  return [m[0], m[4], m[8], 0, m[1], m[5], m[9], 0, m[2], m[6], m[10], 0, back(0), back(1), back(2), 1]
}

/** The inverse of an affine matrix whose determinant isn't 0. */
export function invertMatrix(m: Mat4): Mat4 {
  const [a, b, c, , d, e, f, , g, h, i, , x, y, z] = m
  const factor = 1 / determinant(m)
  const rows = [
    [(e * i - h * f) * factor, (g * f - d * i) * factor, (d * h - g * e) * factor],
    [(h * c - b * i) * factor, (a * i - g * c) * factor, (g * b - a * h) * factor],
    [(b * f - e * c) * factor, (d * c - a * f) * factor, (a * e - d * b) * factor],
  ] as const
  const [p, q, r] = rows
  const back = ([u, v, w]: readonly [number, number, number]) => -(u * x + v * y + w * z)
  return [p[0], q[0], r[0], 0, p[1], q[1], r[1], 0, p[2], q[2], r[2], 0, back(p), back(q), back(r), 1]
}
