import type { FirmwareAccount, FirmwareDemand, FirmwareFaults, VirtualFirmware } from '../virtual/firmware-options'
import { FaultyWire } from '../virtual/random-faults'
import { GrblBoard } from './grbl-board'
import { type GrblOptions, receiveBytes } from './options'
import { banner, statusReport } from './reports'
import { raise, runGcode } from './run-line'
import { runSystem } from './system-line'

/** Simulated ms that motion is followed in at most between two looks at the line. */
const STEP_MS = 10
/** From a reset to the banner: at rest, and out of a move. */
const RESET_MS = 30
const RESET_MOVING_MS = 560
const NEWLINE = 10
const RETURN = 13

/** What the machine worked beside its moves. */
export interface CutAccount {
  readonly cutMm: number
  readonly cutS: number
  /** Power times time, percent seconds. */
  readonly powerPercentS: number
}

/** A Grbl board with a machine around it; pure: time and bytes are handed in, the same calls give the same bytes. */
export function createVirtualGrbl(options: GrblOptions): VirtualFirmware & { account(): FirmwareAccount & CutAccount } {
  return new GrblFirmware(options)
}

class GrblFirmware implements VirtualFirmware {
  private readonly board: GrblBoard
  private readonly ring: number[] = []
  private line = ''
  private bootAtMs: number
  private faultLines = 0
  private faults: FirmwareFaults
  private isPumping = false
  /** A line that the processor is at, and until when. */
  private atWork: { readonly line: string; readonly untilMs: number } | undefined
  isUnplugged = false

  constructor(private readonly options: GrblOptions) {
    this.board = new GrblBoard(options)
    this.bootAtMs = options.bootMs
    this.faults = options.faults
  }

  get nowMs(): number {
    return this.board.nowMs
  }

  get demand(): FirmwareDemand {
    const { board } = this
    if (this.bootAtMs !== Infinity) return 'blocked'
    if (board.task !== undefined) return board.task.kind === 'pause' ? 'idle' : 'blocked'
    return board.follower.isMoving || board.out.dueMs !== Infinity ? 'hungry' : 'idle'
  }

  get nextWakeMs(): number {
    const { board } = this
    const motion = board.follower.isMoving ? board.nowMs + STEP_MS : Infinity
    return Math.min(motion, this.atWork?.untilMs ?? Infinity, board.task?.dueMs ?? Infinity, this.bootAtMs, board.out.dueMs)
  }

  receive(bytes: Uint8Array, atMs: number): void {
    this.runTo(atMs)
    const { board } = this
    const overrides: number[] = []
    for (const byte of board.wire.carry(bytes)) {
      if (this.isUnplugged || this.bootAtMs !== Infinity) return
      if (board.nowMs < board.deafUntilMs && board.nowMs > 0) continue
      if (byte >= 0x90 && byte <= 0x9d) {
        // One flag a command: in a burst the second is lost. grblHAL queues them.
        if (board.isHal || !overrides.includes(byte)) overrides.push(byte)
      } else if (!this.takeRealtime(byte)) this.push(byte)
    }
    for (const byte of overrides) this.override(byte)
    this.pump()
  }

  private push(byte: number): void {
    if (this.ring.length >= receiveBytes(this.options) - 1) this.pump()
    // Full: the byte is lost, as it is in the receive interrupt.
    if (this.ring.length < receiveBytes(this.options) - 1) this.ring.push(byte)
  }

  /** Real-time commands, taken in the receive interrupt. True when it was one. */
  private takeRealtime(byte: number): boolean {
    const { board } = this
    const isDeaf = board.isMute || board.isAsleep
    switch (byte) {
      case 0x18:
        this.softReset()
        return true
      case 0x3f:
        if (!board.isMute) board.print(statusReport(board, receiveBytes(this.options) - 1 - this.ring.length))
        return true
      case 0x21:
        if (!isDeaf) this.hold()
        return true
      case 0x7e:
        if (!isDeaf) this.goOn()
        return true
      case 0x84:
        if (!isDeaf && !board.isLocked) this.openDoor()
        return true
      case 0x85:
        if (board.follower.isJogging) this.endJog()
        return true
      default:
        return byte >= 0x80
    }
  }

