import type { MotionLimits } from './motion-limits'
import type { Toolpath } from './toolpath'

/** Blocks that the firmware's planner holds; Marlin's BLOCK_BUFFER_SIZE. */
const PLANNER_BLOCKS = 16
/** Marlin's MINIMUM_PLANNER_SPEED, mm/s: the speed of a full stop between two blocks. */
const MIN_SPEED = 0.05
/** Below this a move has no length, mm. */
const NO_LENGTH = 1e-6
/** Marlin treats the corner between segments shorter than this as part of an arc, mm; and only if it is flatter than 45°. */
const SMALL_SEGMENT = 1
const OCTAGON_COSINE = -Math.SQRT1_2

/** Per block: what the planner works with. Speeds are squared, mm²/s². */
interface Blocks {
  readonly lengthMm: Float64Array
  readonly nominalMmPerS: Float64Array
  readonly acceleration: Float64Array
  /** Highest speed at the start of the block that the corner before it allows, squared. */
  readonly entryLimit2: Float64Array
}

/**
 * Times every move as Marlin would: each axis' feed and acceleration limits, the corner speed by jerk or junction
 * deviation, and trapezoids over a look-ahead of as many blocks as the planner holds, which at the end of what it
 * knows must be able to stop. Moves of E alone take the retract acceleration, moves without E the travel one.
 *
 * @see Marlin, Marlin/src/module/planner.cpp, for the behaviour; the code is our own.
 * @returns seconds of each move, without dwells.
 */
export function planMotion(toolpath: Toolpath, limits: MotionLimits, filamentAreaMm2: number): Float32Array {
  const blocks = describeBlocks(toolpath, limits, filamentAreaMm2)
  stopAtEvents(toolpath, blocks)
  const entry2 = planEntrySpeeds(blocks, limits.plannerBlocks ?? PLANNER_BLOCKS)
  return timeBlocks(blocks, entry2)
}

function describeBlocks(toolpath: Toolpath, limits: MotionLimits, filamentAreaMm2: number): Blocks {
  const n = toolpath.moveCount
  const { points, volumeMm3, feedMmPerS } = toolpath
  const blocks: Blocks = { lengthMm: new Float64Array(n), nominalMmPerS: new Float64Array(n), acceleration: new Float64Array(n), entryLimit2: new Float64Array(n) }
  const cornerSpeed = limits.cornering.kind === 'jerk' ? jerkCorner(limits.cornering.jerkMmPerS) : junctionCorner(limits, limits.cornering.junctionDeviationMm)
  const [maxX, maxY, maxZ, maxE] = limits.maxFeedMmPerS
  const [accX, accY, accZ, accE] = limits.maxAccelerationMmPerS2
  let before = standing()
  let now = standing()
  for (let i = 0, p = 3; i < n; i++, p += 3) {
    const dx = (points[p] as number) - (points[p - 3] as number)
    const dy = (points[p + 1] as number) - (points[p - 2] as number)
    const dz = (points[p + 2] as number) - (points[p - 1] as number)
    const de = (volumeMm3[i] as number) / filamentAreaMm2
    const path = Math.sqrt(dx * dx + dy * dy + dz * dz)
    const length = path > NO_LENGTH ? path : Math.abs(de)
    if (length < NO_LENGTH) {
      blocks.entryLimit2[i] = Infinity
      continue
    }
    now.x = dx / length
    now.y = dy / length
    now.z = dz / length
    now.e = de / length
    const [ax, ay, az, ae] = [Math.abs(now.x), Math.abs(now.y), Math.abs(now.z), Math.abs(now.e)]
    now.speed = Math.min(Math.max(feedMmPerS[i] as number, MIN_SPEED), maxX / ax, maxY / ay, maxZ / az, maxE / ae)
    const wanted = path <= NO_LENGTH ? limits.retractAccelerationMmPerS2 : de === 0 ? limits.travelAccelerationMmPerS2 : limits.printAccelerationMmPerS2
    now.acceleration = Math.min(wanted, accX / ax, accY / ay, accZ / az, accE / ae)
    now.length = length
    const corner = cornerSpeed(before, now)
    blocks.lengthMm[i] = length
    blocks.nominalMmPerS[i] = now.speed
    blocks.acceleration[i] = now.acceleration
    blocks.entryLimit2[i] = corner * corner
    const spare = before
    before = now
    now = spare
  }
  return blocks
}

