import type { MotionLimits } from './motion-limits'

/** Marlin's MINIMUM_PLANNER_SPEED, mm/s: the speed of a full stop between two blocks. */
export const MIN_SPEED = 0.05
/** Below this a move has no length, mm. */
export const NO_LENGTH = 1e-6
/** Marlin treats the corner between segments shorter than this as part of an arc, mm; and only if it is flatter than 45°. */
const SMALL_SEGMENT = 1
const OCTAGON_COSINE = -Math.SQRT1_2

/** The corner rule of a machine: classic jerk or junction deviation. */
export function cornerSpeedOf(limits: MotionLimits): CornerSpeed {
  return limits.cornering.kind === 'jerk' ? jerkCorner(limits.cornering.jerkMmPerS) : junctionCorner(limits, limits.cornering.junctionDeviationMm)
}

/** A block as its neighbour sees it: unit direction over x, y, z, e, and speed along it. */
export interface Motion {
  x: number
  y: number
  z: number
  e: number
  speed: number
  acceleration: number
  length: number
}

/** A machine that stands still: the neighbour of the first block. */
export function standing(): Motion {
  return { x: 0, y: 0, z: 0, e: 0, speed: 0, acceleration: 0, length: 0 }
}

/** Highest speed, mm/s, at which one block may follow another. */
export type CornerSpeed = (before: Motion, now: Motion) => number

/** Classic jerk: no axis may change its speed by more than its jerk at once; from standstill likewise. */
function jerkCorner([jerkX, jerkY, jerkZ, jerkE]: readonly [number, number, number, number]): CornerSpeed {
  return (before, now) => {
    // From standstill the same rule applies against zero; this is also the speed at which a block may always begin.
    const safe = Math.min(now.speed, jerkX / Math.abs(now.x), jerkY / Math.abs(now.y), jerkZ / Math.abs(now.z), jerkE / Math.abs(now.e))
    if (before.speed === 0) return safe
    const speed = Math.min(before.speed, now.speed)
    const factor = Math.min(
      1,
      jerkX / (speed * jump(before.x, now.x)),
      jerkY / (speed * jump(before.y, now.y)),
      jerkZ / (speed * jump(before.z, now.z)),
      jerkE / (speed * jump(before.e, now.e)),
    )
    const corner = speed * factor
    const safeBefore = Math.min(before.speed, jerkX / Math.abs(before.x), jerkY / Math.abs(before.y), jerkZ / Math.abs(before.z), jerkE / Math.abs(before.e))
    // When both blocks may begin and end at a higher speed than the corner, the planner takes the block's own.
    return safe > 0.99 * corner && safeBefore > 0.99 * corner ? Math.min(safe, speed) : corner
  }
}

/** An axis' change of speed at a corner, as a share of the speed; a reversal counts its larger side, since the axis passes zero. */
function jump(from: number, to: number): number {
  return from * to < 0 ? Math.max(Math.abs(from), Math.abs(to)) : Math.abs(to - from)
}

/**
 * Junction deviation: the speed at which an arc that cuts the corner by at most the deviation keeps within acceleration.
 * @see "Improving Grbl's Cornering Algorithm", onehossshay.wordpress.com, 2011-09-24.
 */
function junctionCorner(limits: MotionLimits, deviationMm: number): CornerSpeed {
  const [accX, accY, accZ, accE] = limits.maxAccelerationMmPerS2
  return (before, now) => {
    if (before.speed === 0) return MIN_SPEED
    const cosine = -(before.x * now.x + before.y * now.y + before.z * now.z + before.e * now.e) / (norm(before) * norm(now))
    if (cosine > 0.999999) return MIN_SPEED
    const top = Math.min(before.speed, now.speed)
    const [jx, jy, jz, je] = [now.x - before.x, now.y - before.y, now.z - before.z, now.e - before.e]
    const size = Math.sqrt(jx * jx + jy * jy + jz * jz + je * je)
    if (size < NO_LENGTH) return top
    const acceleration = Math.min(now.acceleration, (accX * size) / Math.abs(jx), (accY * size) / Math.abs(jy), (accZ * size) / Math.abs(jz), (accE * size) / Math.abs(je))
    const sinHalf = Math.sqrt(Math.max(0, 0.5 * (1 - cosine)))
    let speed2 = sinHalf > 0.999999 ? Infinity : (acceleration * deviationMm * sinHalf) / (1 - sinHalf)
    if (now.length < SMALL_SEGMENT && cosine < OCTAGON_COSINE) {
      const turn = Math.acos(Math.min(1, Math.max(-1, -cosine)))
      speed2 = Math.min(speed2, turn > 0 ? (now.length / turn) * acceleration : Infinity)
    }
    return Math.max(MIN_SPEED, Math.min(top, Math.sqrt(speed2)))
  }
}

function norm(m: Motion): number {
  return Math.sqrt(m.x * m.x + m.y * m.y + m.z * m.z + m.e * m.e)
}
