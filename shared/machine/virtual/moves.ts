import type { Axes, Board, Task } from './board'
import type { CommandLine } from './command-line'

/** Marlin's EXTRUDE_MAXLENGTH, mm. */
const LONGEST_EXTRUSION_MM = 200
/** Rounding of a file's coordinates at the wall of the volume, mm. */
const WALL_SLACK_MM = 0.011
/** Marlin's MAX_ARC_SEGMENT_MM and MIN_ARC_SEGMENT_MM, and MIN_CIRCLE_SEGMENTS between them. */
const ARC_SEGMENT_MM = [0.1, 1] as const
const CIRCLE_SEGMENTS = 72

/** Straight moves and arcs: from the words of a command to blocks of the planner. One instance a board; nothing is made per move. */
export class Moves {
  private readonly point: Axes<number> = { x: 0, y: 0, z: 0 }
  private de = 0
  /** Waits for a free place in the planner. */
  private readonly waitForPlace: Task = { wakeMs: Infinity, busy: 'processing', isMotion: true, isDone: () => this.add() }

  constructor(private readonly board: Board) {}

  /** G0, G1. */
  straight(command: CommandLine): Task | undefined {
    this.aim(command)
    return this.add() ? undefined : this.waitForPlace
  }

  private add(): boolean {
    const { board } = this
    if (board.planner.free === 0) return false
    board.planner.add(this.point, this.de, board.feedMmPerS * board.feedFactor, board.nowMs)
    return true
  }

  /** Sets `point` (machine coordinates, inside the volume) and `de` to what the command wants. */
  private aim(command: CommandLine): void {
    const { board, point } = this
    const { target } = board.planner
    const { shift, isRelative } = board
    const x = command.number('X')
    const y = command.number('Y')
    const z = command.number('Z')
    const feedMmPerMin = command.number('F')
    if (feedMmPerMin !== undefined && feedMmPerMin > 0) board.feedMmPerS = feedMmPerMin / 60
    point.x = x === undefined ? target.x : isRelative ? target.x + x : x - shift.x
    point.y = y === undefined ? target.y : isRelative ? target.y + y : y - shift.y
    point.z = z === undefined ? target.z : isRelative ? target.z + z : z - shift.z
    const e = command.number('E')
    this.de = e === undefined ? 0 : this.extrusion(command, e)
    this.keepInside(command)
  }

  private extrusion(command: CommandLine, e: number): number {
    const { board } = this
    const de = board.isRelativeE ? e : e - board.e
    board.e += de
    if (de === 0) return 0
    if (!board.mayExtrudeCold && board.hotend.currentC < board.minExtrudeC) {
      board.print('echo: cold extrusion prevented')
      board.book.refuse(command.text(), 'nozzle is cold')
      return 0
    }
    if (Math.abs(de) > LONGEST_EXTRUSION_MM) {
      board.print('echo: too long extrusion prevented')
      board.book.refuse(command.text(), 'extrusion is too long')
      return 0
    }
    return de * board.flowFactor
  }

  /** As Marlin's software end stops: homed axes end at the wall; axes that weren't homed know no wall. */
  private keepInside(command: CommandLine): void {
    const { board, point } = this
    const { homed, placed } = board
    const { target } = board.planner
    const { min, max, shape } = board.options.volume
    const isBlind = (['x', 'y', 'z'] as const).some((axis) => !homed[axis] && !placed[axis] && point[axis] !== target[axis])
    if (isBlind) board.book.refuse(command.text(), 'moved before homing')
    const { x, y, z } = point
    if (homed.x) point.x = Math.min(Math.max(x, min[0]), max[0])
    if (homed.y) point.y = Math.min(Math.max(y, min[1]), max[1])
    if (homed.z) point.z = Math.min(Math.max(z, min[2]), max[2])
    if (shape === 'circle' && homed.x && homed.y) this.keepInCircle()
    const cut = Math.abs(point.x - x) + Math.abs(point.y - y) + Math.abs(point.z - z)
    if (cut > WALL_SLACK_MM) board.book.refuse(command.text(), 'outside the build volume')
  }

  private keepInCircle(): void {
    const { min, max } = this.board.options.volume
    const { point } = this
    const cx = (min[0] + max[0]) / 2
    const cy = (min[1] + max[1]) / 2
    const distance = Math.hypot(point.x - cx, point.y - cy)
    const radius = (max[0] - min[0]) / 2
    if (distance <= radius) return
    point.x = cx + ((point.x - cx) * radius) / distance
    point.y = cy + ((point.y - cy) * radius) / distance
  }

  /** G2 (clockwise), G3: chords of at most 1 mm, each a block. An arc without centre is refused as Marlin does. */
  arc(command: CommandLine): Task | undefined {
    const { board } = this
    const from = { ...board.planner.target }
    this.aim(command)
    const end = { ...this.point }
    const de = this.de
    const centre = arcCentre(command, from, end)
    if (centre === undefined) {
      board.print('Error:G2/G3 bad parameters')
      board.book.refuse(command.text(), 'arc without a centre')
      return undefined
    }
    const radius = Math.hypot(from.x - centre.x, from.y - centre.y)
    const startRad = Math.atan2(from.y - centre.y, from.x - centre.x)
    const sweepRad = arcSweep(startRad, Math.atan2(end.y - centre.y, end.x - centre.x), command.code === 2)
    const segmentMm = Math.min(ARC_SEGMENT_MM[1], Math.max(ARC_SEGMENT_MM[0], (2 * Math.PI * radius) / CIRCLE_SEGMENTS))
    const count = Math.max(1, Math.ceil((Math.abs(sweepRad) * radius) / segmentMm))
    let done = 0
    const isDone = (): boolean => {
      while (done < count) {
        const share = (done + 1) / count
        const angle = startRad + sweepRad * share
        this.point.x = done + 1 === count ? end.x : centre.x + radius * Math.cos(angle)
        this.point.y = done + 1 === count ? end.y : centre.y + radius * Math.sin(angle)
        this.point.z = from.z + (end.z - from.z) * share
        this.de = de / count
        if (!this.add()) return false
        done++
      }
      return true
    }
    return isDone() ? undefined : { wakeMs: Infinity, busy: 'processing', isMotion: true, isDone }
  }
}

type Point = Readonly<Axes<number>>

/** From I and J (relative to the start), or R (negative: the long way). */
function arcCentre(command: CommandLine, from: Point, to: Point): { x: number; y: number } | undefined {
  const r = command.number('R')
  if (r !== undefined) {
    const dx = to.x - from.x
    const dy = to.y - from.y
    const chord = Math.hypot(dx, dy)
    if (chord === 0 || Math.abs(r) < chord / 2) return undefined
    const height = Math.sqrt(r * r - (chord / 2) ** 2)
    const side = (command.code === 2) === r > 0 ? 1 : -1
    return { x: from.x + dx / 2 + (side * height * dy) / chord, y: from.y + dy / 2 - (side * height * dx) / chord }
  }
  const i = command.number('I')
  const j = command.number('J')
  if ((i ?? 0) === 0 && (j ?? 0) === 0) return undefined
  return { x: from.x + (i ?? 0), y: from.y + (j ?? 0) }
}

/** Angle from start to end in the arc's direction; no angle at all is a full circle. */
function arcSweep(startRad: number, endRad: number, isClockwise: boolean): number {
  const turn = 2 * Math.PI
  const ccw = (((endRad - startRad) % turn) + turn) % turn
  const isFull = ccw < 1e-9 || turn - ccw < 1e-9
  if (isClockwise) return isFull ? -turn : ccw - turn
  return isFull ? turn : ccw
}
