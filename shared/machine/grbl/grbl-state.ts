import type { HostEffect, HostRun, HostState } from '../host-state'
import type { JobLines } from '../marlin/job-lines'
import type { JobEnd, Reason } from '../marlin/marlin-state'
import { type Axes, NEW_PROGRAM, type ProgramState } from './program'

/** A line that Grbl has and hasn't answered. */
export interface SentLine {
  readonly body: string
  /** With its newline. */
  readonly bytes: number
  /** Index in the job, or -1. */
  readonly jobIndex: number
  /** Nothing else may be under way beside it: it writes the EEPROM, or a person answers it. */
  readonly isAlone: boolean
}

/** Lines under way. */
export interface GrblStream {
  readonly sent: readonly SentLine[]
  /** Bytes that may be unanswered: the firmware's receive buffer less one. */
  readonly budget: number
  /** When the last answer or line came to pass. */
  readonly sinceMs: number
  /** Lines that could not be read. */
  readonly garbage: number
  /** Grbl has no resends. */
  readonly resends: 0
}

/** What the status reports said last; fields that a report leaves out stay. Machine coordinates are mm. */
export interface GrblMachine {
  readonly state: string | undefined
  readonly sub: number | undefined
  readonly machine: Axes | undefined
  readonly workOffset: Axes
  readonly feed: number
  readonly power: number
  readonly overrides: Axes
  readonly pins: string
  readonly accessories: string
  readonly blocksFree: number | undefined
  readonly bytesFree: number | undefined
  readonly others: Readonly<Record<string, string>>
}

/** The smallest box around recent moves, machine coordinates. */
export interface Box {
  readonly min: Axes
  readonly max: Axes
}

export interface GrblRun extends HostRun {
  readonly nextIndex: number
  /** First line that is sent, and what is sent before it: a job resumed from a line. */
  readonly preamble: readonly string[]
  readonly fromIndex: number
  /** `check`: all lines in check mode, nothing moves. */
  readonly stage: 'check' | 'run'
  readonly isCheckOnly: boolean
  /** The program after the last line that was sent. */
  readonly program: ProgramState
  /** Boxes of the last moves that were sent, oldest first: the machine is inside one of them or on its way between. */
  readonly trail: readonly Box[]
  /** Set while a tool is changed: what the program was before. */
  readonly before: ProgramState | undefined
  /** How the job will end once the machine has stopped. */
  readonly pending: JobEnd | undefined
  /** While stopping: reset at this time even if the machine doesn't say that it holds. While going on: until then it may still say so. */
  readonly stopAtMs: number
  /** Idle reports since all lines were answered. */
  readonly idles: number
  /** Reports in a row that showed the machine where the program isn't. */
  readonly strays: number
}

export interface GrblGreeting {
  readonly step: 'listen' | 'ask' | 'identify'
  readonly untilMs: number
  readonly tries: number
  readonly hasHeard: boolean
}

export interface Overrides {
  readonly feed?: number
  readonly rapid?: number
  readonly power?: number
}

/** All that is known of a machine that speaks Grbl. Times are milliseconds of one clock that never goes back. */
export interface GrblState extends HostState {
  readonly family: 'grbl'
  readonly greeting: GrblGreeting
  readonly stream: GrblStream
  /** Lines of the host's own that go out before the job's. */
  readonly script: readonly string[]
  readonly run: GrblRun | undefined
  readonly machine: GrblMachine
  readonly alarm: number | undefined
  /** After a hard or soft limit only a reset is heard. */
  readonly isMute: boolean
  /** Until when the banner of our own reset is waited for; 0: none. */
  readonly resetUntilMs: number
  readonly poll: { readonly atMs: number; readonly isAsked: boolean; readonly missed: number }
  /** `$n` by n, as the firmware wrote them. */
  readonly settings: Readonly<Record<string, string>>
  /** G54 .. G59, G28, G30, G92, TLO; mm. */
  readonly offsets: Readonly<Record<string, Axes>>
  readonly modes: string
  readonly probe: { readonly at: Axes; readonly hasTouched: boolean } | undefined
  readonly info: Readonly<Record<string, string>>
  readonly wanted: Overrides & { readonly atMs: number; readonly tries: number }
  /** A jog that goes on while it is asked for. */
  readonly jog: { readonly direction: Axes; readonly feed: number; readonly untilMs: number; readonly nextMs: number } | undefined
  /** A jog was stopped while lines of it were under way: stopped once more behind them. */
  readonly stopsJog: boolean
  readonly busy: string | undefined
}

