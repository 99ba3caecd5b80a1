import { Board, type Task } from './board'
import { CommandLine } from './command-line'
import { createCommandTable } from './command-table'
import { type EmergencyCommand, EmergencyParser } from './emergency-parser'
import type { FirmwareAccount, FirmwareDemand, FirmwareFaults, FirmwareOptions, VirtualFirmware } from './firmware-options'
import { changeFilament, mustChangeFilament } from './host-commands'
import { bootReport, positionReport, temperatureReport } from './reports'
import { SerialInput } from './serial-input'

/** Marlin's BUFSIZE: the command in hand keeps its place until it is done. */
const QUEUE = 4
/** Marlin's NO_TIMEOUTS. */
const WAIT_MS = 1000

/**
 * Makes a Marlin board with a machine around it; it starts with its boot banner. Pure: time and bytes are handed in, the
 * same calls give the same bytes.
 * @see facts of real boards in the tests (tests/virtual); Marlin's source for the behaviour. The code is our own.
 */
export function createVirtualFirmware(options: FirmwareOptions): VirtualFirmware {
  return new Firmware(options)
}

class Firmware implements VirtualFirmware {
  private readonly board: Board
  private readonly input: SerialInput
  private readonly emergency = new EmergencyParser()
  private readonly run: (command: CommandLine) => Task | undefined
  private readonly queue = Array.from({ length: QUEUE }, () => new CommandLine())
  private first = 0
  private queued = 0
  private task: Task | undefined
  /** The task belongs to the sensor, not to the command in hand. */
  private isIntermezzo = false
  private bootAtMs: number
  private busyAtMs = Infinity
  private waitAtMs = Infinity
  private temperaturesAtMs = Infinity
  private faultLines = 0
  isUnplugged = false

  constructor(options: FirmwareOptions) {
    this.board = new Board(options)
    this.input = new SerialInput(options.traits.meatPack)
    this.run = createCommandTable(this.board, this.input)
    this.bootAtMs = options.bootMs
  }

  get nowMs(): number {
    return this.board.nowMs
  }

  get demand(): FirmwareDemand {
    const { board } = this
    if (board.isDead) return 'dead'
    if (this.bootAtMs !== Infinity) return 'blocked'
    if (this.task !== undefined) return this.task.busy === 'paused for user' ? 'idle' : 'blocked'
    return board.planner.count > 0 || board.out.dueMs !== Infinity ? 'hungry' : 'idle'
  }

  get nextWakeMs(): number {
    const { board } = this
    if (board.isDead) return Math.min(board.out.dueMs, board.heaterWakeMs)
    if (this.bootAtMs !== Infinity) return Math.min(this.bootAtMs, board.out.dueMs, board.heaterWakeMs)
    return Math.min(board.planner.endMs, board.heaterWakeMs, this.task?.wakeMs ?? Infinity, this.busyAtMs, this.waitAtMs, this.temperaturesAtMs, board.out.dueMs)
  }

  receive(bytes: Uint8Array, atMs: number): void {
    this.runTo(atMs)
    const { board, input } = this
    for (const byte of board.wire.carry(bytes)) {
      if (board.isDead || this.bootAtMs !== Infinity || this.isUnplugged) return
      if (board.options.traits.emergencyParser) {
        const found = this.emergency.take(byte)
        if (found !== undefined) this.interrupt(found)
      }
      if (input.push(byte)) continue
      this.pump()
      // Still full: the board is busy and its queue, too. The byte is lost, as it is in the receive interrupt.
      input.push(byte)
    }
    this.pump()
  }

  advance(toMs: number): Uint8Array {
    this.runTo(toMs)
    return this.board.out.take(this.board.nowMs)
  }

  private runTo(toMs: number): void {
    const { board } = this
    for (let next = this.nextWakeMs; next <= toMs; next = this.nextWakeMs) {
      board.nowMs = Math.max(board.nowMs, next)
      this.wake()
    }
    board.nowMs = Math.max(board.nowMs, toMs)
  }