/** A block as its neighbour sees it: unit direction over x, y, z, e, and speed along it. */
interface Motion {
  x: number
  y: number
  z: number
  e: number
  speed: number
  acceleration: number
  length: number
}

function standing(): Motion {
  return { x: 0, y: 0, z: 0, e: 0, speed: 0, acceleration: 0, length: 0 }
}

type CornerSpeed = (before: Motion, now: Motion) => number

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

/** Dwells, tool changes and waits for heat let the planner run empty: the next block starts from rest. */
function stopAtEvents(toolpath: Toolpath, blocks: Blocks): void {
  for (const event of toolpath.events) {
    const stops = event.kind === 'dwell' || event.kind === 'tool' || ((event.kind === 'hotend' || event.kind === 'bed') && event.wait)
    if (!stops || event.atMove >= toolpath.moveCount) continue
    blocks.entryLimit2[event.atMove] = Math.min(blocks.entryLimit2[event.atMove] as number, MIN_SPEED * MIN_SPEED)
  }
}

/**
 * Speeds at block starts, squared, under a bounded look-ahead.
 *
 * Braking from block i, the speed may be v_i² ≤ limit_j² + Σ 2·a·d over i..j-1 for every known block j, and the end of
 * what is known counts as a stop. With S the running sum of 2·a·d that is min(limit_j² + S_j) - S_i over a sliding
 * window: one pass with a queue of candidates instead of a reverse pass for every new block.
 */
function planEntrySpeeds(blocks: Blocks, plannerBlocks: number): Float64Array {
  const { lengthMm, acceleration, entryLimit2 } = blocks
  const n = lengthMm.length
  const reach = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) reach[i + 1] = (reach[i] as number) + 2 * (acceleration[i] as number) * (lengthMm[i] as number)
  const entry2 = new Float64Array(n + 1)
  const queue = new Uint32Array(n + 1)
  let head = 0
  let tail = 0
  let known = 0
  const window = Math.max(1, plannerBlocks - 1)
  const stop2 = MIN_SPEED * MIN_SPEED
  for (let i = 0; i < n; i++) {
    const end = Math.min(n, i + window)
    for (; known < end; known++) {
      const limit = (entryLimit2[known] as number) + (reach[known] as number)
      while (tail > head && (entryLimit2[queue[tail - 1] as number] as number) + (reach[queue[tail - 1] as number] as number) >= limit) tail--
      queue[tail++] = known
    }
    while ((queue[head] as number) < i) head++
    const best = queue[head] as number
    const braking = Math.min((entryLimit2[best] as number) + (reach[best] as number), (reach[end] as number) + stop2) - (reach[i] as number)
    const gained = i === 0 ? Infinity : (entry2[i - 1] as number) + (reach[i] as number) - (reach[i - 1] as number)
    entry2[i] = Math.max(0, Math.min(braking, gained, entryLimit2[i] as number))
  }
  entry2[n] = 0
  return entry2
}

/** Seconds of each block: accelerate, cruise, brake; without room to cruise, accelerate and brake. */
function timeBlocks(blocks: Blocks, entry2: Float64Array): Float32Array {
  const { lengthMm, nominalMmPerS, acceleration } = blocks
  const n = lengthMm.length
  const seconds = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const d = lengthMm[i] as number
    if (d === 0) continue
    const a = acceleration[i] as number
    const v = nominalMmPerS[i] as number
    const v0 = Math.sqrt(entry2[i] as number)
    const v1 = Math.min(v, Math.sqrt(entry2[i + 1] as number))
    const top2 = a * d + 0.5 * (v0 * v0 + v1 * v1)
    if (top2 <= v * v) {
      const top = Math.max(v0, v1, Math.sqrt(top2))
      seconds[i] = top > 0 ? (2 * top - v0 - v1) / a + residue(d, { v0, v1, top, a }) : 0
    } else {
      const cruise = d - (2 * v * v - v0 * v0 - v1 * v1) / (2 * a)
      seconds[i] = (2 * v - v0 - v1) / a + Math.max(0, cruise) / v
    }
  }
  return seconds
}

/** Time for what is left of a block that neither accelerates nor brakes as far as it is long (rounding, clamped ends). */
function residue(lengthMm: number, { v0, v1, top, a }: { v0: number; v1: number; top: number; a: number }): number {
  return Math.max(0, lengthMm - (2 * top * top - v0 * v0 - v1 * v1) / (2 * a)) / top
}
