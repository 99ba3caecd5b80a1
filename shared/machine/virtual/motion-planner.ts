import { type CornerSpeed, MIN_SPEED, type Motion, NO_LENGTH, cornerSpeedOf, standing } from '../../toolpath/corner-speed'
import type { MotionLimits } from '../../toolpath/motion-limits'
import { trapezoidSeconds } from '../../toolpath/trapezoid'

/** Marlin's BLOCK_BUFFER_SIZE; one place of the ring always stays free. */
const RING = 16
/** Marlin's BLOCK_DELAY_FOR_1ST_MOVE, ms: a first move waits so long for company, unless this many are there. */
const FIRST_MOVE_DELAY_MS = 100
const COMPANY = 3
const STOP2 = MIN_SPEED * MIN_SPEED

/** What a finished block did: its end point in machine coordinates, mm, and the filament it moved. */
export interface FinishedBlock {
  x: number
  y: number
  z: number
  e: number
}

/**
 * The planner of the virtual board: a ring of blocks with look-ahead, planned anew at every block as Marlin does, of which the
 * running one is fixed. Positions are machine coordinates, mm. It keeps no clock: times are handed in, and `endMs` says
 * when the running block ends or the first one starts.
 */
export class MotionPlanner {
  /** Where the machine will stand when all blocks are done. */
  readonly target = { x: 0, y: 0, z: 0 }
  /** Where it stood at the end of the last block that is done. */
  readonly reached: FinishedBlock = { x: 0, y: 0, z: 0, e: 0 }
  count = 0
  /** When `finish` or the first start is due; Infinity with an empty ring. */
  endMs = Infinity
  private first = 0
  private isRunning = false
  private startMs = 0
  private limits: MotionLimits
  private corner: CornerSpeed
  private before: Motion = standing()
  private now: Motion = standing()
  private readonly x = new Float64Array(RING)
  private readonly y = new Float64Array(RING)
  private readonly z = new Float64Array(RING)
  private readonly e = new Float64Array(RING)
  private readonly lengthMm = new Float64Array(RING)
  private readonly nominal = new Float64Array(RING)
  private readonly acceleration = new Float64Array(RING)
  private readonly limit2 = new Float64Array(RING)
  private readonly entry2 = new Float64Array(RING)

  constructor(limits: MotionLimits) {
    this.limits = limits
    this.corner = cornerSpeedOf(limits)
  }

  /** Limits for the blocks from now on (M201, M203 to M205). */
  setLimits(limits: MotionLimits): void {
    this.limits = limits
    this.corner = cornerSpeedOf(limits)
  }

  getLimits(): MotionLimits {
    return this.limits
  }

  /** Places that are free, as `P` of an advanced ok counts them. */
  get free(): number {
    return RING - 1 - this.count
  }

  /** Adds a straight move to a point with `de` mm of filament; needs `free` > 0. False when it has no length. */
  add(point: { readonly x: number; readonly y: number; readonly z: number }, de: number, feedMmPerS: number, nowMs: number): boolean {
    const { target } = this
    const dx = point.x - target.x
    const dy = point.y - target.y
    const dz = point.z - target.z
    const path = Math.sqrt(dx * dx + dy * dy + dz * dz)
    const length = path > NO_LENGTH ? path : Math.abs(de)
    if (length < NO_LENGTH) return false
    const i = (this.first + this.count) % RING
    this.describe(dx / length, dy / length, dz / length, de / length)
    this.limitSpeed(feedMmPerS, path <= NO_LENGTH ? 'retract' : de === 0 ? 'travel' : 'print')
    this.now.length = length
    if (this.count === 0) this.before.speed = 0
    const corner = this.corner(this.before, this.now)
    this.x[i] = target.x = point.x
    this.y[i] = target.y = point.y
    this.z[i] = target.z = point.z
    this.e[i] = de
    this.lengthMm[i] = length
    this.nominal[i] = this.now.speed
    this.acceleration[i] = this.now.acceleration
    this.limit2[i] = corner * corner
    const spare = this.before
    this.before = this.now
    this.now = spare
    this.count++
    this.plan()
    if (!this.isRunning) this.schedule(nowMs)
    return true
  }

  private describe(x: number, y: number, z: number, e: number): void {
    const { now } = this
    now.x = x
    now.y = y
    now.z = z
    now.e = e
  }