  private hold(): void {
    const { board } = this
    if (board.isLocked || board.isChecking || board.task?.kind === 'home') return
    if (board.follower.isJogging) return this.endJog()
    board.isHeld = true
    board.follower.isHolding = true
  }

  private goOn(): void {
    const { board } = this
    if (board.task?.kind === 'pause' && !board.isHeld && board.isAtRest) {
      const { task } = board
      board.task = undefined
      this.answer(task.finish())
      return this.pump()
    }
    if (board.follower.speed > 0 && board.follower.isHolding) return
    board.isHeld = false
    board.isDoorOpen = false
    board.follower.isHolding = false
  }

  private openDoor(): void {
    const { board } = this
    board.print('[MSG:Check Door]')
    board.isDoorOpen = true
    board.follower.isHolding = true
  }

  /** Slows down where it is; what was planned is forgotten. The stop itself is shorter than a step. */
  private endJog(): void {
    const { board } = this
    board.follower.clear()
    board.pieces.length = 0
    board.program = { ...board.program, position: board.follower.at }
    if (board.task?.kind === 'pieces') {
      const { task } = board
      board.task = undefined
      this.answer(task.finish())
    }
  }

  private override(byte: number): void {
    const { follower } = this.board
    const limit = (value: number) => Math.min(200, Math.max(10, value))
    const steps: Readonly<Record<number, number>> = { 0x91: 10, 0x92: -10, 0x93: 1, 0x94: -1, 0x9a: 10, 0x9b: -10, 0x9c: 1, 0x9d: -1 }
    if (byte === 0x90) follower.feedPercent = 100
    else if (byte === 0x99) follower.powerPercent = 100
    else if (byte >= 0x95 && byte <= 0x97) follower.rapidPercent = [100, 50, 25][byte - 0x95] as number
    else if (byte < 0x95) follower.feedPercent = limit(follower.feedPercent + (steps[byte] ?? 0))
    else if (byte !== 0x98) follower.powerPercent = limit(follower.powerPercent + (steps[byte] ?? 0))
    this.board.ovIn = 0
    if (this.board.wcoIn <= 0) this.board.wcoIn = 1
  }

  private softReset(): void {
    const { board } = this
    const wasMoving = board.follower.speed > 0 || board.task?.kind === 'home'
    const wasHoming = board.task?.kind === 'home'
    if (wasHoming) raise(board, 6)
    else if (wasMoving && !board.isHal) raise(board, 3)
    board.isLocked = board.isLocked && (!board.isHal || wasHoming)
    if (wasMoving) board.isHomed = false
    this.ring.length = 0
    this.line = ''
    this.atWork = undefined
    board.restart()
    this.bootAtMs = board.nowMs + (wasMoving ? RESET_MOVING_MS : RESET_MS)
  }

  advance(toMs: number): Uint8Array {
    this.runTo(toMs)
    return this.board.out.take(this.board.nowMs)
  }

  private runTo(toMs: number): void {
    const { board } = this
    while (board.nowMs < toMs) {
      const next = Math.min(toMs, Math.max(board.nowMs, this.nextWakeMs))
      const passed = next - board.nowMs
      if (passed > 0 && board.follower.isMoving) {
        // Where a place in the planner becomes free, the next line is taken at once.
        const used = board.follower.advance(passed / 1000) * 1000
        board.nowMs = board.follower.isMoving ? next : Math.min(next, board.nowMs + Math.max(used, 1e-6))
      } else board.nowMs = next
      if (board.out.dueMs <= board.nowMs) board.out.release(board.nowMs)
      if (this.bootAtMs <= board.nowMs) this.boot()
      this.pump()
      if (next === toMs && passed === 0) break
    }
    board.nowMs = Math.max(board.nowMs, toMs)
  }

