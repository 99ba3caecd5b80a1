import { IDENTITY } from './matrix'
import type { Box3, Mat4, Mesh } from './mesh'

/** Box of a mesh in its own frame, or after a matrix, mm. A mesh without vertices has a box of no size at the origin. */
export function meshBox({ positions }: Pick<Mesh, 'positions'>, matrix: Mat4 = IDENTITY): Box3 {
  if (positions.length === 0) return { min: [0, 0, 0], max: [0, 0, 0] }
  const [a, b, c, , d, e, f, , g, h, i, , tx, ty, tz] = matrix
  let [x0, y0, z0, x1, y1, z1] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
  for (let p = 0; p < positions.length; p += 3) {
    const px = positions[p]
    const py = positions[p + 1]
    const pz = positions[p + 2]
    const x = a * px + d * py + g * pz
    const y = b * px + e * py + h * pz
    const z = c * px + f * py + i * pz
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
    if (z < z0) z0 = z
    if (z > z1) z1 = z
  }
  return { min: [x0 + tx, y0 + ty, z0 + tz], max: [x1 + tx, y1 + ty, z1 + tz] }
}

/** Size of a box along x, y and z, mm. */
export function boxSize({ min, max }: Box3): [number, number, number] {
  return [max[0] - min[0], max[1] - min[1], max[2] - min[2]]
}

/** The smallest box around several; of no size at the origin for none. */
export function boxAround(boxes: readonly Box3[]): Box3 {
  const [first, ...others] = boxes
  if (first === undefined) return { min: [0, 0, 0], max: [0, 0, 0] }
  return others.reduce<Box3>(
    (all, { min, max }) => ({
      min: [Math.min(all.min[0], min[0]), Math.min(all.min[1], min[1]), Math.min(all.min[2], min[2])],
      max: [Math.max(all.max[0], max[0]), Math.max(all.max[1], max[1]), Math.max(all.max[2], max[2])],
    }),
    first,
  )
}