export const NO_MACHINE: GrblMachine = {
  state: undefined, sub: undefined, machine: undefined, workOffset: [0, 0, 0], feed: 0, power: 0, overrides: [100, 100, 100], pins: '', accessories: '', blocksFree: undefined, bytesFree: undefined, others: {},
}

/** Grbl's receive buffer of 128 bytes keeps one free. */
export const SMALL_BUDGET = 127

/** The state before a link is there. */
export const GRBL_CLOSED: GrblState = {
  family: 'grbl', phase: 'closed', reason: undefined, baudRate: 115_200, greeting: { step: 'listen', untilMs: 0, tries: 0, hasHeard: false }, firmware: undefined,
  stream: { sent: [], budget: SMALL_BUDGET, sinceMs: 0, garbage: 0, resends: 0 }, script: [], run: undefined, machine: NO_MACHINE, alarm: undefined, isMute: false, resetUntilMs: 0,
  poll: { atMs: Infinity, isAsked: false, missed: 0 }, settings: {}, offsets: {}, modes: '', probe: undefined, info: {}, wanted: { atMs: Infinity, tries: 0 }, jog: undefined, stopsJog: false,
  modal: { x: undefined, y: undefined, z: undefined, e: undefined, fan: 0, tool: 0, isHomed: false }, hotends: [], bed: undefined, heatAtMs: 0, busy: undefined, prompt: undefined, notice: undefined, wakeAtMs: Infinity,
}

/** What happens to a machine. `atMs`: time of the one clock. */
export type GrblEvent =
  | { readonly kind: 'opened'; readonly atMs: number; readonly baudRate: number }
  | { readonly kind: 'line'; readonly atMs: number; readonly line: string }
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'lost'; readonly atMs: number; readonly detail: string }
  | { readonly kind: 'start-job'; readonly atMs: number; readonly lines: JobLines; readonly check?: 'first' | 'only' | undefined; readonly fromIndex?: number | undefined; readonly preamble?: readonly string[] | undefined }
  | { readonly kind: 'hold'; readonly atMs: number; readonly reason?: Reason }
  | { readonly kind: 'resume'; readonly atMs: number }
  | { readonly kind: 'cancel'; readonly atMs: number }
  | { readonly kind: 'command'; readonly atMs: number; readonly lines: readonly string[] }
  | { readonly kind: 'answer'; readonly atMs: number; readonly button: number }
  | { readonly kind: 'emergency'; readonly atMs: number }
  | { readonly kind: 'override'; readonly atMs: number; readonly wanted: Overrides }
  /** Jogs on until `jog-stop`, or until it isn't asked for any more. Direction: unit vector. */
  | { readonly kind: 'jog-hold'; readonly atMs: number; readonly direction: Axes; readonly feed: number }
  | { readonly kind: 'jog-stop'; readonly atMs: number }
  /** Out of an alarm without homing: the user knows that the position may be wrong. */
  | { readonly kind: 'unlock'; readonly atMs: number }
  | { readonly kind: 'home'; readonly atMs: number }

export interface GrblStep {
  readonly state: GrblState
  readonly effects: readonly HostEffect[]
}

/** The program as the machine's own offsets and place begin it. */
export function programOf({ offsets, machine, modes }: Pick<GrblState, 'offsets' | 'machine' | 'modes'>): ProgramState {
  const at = (name: string): Axes => offsets[name] ?? [0, 0, 0]
  const wcs = Number(/\bG(5[4-9])\b/.exec(modes)?.[1] ?? 54) - 54
  return {
    ...NEW_PROGRAM, wcs, offsets: [54, 55, 56, 57, 58, 59].map((code) => at(`G${code}`)), g92: at('G92'), g28: at('G28'), g30: at('G30'), toolLengthMm: at('TLO')[2],
    position: machine.machine ?? [0, 0, 0], tool: Number(/\bT(\d+)/.exec(modes)?.[1] ?? 0),
  }
}
