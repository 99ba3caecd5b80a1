import type { Rotation, Triple } from './plate'

/** Turns first by `b`, then by `a`. */
export function multiplyRotations(a: Rotation, b: Rotation): Rotation {
  const [ax, ay, az, aw] = a
  const [bx, by, bz, bw] = b
  return normalised([aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx, aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz])
}

/** A turn about an axis of the machine, right-handed. */
export function axisRotation(axis: 'x' | 'y' | 'z', angleDeg: number): Rotation {
  const half = (angleDeg * Math.PI) / 360
  const [s, c] = [Math.sin(half), Math.cos(half)]
  return [axis === 'x' ? s : 0, axis === 'y' ? s : 0, axis === 'z' ? s : 0, c]
}

/** Turns a vector. */
export function rotateVector(rotation: Rotation, [vx, vy, vz]: Triple): Triple {
  const [x, y, z, w] = rotation
  const tx = 2 * (y * vz - z * vy)
  const ty = 2 * (z * vx - x * vz)
  const tz = 2 * (x * vy - y * vx)
  return [vx + w * tx + y * tz - z * ty, vy + w * ty + z * tx - x * tz, vz + w * tz + x * ty - y * tx]
}

/** The shortest turn that brings direction `from` to `to`; both of unit length. */
export function turnBetween(from: Triple, to: Triple): Rotation {
  const dot = from[0] * to[0] + from[1] * to[1] + from[2] * to[2]
  if (dot < -1 + 1e-12) return Math.abs(from[0]) < 0.9 ? perpendicularHalfTurn(from, [1, 0, 0]) : perpendicularHalfTurn(from, [0, 1, 0])
  return normalised([from[1] * to[2] - from[2] * to[1], from[2] * to[0] - from[0] * to[2], from[0] * to[1] - from[1] * to[0], 1 + dot])
}

function perpendicularHalfTurn(v: Triple, aside: Triple): Rotation {
  return normalised([v[1] * aside[2] - v[2] * aside[1], v[2] * aside[0] - v[0] * aside[2], v[0] * aside[1] - v[1] * aside[0], 0])
}

function normalised([x, y, z, w]: Rotation): Rotation {
  const length = Math.hypot(x, y, z, w)
  return length === 0 ? [0, 0, 0, 1] : [x / length, y / length, z / length, w / length]
}

/** Angles about the machine's x, then y, then z axis that make up a rotation, degrees, for people to read. */
export function rotationAnglesDeg([x, y, z, w]: Rotation): Triple {
  const deg = 180 / Math.PI
  const sinY = Math.max(-1, Math.min(1, 2 * (w * y - z * x)))
  if (Math.abs(sinY) > 0.999999) return [2 * Math.atan2(x, w) * deg, Math.asin(sinY) * deg, 0]
  return [Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)) * deg, Math.asin(sinY) * deg, Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * deg]
}

/** The rotation about x, then y, then z of the machine. */
export function rotationOfAngles([xDeg, yDeg, zDeg]: Triple): Rotation {
  return multiplyRotations(axisRotation('z', zDeg), multiplyRotations(axisRotation('y', yDeg), axisRotation('x', xDeg)))
}

/** The rotation of an orthonormal matrix, given by its elements; the branch with the largest divisor, after Shepperd (1978). */
export function rotationOfColumns(r: (row: 0 | 1 | 2, column: 0 | 1 | 2) => number): Rotation {
  const [a, b, c] = [r(0, 0), r(1, 1), r(2, 2)]
  const candidates = [1 + a - b - c, 1 - a + b - c, 1 - a - b + c, 1 + a + b + c] as const
  const largest = candidates.indexOf(Math.max(...candidates))
  const [p, q, s] = [r(2, 1), r(0, 2), r(1, 0)]
  const [pt, qt, st] = [r(1, 2), r(2, 0), r(0, 1)]
  switch (largest) {
    case 0: return normalised([candidates[0], s + st, q + qt, p - pt])
    case 1: return normalised([s + st, candidates[1], p + pt, q - qt])
    case 2: return normalised([q + qt, p + pt, candidates[2], s - st])
    default: return normalised([p - pt, q - qt, s - st, candidates[3]])
  }
}
