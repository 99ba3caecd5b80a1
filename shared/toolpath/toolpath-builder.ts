import { ROLE, type Toolpath, type ToolpathEvent, type ToolpathLayer } from './toolpath'

type EventOfNow<E> = E extends ToolpathEvent ? Omit<E, 'atMove'> : never

/** What one move carries besides its end. */
export interface MoveAttributes {
  /** Index into MOVE_ROLES. */
  role: number
  volumeMm3: number
  feedMmPerS: number
  widthMm: number
}

/** How lines are laid from now on. */
export interface LineStyle {
  /** Index into MOVE_ROLES. */
  readonly role: number
  readonly widthMm: number
  /** Filament volume per mm of line: its cross-section with the flow in it, mm². */
  readonly mm3PerMm: number
  readonly feedMmPerS: number
}

/** Grows a toolpath move by move; points in mm, machine coordinates. */
export interface ToolpathBuilder {
  readonly moveCount: number
  readonly xMm: number
  readonly yMm: number
  readonly zMm: number
  travelTo(xMm: number, yMm: number, zMm: number, feedMmPerS: number): void
  /** Sets how `extrudeTo` lays its lines, until the next call. */
  useLine(style: LineStyle): void
  extrudeTo(xMm: number, yMm: number, zMm: number): void
  /** Pulls the filament back by a positive volume. */
  retract(volumeMm3: number, feedMmPerS: number): void
  unretract(volumeMm3: number, feedMmPerS: number): void
  /** Any move at all, for readers of G-code and copies. */
  moveTo(xMm: number, yMm: number, zMm: number, attributes: MoveAttributes): void
  startLayer(zMm: number, heightMm: number): void
  event(event: EventOfNow<ToolpathEvent>): void
  finish(): Toolpath
}

const FIRST_CAPACITY = 1024

/** Makes a builder that starts at a point (default the origin). */
export function createToolpathBuilder(startMm: readonly [number, number, number] = [0, 0, 0], capacity = FIRST_CAPACITY): ToolpathBuilder {
  return new GrowingToolpath(startMm, Math.max(1, capacity))
}

class GrowingToolpath implements ToolpathBuilder {
  moveCount = 0
  xMm: number
  yMm: number
  zMm: number
  private capacity: number
  private points: Float32Array
  private role: Uint8Array
  private volume: Float32Array
  private feed: Float32Array
  private width: Float32Array
  private readonly layers: ToolpathLayer[] = []
  private readonly events: ToolpathEvent[] = []
  private style: LineStyle = { role: ROLE.custom, widthMm: 0, mm3PerMm: 0, feedMmPerS: 1 }

  constructor(startMm: readonly [number, number, number], capacity: number) {
    this.capacity = capacity
    ;[this.xMm, this.yMm, this.zMm] = startMm
    this.points = new Float32Array(3 * (capacity + 1))
    this.points.set(startMm)
    this.role = new Uint8Array(capacity)
    this.volume = new Float32Array(capacity)
    this.feed = new Float32Array(capacity)
    this.width = new Float32Array(capacity)
  }

  travelTo(xMm: number, yMm: number, zMm: number, feedMmPerS: number): void {
    const i = this.append(xMm, yMm, zMm)
    this.role[i] = ROLE.travel
    this.feed[i] = feedMmPerS
  }

  useLine(style: LineStyle): void {
    this.style = style
  }

  extrudeTo(xMm: number, yMm: number, zMm: number): void {
    const { style } = this
    const lengthMm = Math.hypot(xMm - this.xMm, yMm - this.yMm, zMm - this.zMm)
    const i = this.append(xMm, yMm, zMm)
    this.role[i] = style.role
    this.volume[i] = lengthMm * style.mm3PerMm
    this.feed[i] = style.feedMmPerS
    this.width[i] = style.widthMm
  }

  retract(volumeMm3: number, feedMmPerS: number): void {
    const i = this.append(this.xMm, this.yMm, this.zMm)
    this.role[i] = ROLE.retract
    this.volume[i] = -volumeMm3
    this.feed[i] = feedMmPerS
  }

  unretract(volumeMm3: number, feedMmPerS: number): void {
    const i = this.append(this.xMm, this.yMm, this.zMm)
    this.role[i] = ROLE.unretract
    this.volume[i] = volumeMm3
    this.feed[i] = feedMmPerS
  }

  moveTo(xMm: number, yMm: number, zMm: number, attributes: MoveAttributes): void {
    const i = this.append(xMm, yMm, zMm)
    this.role[i] = attributes.role
    this.volume[i] = attributes.volumeMm3
    this.feed[i] = attributes.feedMmPerS
    this.width[i] = attributes.widthMm
  }

  startLayer(zMm: number, heightMm: number): void {
    this.layers.push({ firstMove: this.moveCount, zMm, heightMm })
  }

  event(event: EventOfNow<ToolpathEvent>): void {
    this.events.push({ ...event, atMove: this.moveCount } as ToolpathEvent)
  }

  finish(): Toolpath {
    const n = this.moveCount
    return {
      moveCount: n,
      points: this.points.slice(0, 3 * (n + 1)),
      role: this.role.slice(0, n),
      volumeMm3: this.volume.slice(0, n),
      feedMmPerS: this.feed.slice(0, n),
      widthMm: this.width.slice(0, n),
      layers: this.layers,
      events: this.events,
    }
  }

  private append(xMm: number, yMm: number, zMm: number): number {
    const i = this.moveCount
    if (i === this.capacity) this.grow()
    const p = 3 * (i + 1)
    this.points[p] = xMm
    this.points[p + 1] = yMm
    this.points[p + 2] = zMm
    this.xMm = xMm
    this.yMm = yMm
    this.zMm = zMm
    this.moveCount = i + 1
    return i
  }

  private grow(): void {
    this.capacity *= 2
    this.points = copyInto(new Float32Array(3 * (this.capacity + 1)), this.points)
    this.role = copyInto(new Uint8Array(this.capacity), this.role)
    this.volume = copyInto(new Float32Array(this.capacity), this.volume)
    this.feed = copyInto(new Float32Array(this.capacity), this.feed)
    this.width = copyInto(new Float32Array(this.capacity), this.width)
  }
}

function copyInto<A extends Float32Array | Uint8Array>(target: A, from: A): A {
  target.set(from)
  return target
}