  /** Whatever is due now. */
  private wake(): void {
    const { board } = this
    board.stepHeaters()
    if (board.out.dueMs <= board.nowMs) board.out.release(board.nowMs)
    if (board.isDead) return
    if (this.bootAtMs <= board.nowMs) this.boot()
    if (this.bootAtMs !== Infinity) return
    while (board.planner.endMs <= board.nowMs) {
      const done = board.planner.finish()
      if (done !== undefined) board.book.move(done.e, done.z, board.tool)
    }
    this.pump()
    this.reportPeriodically()
  }

  private boot(): void {
    this.bootAtMs = Infinity
    for (const line of bootReport(this.board)) this.board.print(line)
    this.rest()
  }

  /** Reads what has come, and does commands until one takes time. */
  private pump(): void {
    const { board } = this
    while (!board.isDead && this.bootAtMs === Infinity) {
      this.fill()
      if (this.bootAtMs !== Infinity || board.isDead) return
      if (this.task !== undefined) {
        if (!this.task.isDone()) return
        this.endTask()
      } else if (mustChangeFilament(board)) this.begin(changeFilament(board), true)
      else if (this.queued === 0) return
      else this.execute()
    }
  }

  private execute(): void {
    const { board } = this
    const command = this.queue[this.first] as CommandLine
    board.isAnswered = false
    if (command.hasChecksum && command.lineNumber < 0 && command.letter !== 0) board.book.linesInOrder = false
    if (board.card.isSaving && !(command.letter === 77 && command.code === 29)) {
      board.card.write(command.text())
      return this.answer(command)
    }
    board.options.onCommand?.(command.text(), command.lineNumber)
    const task = this.run(command)
    if (board.isDead) return
    if (task === undefined) this.answer(command)
    else this.begin(task, false)
  }

  private begin(task: Task, isIntermezzo: boolean): void {
    this.task = task
    this.isIntermezzo = isIntermezzo
    this.waitAtMs = Infinity
    this.planBusy()
  }

  private endTask(): void {
    this.task = undefined
    this.busyAtMs = Infinity
    if (this.isIntermezzo) this.isIntermezzo = false
    else this.answer(this.queue[this.first] as CommandLine)
    if (this.queued === 0) this.rest()
  }

  /** `ok`, or `ok N1 P15 B3`; the command leaves the queue afterwards, so that B counts it. */
  private answer(command: CommandLine): void {
    const { board } = this
    const { advancedOk } = board.options.traits
    if (!board.isAnswered && !command.isFromCard) {
      const number = command.lineNumber < 0 ? '' : ` N${command.lineNumber}`
      board.print(advancedOk ? `ok${number} P${board.planner.free} B${QUEUE - this.queued}` : 'ok')
    }
    this.first = (this.first + 1) % QUEUE
    this.queued--
    this.planTemperatures()
    if (this.queued === 0 && this.task === undefined) this.rest()
  }

  /** Takes lines off the receive ring while the queue has room. */
  private fill(): void {
    const { board, input } = this
    while (this.queued < QUEUE && !board.isDead) {
      const slot = this.queue[(this.first + this.queued) % QUEUE] as CommandLine
      const before = input.linesReceived
      const outcome = input.read(slot)
      if (input.linesReceived !== before && this.countLine()) return
      if (outcome === 'none') {
        if (!this.fillFromCard(slot)) return
        continue
      }
      if (outcome === 'error') this.askAgain()
      if (outcome === 'packing') board.print(input.packing)
      if (outcome !== 'command') continue
      slot.parse()
      // While a file is written only numbered lines are taken, and M29.
      if (board.card.isSaving && slot.lineNumber < 0 && slot.code !== 29) {
        input.error = 'No Checksum with line number'
        this.askAgain()
        continue
      }
      this.queued++
      this.waitAtMs = Infinity
      if (!board.options.traits.emergencyParser) this.interruptByQueue(slot)
    }
  }

  /** While nothing comes over the wire, lines of the card take the free places. */
  private fillFromCard(slot: CommandLine): boolean {
    const { board } = this
    if (!board.card.isPrinting) return false
    const text = board.card.take()
    if (text === undefined) {
      board.card.isPrinting = false
      board.print('Done printing file')
      return false
    }
    slot.load(text)
    slot.parse()
    this.queued++
    this.waitAtMs = Infinity
    return true
  }

