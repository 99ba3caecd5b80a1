import type { Axes } from '../grbl/program'

/** A straight piece of way. */
export interface Piece {
  readonly to: Axes
  /** mm/s */
  readonly feedMmPerS: number
  readonly isRapid: boolean
  readonly isJog: boolean
  /** S, and how it is used: off, constant, or in step with the speed. */
  readonly power: number
  readonly beam: 'off' | 'constant' | 'dynamic'
  /** The line that it belongs to, on its first piece. */
  readonly line: string | undefined
}

interface Planned extends Piece {
  readonly direction: Axes
  readonly lengthMm: number
  /** Highest speed at its beginning by the corner before it, mm/s. */
  readonly cornerMmPerS: number
  readonly acceleration: number
  leftMm: number
  hasBegun: boolean
}

const TICK_S = 0.01

/** What the motion adds up to. */
export interface Worked {
  cutMm: number
  cutS: number
  powerS: number
}

/**
 * Drives along pieces with acceleration, corners by junction deviation, hold and overrides, in ticks of 10 ms as Grbl's segment
 * generator has them.
 * @see https://onehossshay.wordpress.com/2011/09/24/improving_grbl_cornering_algorithm/ for the corners
 */
export class Follower {
  at: Axes
  speed = 0
  readonly worked: Worked = { cutMm: 0, cutS: 0, powerS: 0 }
  feedPercent = 100
  rapidPercent = 100
  powerPercent = 100
  /** Slows down to a stand and stays. */
  isHolding = false
  private readonly pieces: Planned[] = []
  private from: Axes

  constructor(at: Axes, private readonly junctionDeviationMm: number, private readonly accelerationMmPerS2: Axes, private readonly onBegin: (line: string) => void) {
    this.at = at
    this.from = at
  }

  get count(): number {
    return this.pieces.length
  }

  get isMoving(): boolean {
    return this.pieces.length > 0 && !(this.isHolding && this.speed === 0)
  }

  get isJogging(): boolean {
    return this.pieces[0]?.isJog === true
  }

  /** Beam or spindle power now, S. */
  powerNow(): number {
    const [piece] = this.pieces
    if (!piece || piece.beam === 'off') return 0
    return piece.power * (this.powerPercent / 100) * (piece.beam === 'dynamic' ? Math.min(1, this.speed / piece.feedMmPerS) : 1)
  }

  add(piece: Piece): void {
    const delta: Axes = [piece.to[0] - this.from[0], piece.to[1] - this.from[1], piece.to[2] - this.from[2]]
    const lengthMm = Math.hypot(...delta)
    if (lengthMm < 1e-9) return
    const direction: Axes = [delta[0] / lengthMm, delta[1] / lengthMm, delta[2] / lengthMm]
    const acceleration = Math.min(...direction.map((part, i) => (this.accelerationMmPerS2[i] as number) / Math.max(Math.abs(part), 1e-6)))
    const last = this.pieces.at(-1)
    this.pieces.push({ ...piece, direction, lengthMm, leftMm: lengthMm, acceleration, cornerMmPerS: last ? this.corner(last.direction, direction, acceleration) : 0, hasBegun: false })
    this.from = piece.to
  }

  private corner(before: Axes, after: Axes, acceleration: number): number {
    const cosine = -(before[0] * after[0] + before[1] * after[1] + before[2] * after[2])
    if (cosine > 0.999999) return 0
    if (cosine < -0.999999) return Infinity
    const sine = Math.sqrt(0.5 * (1 - cosine))
    return Math.sqrt((acceleration * this.junctionDeviationMm * sine) / (1 - sine))
  }

  /** Forgets what is planned; it stands where it is. */
  clear(): void {
    this.pieces.length = 0
    this.speed = 0
    this.from = this.at
    this.isHolding = false
  }

  /** Drives for a while, at most to where nothing is left; s. Returns what was used of it. */
  advance(seconds: number): number {
    let left = seconds
    while (left > 1e-12 && this.isMoving) left -= this.tick(Math.min(left, TICK_S))
    return seconds - Math.max(left, 0)
  }

  private nominal({ feedMmPerS, isRapid, isJog }: Planned): number {
    return isJog ? feedMmPerS : feedMmPerS * ((isRapid ? this.rapidPercent : this.feedPercent) / 100)
  }

  /** Speed that the pieces ahead allow at the end of the first. */
  private exitSpeed(): number {
    let speed = 0
    for (let i = Math.min(this.pieces.length - 1, 40); i > 0; i--) {
      const piece = this.pieces[i] as Planned
      speed = Math.min(piece.cornerMmPerS, this.nominal(piece), Math.sqrt(speed * speed + 2 * piece.acceleration * piece.lengthMm))
    }
    return speed
  }

  private tick(seconds: number): number {
    const piece = this.pieces[0] as Planned
    if (!piece.hasBegun) {
      piece.hasBegun = true
      if (piece.line !== undefined) this.onBegin(piece.line)
    }
    const exit = this.isHolding ? 0 : this.exitSpeed()
    const braking = Math.sqrt(exit * exit + 2 * piece.acceleration * piece.leftMm)
    const target = this.isHolding ? 0 : Math.min(this.nominal(piece), braking)
    const step = piece.acceleration * seconds
    const speed = target > this.speed ? Math.min(target, this.speed + step) : this.isHolding ? Math.max(0, this.speed - step) : Math.max(target, this.speed - step, Math.min(braking, 0.01))
    // The mean over the tick; never so slow that it doesn't arrive.
    const mean = Math.max((this.speed + speed) / 2, this.isHolding ? 0 : 1e-3)
    const used = mean * seconds >= piece.leftMm ? piece.leftMm / mean : seconds
    const way = Math.min(mean * used, piece.leftMm)
    this.work(piece, way, used)
    piece.leftMm -= way
    this.speed = speed
    const done = piece.lengthMm - piece.leftMm
    const start = piece.lengthMm
    this.at = piece.leftMm <= 1e-9 ? piece.to : [piece.to[0] - piece.direction[0] * (start - done), piece.to[1] - piece.direction[1] * (start - done), piece.to[2] - piece.direction[2] * (start - done)]
    if (piece.leftMm <= 1e-9) {
      this.pieces.shift()
      if (this.pieces.length === 0) this.speed = 0
    }
    return Math.max(used, 1e-9)
  }

  private work(piece: Planned, wayMm: number, seconds: number): void {
    if (piece.beam === 'off' || piece.power === 0) return
    this.worked.cutMm += wayMm
    this.worked.cutS += seconds
    this.worked.powerS += this.powerNow() * seconds
  }
}
