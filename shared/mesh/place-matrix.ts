import type { Mat4 } from './mesh'

type Triple = readonly [number, number, number]

/** Where something stands: scaled, then rotated, then put at a place. */
export interface Placement {
  readonly positionMm: Triple
  /** x, y, z, w; unit length. */
  readonly rotation: readonly [number, number, number, number]
  readonly scale: Triple
}

/** The matrix of a placement; the pivot is what turns, grows and comes to stand at the place, mm in the thing's own frame. */
export function placeMatrix({ positionMm, rotation: [x, y, z, w], scale: [sx, sy, sz] }: Placement, [px, py, pz]: Triple = [0, 0, 0]): Mat4 {
  const m = [
    (1 - 2 * (y * y + z * z)) * sx, 2 * (x * y + z * w) * sx, 2 * (x * z - y * w) * sx, 0,
    2 * (x * y - z * w) * sy, (1 - 2 * (x * x + z * z)) * sy, 2 * (y * z + x * w) * sy, 0,
    2 * (x * z + y * w) * sz, 2 * (y * z - x * w) * sz, (1 - 2 * (x * x + y * y)) * sz, 0,
    0, 0, 0, 1,
  ]
  const at = (row: 0 | 1 | 2) => positionMm[row] - ((m[row] ?? 0) * px + (m[row + 4] ?? 0) * py + (m[row + 8] ?? 0) * pz)
  m[12] = at(0)
  m[13] = at(1)
  m[14] = at(2)
  return m
}
