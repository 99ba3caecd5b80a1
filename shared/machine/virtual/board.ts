import { AccountBook } from './account-book'
import type { FirmwareFaults, FirmwareOptions } from './firmware-options'
import { Heater, type HeaterAlarm, bedKind, hotendKind } from './heater'
import { MotionPlanner } from './motion-planner'
import { Outbox } from './outbox'
import { FaultyWire } from './random-faults'
import { SdCard } from './sd-card'

/** A command that takes time: asked again at every event and at `wakeMs`, until it is done. */
export interface Task {
  readonly wakeMs: number
  /** What `busy:` says meanwhile. */
  readonly busy: 'processing' | 'paused for user'
  /** Ends with the motion (M410). */
  readonly isMotion?: boolean
  isDone(): boolean
}

/** Marlin's EXTRUDE_MINTEMP. */
export const COLD_C = 170
const HEATER_STEP_MS = 100

export interface Axes<T> {
  x: T
  y: T
  z: T
}

/** The state of the board and its machine, which commands read and change. Times in simulated ms. */
export class Board {
  nowMs = 0
  readonly out = new Outbox()
  readonly wire: FaultyWire
  readonly book: AccountBook
  readonly card = new SdCard()
  planner: MotionPlanner
  readonly hotends: readonly Heater[]
  readonly bed: Heater | undefined
  /** Hotends and bed. */
  readonly heaters: readonly Heater[]
  isDead = false
  homed: Axes<boolean> = { x: false, y: false, z: false }
  /** Axes whose place the host has told by G92 since the motors were last off. */
  placed: Axes<boolean> = { x: false, y: false, z: false }
  /** Workspace shift of G92: logical position = machine position + shift. */
  shift: Axes<number> = { x: 0, y: 0, z: 0 }
  /** Logical E at the end of what is planned, mm. */
  e = 0
  isRelative = false
  isRelativeE = false
  feedMmPerS = 25
  feedFactor = 1
  flowFactor = 1
  fan = 0
  tool = 0
  minExtrudeC = COLD_C
  mayExtrudeCold = false
  isSensorOn = true
  reportTemperaturesMs = 0
  keepaliveMs = 2000
  /** Smallest distance between periodic reports. */
  reportPaceMs = 0
  /** The user (or M108, M876) ended a wait. */
  isContinued = false
  /** Heating may be broken off by M108. */
  isWaitCancelled = false
  /** Button that M876 pressed. */
  answer: number | undefined
  /** The command in hand has sent its own `ok`. */
  isAnswered = false
  faults: FirmwareFaults
  private heaterAtMs = 0

  constructor(readonly options: FirmwareOptions) {
    this.faults = options.faults
    this.wire = new FaultyWire(options.faults)
    this.book = new AccountBook((tool) => options.toolFilamentDiametersMm?.[tool] ?? options.filamentDiameterMm)
    this.planner = new MotionPlanner(options.motion)
    const { hotends, heatedBed, maxHotendC, maxBedC, ambientC } = options
    this.hotends = Array.from({ length: hotends }, (_, i) => new Heater(hotendKind(i, maxHotendC), ambientC))
    this.bed = heatedBed ? new Heater(bedKind(maxBedC), ambientC) : undefined
    this.heaters = this.bed === undefined ? this.hotends : [...this.hotends, this.bed]
    this.setFaults(options.faults)
  }

  setFaults(faults: FirmwareFaults): void {
    this.faults = faults
    this.wire.setFaults(faults)
    this.out.delayMs = faults.delayMs
    this.book.filamentMm = faults.filamentMm ?? Infinity
  }

  /** Writes a line; `end` for the few that end in `\r\n`. */
  print(line: string, end = '\n'): void {
    if (line.startsWith('ok') && this.wire.losesOk()) return
    this.out.write(line + end, this.nowMs)
  }

  /** An `//action:` line, where the board has them. */
  action(text: string, end = '\n'): void {
    if (this.options.traits.hostActions) this.print(`//action:${text}`, end)
  }

  /** Shows a question with its buttons; the answer comes by M876, or M108 for going on. */
  prompt(text: string, buttons: readonly string[]): void {
    this.answer = undefined
    this.action('prompt_end')
    this.action(`prompt_begin ${text}`)
    for (const button of buttons) this.action(`prompt_button ${button}`)
    this.action('prompt_show')
  }

  /** Stops for good: heaters and motors off, no answer to anything. */
  kill(reason: readonly string[]): void {
    if (this.isDead) return
    for (const line of reason) this.print(line)
    this.print('Error:Printer halted. kill() called!')
    this.action('poweroff')
    this.planner.stop(this.nowMs)
    for (const heater of this.heaters) heater.setTarget(0, this.nowMs)
    this.isDead = true
  }

  /** When heaters move on; Infinity while all are cold and off. */
  get heaterWakeMs(): number {
    return this.faults.thermalRunaway || this.heaters.some((heater) => heater.isActive) ? this.heaterAtMs + HEATER_STEP_MS : Infinity
  }

  /** Lets the heaters live up to now, in steps. */
  stepHeaters(): void {
    if (this.heaterWakeMs === Infinity) {
      this.heaterAtMs = this.nowMs
      return
    }
    while (this.heaterAtMs + HEATER_STEP_MS <= this.nowMs) {
      this.heaterAtMs += HEATER_STEP_MS
      for (const heater of this.heaters) {
        const alarm = heater.step(HEATER_STEP_MS / 1000, this.heaterAtMs, this.control(heater))
        if (alarm !== undefined && !this.isDead) this.alarm(alarm)
      }
    }
  }

  private control(heater: Heater): 'works' | 'burns' | 'broken' {
    if (heater !== this.hotends[0]) return 'works'
    if (this.faults.brokenHeater === true) return 'broken'
    return this.faults.thermalRunaway ? 'burns' : 'works'
  }

  private alarm({ error, echo }: HeaterAlarm): void {
    this.kill([`Error:${error}`, `echo:${echo}`])
  }

  /** The hotend of the chosen tool. */
  get hotend(): Heater {
    return (this.hotends[this.tool] ?? this.hotends[0]) as Heater
  }

  /** What a reset changes: everything but temperatures, the place where the machine stands, and the book. */
  restart(): void {
    const { x, y, z } = this.planner.positionAt(this.nowMs)
    this.planner = new MotionPlanner(this.options.motion)
    // After a reset the board takes the place where it stands for its origin; the machine knows better.
    this.planner.place({ x, y, z })
    this.shift = { x: -x, y: -y, z: -z }
    for (const heater of this.heaters) heater.setTarget(0, this.nowMs)
    this.isDead = false
    this.card.restart()
    this.homed = { x: false, y: false, z: false }
    this.placed = { x: false, y: false, z: false }
    this.e = 0
    this.isRelative = false
    this.isRelativeE = false
    this.feedMmPerS = 25
    this.feedFactor = 1
    this.flowFactor = 1
    this.fan = 0
    this.tool = 0
    this.mayExtrudeCold = false
    this.minExtrudeC = COLD_C
    this.isSensorOn = true
    this.reportTemperaturesMs = 0
    this.keepaliveMs = 2000
    this.answer = undefined
    this.isContinued = false
    this.isWaitCancelled = false
  }
}
