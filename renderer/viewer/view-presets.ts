import type { Box3 } from '../../shared/mesh/mesh'

/** Directions to look from; z is up, front is -y. */
export const VIEW_PRESETS = ['iso', 'front', 'back', 'left', 'right', 'top', 'bottom'] as const
export type ViewPreset = (typeof VIEW_PRESETS)[number]

type Triple = readonly [number, number, number]

/** Off the pole a little, so that the camera's up direction stays defined. */
const POLE = 0.0001
const FROM: Readonly<Record<ViewPreset, Triple>> = {
  iso: [0.45, -0.75, 0.5],
  front: [0, -1, 0],
  back: [0, 1, 0],
  left: [-1, 0, 0],
  right: [1, 0, 0],
  top: [0, -POLE, 1],
  bottom: [0, -POLE, -1],
}

/** Unit vector from what is looked at to the camera. */
export function viewDirection(preset: ViewPreset): Triple {
  const [x, y, z] = FROM[preset]
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

export interface Lens {
  /** Vertical opening angle, degrees. */
  readonly fovDeg: number
  /** Width over height. */
  readonly aspect: number
}

/**
 * Distance from the middle of a box at which all of its corners are inside the picture, seen from a direction, mm.
 * @param margin more than 1 leaves room around it.
 */
export function fitDistance(box: Box3, direction: Triple, { fovDeg, aspect }: Lens, margin = 1.12): number {
  const middle: Triple = [(box.min[0] + box.max[0]) / 2, (box.min[1] + box.max[1]) / 2, (box.min[2] + box.max[2]) / 2]
  const upward = Math.tan((fovDeg * Math.PI) / 360)
  const sideward = upward * aspect
  const [right, up] = frame(direction)
  let distance = 1
  for (let corner = 0; corner < 8; corner++) {
    const p: Triple = [
      (corner & 1 ? box.max[0] : box.min[0]) - middle[0],
      (corner & 2 ? box.max[1] : box.min[1]) - middle[1],
      (corner & 4 ? box.max[2] : box.min[2]) - middle[2],
    ]
    const along = dot(p, direction)
    distance = Math.max(distance, along + (Math.abs(dot(p, right)) / sideward) * margin, along + (Math.abs(dot(p, up)) / upward) * margin)
  }
  return distance
}

function frame(direction: Triple): readonly [Triple, Triple] {
  const flat = Math.hypot(direction[0], direction[1])
  const right: Triple = flat < 1e-9 ? [1, 0, 0] : [-direction[1] / flat, direction[0] / flat, 0]
  const up: Triple = [direction[1] * right[2] - direction[2] * right[1], direction[2] * right[0] - direction[0] * right[2], direction[0] * right[1] - direction[1] * right[0]]
  return [right, up]
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
