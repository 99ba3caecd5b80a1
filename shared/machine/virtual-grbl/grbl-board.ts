import { afterReset, type Axes, NEW_PROGRAM, type ProgramState } from '../grbl/program'
import { Outbox } from '../virtual/outbox'
import { FaultyWire } from '../virtual/random-faults'
import { Follower, type Piece } from './follower'
import { defaultSettings, type GrblOptions, plannerBlocks } from './options'

/** What a line waits for before it is answered. */
export interface GrblTask {
  readonly kind: 'sync' | 'dwell' | 'pause' | 'home' | 'probe' | 'pieces'
  /** Simulated ms; Infinity: not by time alone. */
  dueMs: number
  isDone(): boolean
  /** What is answered: undefined for nothing more. */
  finish(): string | undefined
}

/** The board's state: what its commands read and change. */
export class GrblBoard {
  nowMs = 0
  readonly out = new Outbox()
  readonly settings: Map<string, string>
  readonly follower: Follower
  wire: FaultyWire
  /** Modes and offsets; its position is where the parser is, ahead of the machine. */
  program: ProgramState
  isLocked: boolean
  isHomed = false
  isAsleep = false
  isChecking = false
  isDoorOpen = false
  /** After a limit alarm: only a reset is heard. */
  isMute = false
  isHeld = false
  task: GrblTask | undefined
  /** Pieces that wait for a place in the planner. */
  readonly pieces: Piece[] = []
  readonly startupLines: [string, string] = ['', '']
  buildInfo = ''
  probe: { at: Axes; hasTouched: boolean } = { at: [0, 0, 0], hasTouched: false }
  linesReceived = 0
  movesExecuted = 0
  readonly refused: { line: string; why: string }[] = []
  /** Reports until these fields are told again. */
  wcoIn = 0
  ovIn = 1
  /** Bytes that come before this are lost: the EEPROM is written with interrupts off. */
  deafUntilMs = -1

  constructor(readonly options: GrblOptions) {
    this.settings = defaultSettings(options)
    this.wire = new FaultyWire(options.faults)
    this.out.delayMs = options.faults.delayMs
    this.program = { ...NEW_PROGRAM, position: options.standsAt }
    this.isLocked = options.canHome
    const accelerations: Axes = [this.number('120'), this.number('121'), this.number('122')]
    this.follower = new Follower(options.standsAt, this.number('11'), accelerations, (line) => {
      this.movesExecuted++
      options.onBlock?.(line)
    })
  }

  number(id: string): number {
    return Number(this.settings.get(id) ?? 0)
  }

  get isHal(): boolean {
    return this.options.flavour === 'grblHAL'
  }

  print(line: string): void {
    if ((line === 'ok' || line.startsWith('error:')) && this.wire.losesOk()) return
    this.out.write(`${line}\r\n`, this.nowMs)
  }

  /** Places in the planner. */
  get blocksFree(): number {
    return plannerBlocks(this.options) - this.follower.count
  }

  /** Moves pieces into the planner as far as it has room. */
  feedPlanner(): void {
    while (this.pieces.length > 0 && this.blocksFree > 0) this.follower.add(this.pieces.shift() as Piece)
  }

  get isAtRest(): boolean {
    return this.follower.count === 0 && this.pieces.length === 0
  }

  get state(): string {
    if (this.isAsleep) return 'Sleep'
    if (this.isLocked) return this.task?.kind === 'home' ? 'Home' : 'Alarm'
    if (this.task?.kind === 'home') return 'Home'
    if (this.isChecking) return 'Check'
    if (this.isDoorOpen) return this.follower.speed > 0 ? 'Door:2' : 'Door:0'
    if (this.isHeld) return this.follower.speed > 0 ? 'Hold:1' : 'Hold:0'
    if (this.task?.kind === 'pause' && this.isAtRest) return 'Hold:0'
    if (this.follower.isJogging) return 'Jog'
    return this.isAtRest ? 'Idle' : 'Run'
  }

  /** Everything under way is forgotten, the place stays. */
  clearMotion(): void {
    this.follower.clear()
    this.pieces.length = 0
    this.task = undefined
    this.isHeld = false
    this.isDoorOpen = false
    this.program = { ...this.program, position: this.follower.at }
  }

  restart(): void {
    this.clearMotion()
    this.program = afterReset(this.program)
    this.isChecking = false
    this.isAsleep = false
    this.isMute = false
    this.follower.feedPercent = 100
    this.follower.rapidPercent = 100
    this.follower.powerPercent = 100
    this.wcoIn = 0
    this.ovIn = 1
  }

  refuse(line: string, error: number): string {
    if (this.refused.length < 1000) this.refused.push({ line, why: `error:${error}` })
    return `error:${error}`
  }
}
