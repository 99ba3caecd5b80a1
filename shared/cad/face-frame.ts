import { type Vector, cross, direction, dot, plus } from '../geometry/vector'
import type { Mat4 } from '../mesh/mesh'

/** A place on a face of a part, and how what lies there is turned and moved on it. */
export interface FacePlace {
  readonly pointMm: Vector
  /** Outward, of unit length. */
  readonly normal: Vector
  /** Counter-clockwise, seen from outside. */
  readonly rotationDeg: number
  /** To the right and up on the face, mm. */
  readonly rightMm: number
  readonly upMm: number
}

/** Faces that look up or down more than this have no up of their own; the back of the bed is up for them. */
const LEVEL = 0.98

/** The frame of a drawing on a face: x to the right, y up the face as it is seen from outside, z outward. */
export function faceFrame({ pointMm, normal, rotationDeg, rightMm, upMm }: FacePlace): Mat4 {
  const up: Vector = Math.abs(normal[2]) > LEVEL ? [0, 1, 0] : [0, 0, 1]
  const level = direction(plus(up, normal, -dot(up, normal)))
  const aside = cross(level, normal)
  const [s, c] = [Math.sin((rotationDeg * Math.PI) / 180), Math.cos((rotationDeg * Math.PI) / 180)]
  const x: Vector = [aside[0] * c + level[0] * s, aside[1] * c + level[1] * s, aside[2] * c + level[2] * s]
  const y = cross(normal, x)
  const origin = plus(plus(pointMm, aside, rightMm), level, upMm)
  return [...x, 0, ...y, 0, ...normal, 0, ...origin, 1]
}