  private limitSpeed(feedMmPerS: number, kind: 'print' | 'travel' | 'retract'): void {
    const { now, limits } = this
    const [maxX, maxY, maxZ, maxE] = limits.maxFeedMmPerS
    const [accX, accY, accZ, accE] = limits.maxAccelerationMmPerS2
    const ax = Math.abs(now.x)
    const ay = Math.abs(now.y)
    const az = Math.abs(now.z)
    const ae = Math.abs(now.e)
    const wanted = kind === 'retract' ? limits.retractAccelerationMmPerS2 : kind === 'travel' ? limits.travelAccelerationMmPerS2 : limits.printAccelerationMmPerS2
    now.speed = Math.min(Math.max(feedMmPerS, MIN_SPEED), maxX / ax, maxY / ay, maxZ / az, maxE / ae)
    now.acceleration = Math.min(wanted, accX / ax, accY / ay, accZ / az, accE / ae)
  }

  /** Backwards what can still brake, forwards what can be reached; the running block and the speed it ends with stay as they are. */
  private plan(): void {
    const { first, count, entry2, limit2, acceleration, lengthMm } = this
    const fixed = this.isRunning ? 1 : 0
    let next2 = STOP2
    for (let k = count - 1; k > fixed; k--) {
      const i = (first + k) % RING
      next2 = Math.min(limit2[i] as number, next2 + 2 * (acceleration[i] as number) * (lengthMm[i] as number))
      entry2[i] = next2
    }
    if (fixed === 0) entry2[first] = Math.min(limit2[first] as number, next2 + 2 * (acceleration[first] as number) * (lengthMm[first] as number))
    else if (count === 2) entry2[(first + 1) % RING] = Math.min(this.exit2, limit2[(first + 1) % RING] as number)
    for (let k = fixed; k < count - 1; k++) {
      const i = (first + k) % RING
      const j = (i + 1) % RING
      const reachable = (entry2[i] as number) + 2 * (acceleration[i] as number) * (lengthMm[i] as number)
      if (reachable < (entry2[j] as number)) entry2[j] = reachable
    }
  }

  /** Speed, squared, with which the running block ends. */
  private exit2 = STOP2

  private schedule(nowMs: number): void {
    if (this.count >= COMPANY) this.start(nowMs)
    else if (this.endMs === Infinity) this.endMs = nowMs + FIRST_MOVE_DELAY_MS
  }

  private start(atMs: number): void {
    const i = this.first
    this.isRunning = true
    this.startMs = atMs
    this.exit2 = this.count > 1 ? (this.entry2[(i + 1) % RING] as number) : STOP2
    const nominal = this.nominal[i] as number
    const ends = { v0: Math.sqrt(this.entry2[i] as number), v1: Math.min(nominal, Math.sqrt(this.exit2)) }
    this.endMs = atMs + 1000 * trapezoidSeconds(this.lengthMm[i] as number, ends, nominal, this.acceleration[i] as number)
  }

  /** At `endMs`: starts the first block (undefined), or finishes the running one, starts the next and says what the finished one did. */
  finish(): FinishedBlock | undefined {
    const atMs = this.endMs
    if (!this.isRunning) {
      this.start(atMs)
      return undefined
    }
    const i = this.first
    const done = this.reached
    done.x = this.x[i] as number
    done.y = this.y[i] as number
    done.z = this.z[i] as number
    done.e = this.e[i] as number
    this.first = (i + 1) % RING
    this.count--
    this.isRunning = false
    this.endMs = Infinity
    if (this.count > 0) this.start(atMs)
    return done
  }

  /** Where the tool is at a time, taking the running block as if its speed were even. */
  positionAt(nowMs: number): { x: number; y: number; z: number } {
    const { reached, first } = this
    if (!this.isRunning) return { x: reached.x, y: reached.y, z: reached.z }
    const share = Math.min(1, Math.max(0, (nowMs - this.startMs) / (this.endMs - this.startMs)))
    const along = (from: number, to: number) => from + (to - from) * share
    return { x: along(reached.x, this.x[first] as number), y: along(reached.y, this.y[first] as number), z: along(reached.z, this.z[first] as number) }
  }

  /** Drops all blocks and stands where it is (M410, kill, reset). */
  stop(nowMs: number): void {
    this.place(this.positionAt(nowMs))
  }

  /** Empties the ring and declares where the machine stands. */
  place(point: { readonly x: number; readonly y: number; readonly z: number }): void {
    this.count = 0
    this.isRunning = false
    this.endMs = Infinity
    this.before.speed = 0
    Object.assign(this.target, point)
    Object.assign(this.reached, point)
  }
}
