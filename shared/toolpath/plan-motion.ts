import { type CornerSpeed, MIN_SPEED, NO_LENGTH, cornerSpeedOf, standing } from './corner-speed'
import type { MotionLimits } from './motion-limits'
import type { Toolpath, ToolpathEvent } from './toolpath'
import { trapezoidSeconds } from './trapezoid'

/** Blocks that the firmware's planner holds; Marlin's BLOCK_BUFFER_SIZE. */
const PLANNER_BLOCKS = 16

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
 * @param filamentAreaMm2 of the filament, or of that of each tool
 * @see Marlin, Marlin/src/module/planner.cpp, for the behaviour; the code is our own.
 * @returns seconds of each move, without dwells.
 */
export function planMotion(toolpath: Toolpath, limits: MotionLimits, filamentAreaMm2: number | readonly number[]): Float32Array {
  const blocks = describeBlocks(toolpath, limits, typeof filamentAreaMm2 === 'number' ? [filamentAreaMm2] : filamentAreaMm2)
  stopAtEvents(toolpath, blocks)
  const entry2 = planEntrySpeeds(blocks, limits.plannerBlocks ?? PLANNER_BLOCKS)
  return timeBlocks(blocks, entry2)
}

function describeBlocks(toolpath: Toolpath, limits: MotionLimits, areasMm2: readonly number[]): Blocks {
  const n = toolpath.moveCount
  const { points, volumeMm3, feedMmPerS } = toolpath
  const blocks: Blocks = { lengthMm: new Float64Array(n), nominalMmPerS: new Float64Array(n), acceleration: new Float64Array(n), entryLimit2: new Float64Array(n) }
  const commanded = new CommandedLimits(toolpath, limits, areasMm2)
  const [maxX, maxY, maxZ, maxE] = limits.maxFeedMmPerS
  const [accX, accY, accZ, accE] = limits.maxAccelerationMmPerS2
  let before = standing()
  let now = standing()
  for (let i = 0, p = 3; i < n; i++, p += 3) {
    commanded.goTo(i)
    const dx = (points[p] as number) - (points[p - 3] as number)
    const dy = (points[p + 1] as number) - (points[p - 2] as number)
    const dz = (points[p + 2] as number) - (points[p - 1] as number)
    const de = (volumeMm3[i] as number) / commanded.filamentAreaMm2
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
    const wanted = path <= NO_LENGTH ? limits.retractAccelerationMmPerS2 : de === 0 ? commanded.travelMmPerS2 : commanded.printMmPerS2
    now.acceleration = Math.min(wanted, accX / ax, accY / ay, accZ / az, accE / ae)
    now.length = length
    const corner = commanded.cornerSpeed(before, now)
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

/** Accelerations, jerk and filament as the toolpath's events change them on the way. */
class CommandedLimits {
  printMmPerS2: number
  travelMmPerS2: number
  cornerSpeed: CornerSpeed
  filamentAreaMm2: number
  private next = 0
  private readonly events: readonly ToolpathEvent[]

  constructor(
    { events }: Toolpath,
    private readonly limits: MotionLimits,
    private readonly areasMm2: readonly number[],
  ) {
    this.filamentAreaMm2 = areasMm2[0] ?? NaN
    this.events = events.filter(({ kind }) => kind === 'acceleration' || kind === 'jerk' || kind === 'tool')
    this.printMmPerS2 = limits.printAccelerationMmPerS2
    this.travelMmPerS2 = limits.travelAccelerationMmPerS2
    this.cornerSpeed = cornerSpeedOf(limits)
  }

  /** Takes up what is commanded before a move. */
  goTo(move: number): void {
    for (let event = this.events[this.next]; event !== undefined && event.atMove <= move; event = this.events[++this.next]) {
      if (event.kind === 'acceleration') {
        this.printMmPerS2 = event.printMmPerS2 ?? this.printMmPerS2
        this.travelMmPerS2 = event.travelMmPerS2 ?? this.travelMmPerS2
      } else if (event.kind === 'tool') this.filamentAreaMm2 = this.areasMm2[event.tool] ?? this.areasMm2[0] ?? NaN
      else if (event.kind === 'jerk') this.cornerSpeed = cornerSpeedOf({ ...this.limits, cornering: withJerk(this.limits.cornering, event.xyMmPerS) })
    }
  }
}

/** A machine with junction deviation has no jerk to be changed. */
function withJerk(cornering: MotionLimits['cornering'], xyMmPerS: number): MotionLimits['cornering'] {
  if (cornering.kind !== 'jerk') return cornering
  const [, , z, e] = cornering.jerkMmPerS
  return { kind: 'jerk', jerkMmPerS: [xyMmPerS, xyMmPerS, z, e] }
}

/** Dwells, tool changes and waits for heat let the planner run empty: the next block starts from rest. */
function stopAtEvents(toolpath: Toolpath, blocks: Blocks): void {
  for (const event of toolpath.events) {
    const stops = event.kind === 'dwell' || event.kind === 'pause' || event.kind === 'colour-change' || event.kind === 'tool' || ((event.kind === 'hotend' || event.kind === 'bed') && event.wait)
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

/** Seconds of each block. */
function timeBlocks(blocks: Blocks, entry2: Float64Array): Float32Array {
  const { lengthMm, nominalMmPerS, acceleration } = blocks
  const n = lengthMm.length
  const seconds = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const d = lengthMm[i] as number
    if (d === 0) continue
    const v = nominalMmPerS[i] as number
    const ends = { v0: Math.sqrt(entry2[i] as number), v1: Math.min(v, Math.sqrt(entry2[i + 1] as number)) }
    seconds[i] = trapezoidSeconds(d, ends, v, acceleration[i] as number)
  }
  return seconds
}