  /** Counts a line; true when a fault strikes at it. */
  private countLine(): boolean {
    const { faults } = this.board
    this.faultLines++
    if (faults.unplugAtLine === this.faultLines) {
      this.isUnplugged = true
      this.input.flush()
    }
    if (faults.resetAtLine === this.faultLines) this.reset(this.board.nowMs)
    return this.isUnplugged || this.bootAtMs !== Infinity
  }

  private askAgain(): void {
    const { board, input } = this
    if (input.error === 'checksum mismatch') board.book.checksumErrors++
    board.book.resendsRequested++
    board.print(`Error:${input.error}, Last Line: ${input.lastLineNumber}`)
    input.flush()
    board.print(`Resend: ${input.lastLineNumber + 1}`)
    board.print('ok')
  }

  /** Without emergency parser Marlin looks for three commands when it reads a line into the queue. */
  private interruptByQueue({ letter, code }: CommandLine): void {
    if (letter === 77 && (code === 108 || code === 112 || code === 410)) this.interrupt({ code })
  }

  private interrupt(command: EmergencyCommand): void {
    const { board } = this
    if (command.code === 112) board.kill(['echo:M112 Shutdown'])
    else if (command.code === 410) this.quickStop()
    else {
      board.answer = command.code === 876 ? command.button : undefined
      board.isContinued = true
      if (command.code === 108) board.isWaitCancelled = true
    }
    if (board.isDead) this.task = undefined
  }

  private quickStop(): void {
    this.board.planner.stop(this.board.nowMs)
    if (this.task?.isMotion === true) this.endTask()
  }

  private rest(): void {
    const { board } = this
    if (board.options.traits.waitReports) this.waitAtMs = board.nowMs + Math.max(WAIT_MS, board.reportPaceMs)
  }

  private planBusy(): void {
    const { board } = this
    this.busyAtMs = board.keepaliveMs > 0 ? board.nowMs + Math.max(board.keepaliveMs, board.reportPaceMs) : Infinity
  }

  /** M155 counts from the command that set it; a change of interval begins anew. */
  private planTemperatures(): void {
    const { board } = this
    if (board.reportTemperaturesMs === 0) this.temperaturesAtMs = Infinity
    else if (this.temperaturesAtMs === Infinity) this.temperaturesAtMs = board.nowMs + Math.max(board.reportTemperaturesMs, board.reportPaceMs)
  }

  private reportPeriodically(): void {
    const { board } = this
    if (this.task !== undefined && this.busyAtMs <= board.nowMs) {
      board.print(`echo:busy: ${this.task.busy}`)
      if (board.options.traits.realtimeReports && this.task.busy === 'processing') board.print(positionReport(board))
      this.planBusy()
    }
    if (this.waitAtMs <= board.nowMs) {
      board.print('wait')
      this.rest()
    }
    if (this.temperaturesAtMs <= board.nowMs) {
      board.print(` ${temperatureReport(board)}`)
      this.temperaturesAtMs = Infinity
      this.planTemperatures()
    }
  }

  plugIn(): void {
    this.isUnplugged = false
    this.board.out.clear()
  }

  reset(atMs: number): void {
    this.runTo(atMs)
    const { board, input } = this
    // A report that was being written is torn in its middle.
    if (this.temperaturesAtMs !== Infinity && !board.isDead) board.out.write(` ${temperatureReport(board).slice(0, 17)}`, board.nowMs)
    board.restart()
    input.reset()
    this.queued = 0
    this.task = undefined
    this.isIntermezzo = false
    this.busyAtMs = Infinity
    this.waitAtMs = Infinity
    this.temperaturesAtMs = Infinity
    this.bootAtMs = board.nowMs + board.options.bootMs
  }

  setFaults(faults: FirmwareFaults): void {
    this.faultLines = 0
    this.board.setFaults(faults)
  }

  setReportPace(paceMs: number): void {
    this.board.reportPaceMs = paceMs
  }

  account(): FirmwareAccount {
    const { planner, shift, e, book } = this.board
    const { x, y, z } = planner.positionAt(this.board.nowMs)
    return book.account(this.input.linesReceived, { x: x + shift.x, y: y + shift.y, z: z + shift.z, e })
  }
}