  private boot(): void {
    const { board } = this
    this.bootAtMs = Infinity
    board.print('')
    board.print(banner(board))
    if (board.isLocked) board.print("[MSG:'$H'|'$X' to unlock]")
    else for (const text of board.startupLines) if (text !== '') board.print(`>${text}:${runGcode(board, text) ?? 'ok'}`)
  }

  /** Reads what has come, and does lines until one takes time. */
  private pump(): void {
    if (this.isPumping) return
    this.isPumping = true
    const { board } = this
    while (this.bootAtMs === Infinity && !this.isUnplugged) {
      board.feedPlanner()
      if (board.task !== undefined) {
        if (!this.endsTask()) break
      } else if (board.isHeld || board.isDoorOpen || board.isMute || !this.readLine()) break
    }
    this.isPumping = false
  }

  private endsTask(): boolean {
    const { board } = this
    const { task } = board
    if (!task) return false
    const isDue = task.dueMs === Infinity || task.dueMs <= board.nowMs
    if (!isDue || !task.isDone()) return false
    board.task = undefined
    this.answer(task.finish())
    return true
  }

  private answer(text: string | undefined): void {
    if (text !== undefined && text !== '') this.board.print(text)
  }

  /** Takes one line off the receive buffer; false when there is none. */
  private readLine(): boolean {
    const { ring, atWork, board } = this
    if (atWork) {
      if (board.nowMs < atWork.untilMs) return false
      this.atWork = undefined
      this.take(atWork.line)
      return true
    }
    while (ring.length > 0) {
      const byte = ring.shift() as number
      if (byte === NEWLINE || byte === RETURN) {
        const { line } = this
        this.line = ''
        const { lineMs = 0 } = this.options
        if (lineMs > 0) this.atWork = { line, untilMs: board.nowMs + lineMs }
        else this.take(line)
        return true
      }
      this.line += String.fromCharCode(byte)
    }
    return false
  }

  private take(line: string): void {
    const { board } = this
    board.linesReceived++
    this.faultLines++
    if (this.faults.unplugAtLine === this.faultLines) {
      this.isUnplugged = true
      return
    }
    if (this.faults.resetAtLine === this.faultLines) return this.reset(board.nowMs)
    const answer = line.trimStart().startsWith('$') ? runSystem(board, line.trim(), () => this.restartSoon()) : runGcode(board, line)
    this.answer(answer)
  }

  /** Check mode and defaults end with a reset of the firmware's own. */
  private restartSoon(): void {
    this.board.restart()
    this.ring.length = 0
    this.bootAtMs = this.board.nowMs + RESET_MS
  }


  plugIn(): void {
    this.isUnplugged = false
    this.board.out.clear()
  }

  reset(atMs: number): void {
    if (!this.isPumping) this.runTo(atMs)
    const { board } = this
    this.ring.length = 0
    this.line = ''
    this.atWork = undefined
    board.restart()
    // The board doesn't know where it is: its counters begin at zero.
    board.follower.at = board.isHomed ? [0, 0, 0] : board.options.standsAt
    board.follower.clear()
    board.program = { ...board.program, position: board.follower.at }
    board.isHomed = false
    board.isLocked = board.number('22') === 1
    this.bootAtMs = board.nowMs + this.options.bootMs
  }

  setFaults(faults: FirmwareFaults): void {
    this.faultLines = 0
    this.faults = faults
    this.board.wire = new FaultyWire(faults)
    this.board.out.delayMs = faults.delayMs
  }

  setReportPace(): void {
    // It reports only when it is asked.
  }

  account(): FirmwareAccount & CutAccount {
    const { board } = this
    const [x, y, z] = board.follower.at
    const { cutMm, cutS, powerS } = board.follower.worked
    return {
      linesReceived: board.linesReceived, linesInOrder: true, checksumErrors: 0, resendsRequested: 0, refused: board.refused, extrudedMm: 0, depositedCm3: 0, movesExecuted: board.movesExecuted,
      finalPositionMm: { x, y, z, e: 0 }, cutMm, cutS, powerPercentS: (100 * powerS) / Math.max(board.number('30'), 1),
    }
  }
}
