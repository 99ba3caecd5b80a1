import { NO_CARD, type CardAction, type CardState } from './card'
import type { JobLines } from './job-lines'
import { UNKNOWN_MODAL, type ModalState } from './modal-state'
import type { ReportedPosition } from './received-line'
import type { Temperature } from './temperatures'

/** Why something is as it is: a code of the closed set, one English sentence, values for the localised text. */
export interface Reason {
  readonly code: string
  readonly message: string
  readonly values: Readonly<Record<string, string | number>>
}

/** `greeting`: shaking hands. `halted`: the firmware stopped and hears nothing but a reset. `faulted`: we can't tell what it did. */
export type Phase = 'closed' | 'greeting' | 'ready' | 'halted' | 'faulted'

/** A line that was handed to the link and isn't answered yet. */
export interface SentLine {
  /** Line number; undefined for one sent without. */
  readonly n: number | undefined
  readonly body: string
  readonly bytes: number
  /** Index in the job, or -1. */
  readonly jobIndex: number
}

/** Where the body of line numbers is: of one host line, or of job lines on from an index. */
export type LedgerEntry = { readonly n: number; readonly kind: 'host'; readonly body: string } | { readonly n: number; readonly kind: 'job'; readonly index: number }

/** Lines under way. */
export interface Stream {
  /** Number of the line that is sent next; below `fresh` while lines are sent again. */
  readonly next: number
  /** Lowest number that was never given to a line. */
  readonly fresh: number
  /** Unanswered, oldest first; at most a few. */
  readonly sent: readonly SentLine[]
  readonly ledger: readonly LedgerEntry[]
  /** Lines that may be unanswered at once, 1..3. */
  readonly window: number
  /** Oks since the last trouble; enough of them widen the window. */
  readonly cleanOks: number
  /** The next bare `ok` before this time belongs to a `Resend`. */
  readonly resendOkUntilMs: number
  /** While in the future: nothing is sent, what was under way arrives. */
  readonly drainUntilMs: number
  readonly rewindTo: number
  /** The last line asked for again, and how often in a row. */
  readonly repeated: { readonly n: number; readonly count: number }
  readonly strangeResends: number
  /** Oks to come that answer garbage, not a line of ours. */
  readonly garbageOks: number
  /** Lines whose own ok is missing, oldest first: taken by the firmware unless it asks for them. */
  readonly presumed: readonly SentLine[]
  /** When the oldest unanswered line is overdue. */
  readonly dueMs: number
  /** When the oldest unanswered line became that. */
  readonly sinceMs: number
  readonly probes: number
  readonly fruitless: number
  readonly waits: number
  /** The firmware counts lines in its ok. */
  readonly isAdvanced: boolean
  /** The firmware answers M105 with heat behind `ok`. */
  readonly hasHeatOk: boolean
  /** Free places of the firmware's queue, as of the last ok that told. */
  readonly slotsFree: number | undefined
  readonly resends: number
  /** Most free places of the planner that an ok has told: its size; 0 where none tells. */
  readonly plannerSize: number
  /** The firmware unpacks what it receives (MeatPack). */
  readonly isPacked: boolean
}

/** How the nozzle is put aside when a job is held, from the machine's profile. */
export interface ParkPlan {
  readonly maxZMm: number
  readonly liftMm: number
  /** What stood on the bed already when the job began, mm: a job that goes on. */
  readonly topMm?: number
  readonly retractMm: number
  readonly xMm: number
  readonly yMm: number
}

export type RunState = 'running' | 'draining' | 'parking' | 'held' | 'resuming' | 'finishing' | 'cancelling'

/** A job on this machine. */
export interface Run {
  readonly lines: JobLines
  readonly park: ParkPlan
  readonly state: RunState
  /** Index of the job line that is sent next for the first time. */
  readonly nextIndex: number
  /** Job lines answered, from the first on without a gap. */
  readonly acknowledged: number
  readonly holdReason: Reason | undefined
  /** What held before parking; restored by resume. */
  readonly before: ModalState | undefined
  readonly isParked: boolean
  /** Filament was pulled back for parking. */
  readonly isRetracted: boolean
  /** Asked to hold while resuming: done as soon as it has resumed. */
  readonly wantsHold: boolean
  /** Asked to go on while the nozzle is put aside. */
  readonly wantsResume: boolean
  readonly startedAtMs: number
  /** Resends of the link before this job. */
  readonly resendsBefore: number
  readonly feeding: Feeding
  /** Percent that the machine's display was told last; -1 before the first. */
  readonly shownPercent: number
}

/** How well the planner is fed, where oks tell. */
export interface Feeding {
  /** Moves answered one after the other. */
  readonly streak: number
  /** Moves answered within a streak that is long enough to judge by. */
  readonly moves: number
  /** Of these, those that found the planner nearly empty: the nozzle slowed down for want of data. */
  readonly starved: number
}

export interface Greeting {
  readonly step: 'listen' | 'number' | 'identify' | 'report' | 'pack'
  readonly untilMs: number
  readonly tries: number
  readonly hasHeard: boolean
}

export interface Prompt {
  readonly text: string
  readonly buttons: readonly string[]
  readonly isShown: boolean
}

export interface Firmware {
  readonly name: string
  readonly machineType?: string
  readonly uuid?: string
  readonly extruderCount?: number
  readonly capabilities: Readonly<Record<string, boolean>>
}

/** All that is known of a machine that speaks Marlin. Times are milliseconds of one clock that never goes back. */
export interface MarlinState {
  readonly phase: Phase
  readonly reason: Reason | undefined
  readonly baudRate: number
  readonly greeting: Greeting
  readonly firmware: Firmware | undefined
  readonly stream: Stream
  /** Lines of the host's own that go out before the job's. */
  readonly script: readonly string[]
  readonly run: Run | undefined
  readonly modal: ModalState
  readonly hotends: readonly Temperature[]
  readonly bed: Temperature | undefined
  /** When heat was last told; 0 is never. */
  readonly heatAtMs: number
  readonly busy: string | undefined
  readonly prompt: Prompt | undefined
  /** A heater's fault that the firmware named before it halted. */
  readonly thermal: { readonly heater: string; readonly fault: string } | undefined
  /** A torn line ended with `start`: a reset if a banner follows. */
  readonly maybeStart: boolean
  readonly hasBusy: boolean
  /** When heat is asked for; Infinity where the machine reports by itself. */
  readonly pollAtMs: number
  /** Longest expected block of late, s; decays. */
  readonly slackS: number
  readonly isEmergency: boolean
  readonly card: CardState
  /** What is wrong with a job that goes on, or with the heat; the newest. */
  readonly notice: Reason | undefined
  /** Heaters that are well below their target: since when, and from which heat. */
  readonly warming: Readonly<Record<string, { readonly fromC: number; readonly atMs: number }>>
  /** When the reducer wants to hear of the time; Infinity is never. */
  readonly wakeAtMs: number
}

export const NO_STREAM: Stream = {
  next: 1, fresh: 1, sent: [], ledger: [], window: 1, cleanOks: 0, resendOkUntilMs: 0, drainUntilMs: 0, rewindTo: 0,
  repeated: { n: 0, count: 0 }, strangeResends: 0, garbageOks: 0, presumed: [], dueMs: Infinity, sinceMs: 0, probes: 0, fruitless: 0, waits: 0,
  isAdvanced: false, hasHeatOk: false, slotsFree: undefined, resends: 0, plannerSize: 0, isPacked: false,
}

/** The state before a link is there. */
export const CLOSED: MarlinState = {
  phase: 'closed', reason: undefined, baudRate: 115_200, greeting: { step: 'listen', untilMs: 0, tries: 0, hasHeard: false }, firmware: undefined,
  stream: NO_STREAM, script: [], run: undefined, modal: UNKNOWN_MODAL, hotends: [], bed: undefined, heatAtMs: 0, busy: undefined, prompt: undefined,
  thermal: undefined, maybeStart: false, hasBusy: false, pollAtMs: Infinity, slackS: 0, isEmergency: false, card: NO_CARD, notice: undefined, warming: {}, wakeAtMs: Infinity,
}

/** What happens to a machine. `atMs`: time of the one clock. */
export type MarlinEvent =
  | { readonly kind: 'opened'; readonly atMs: number; readonly baudRate: number }
  | { readonly kind: 'line'; readonly atMs: number; readonly line: string }
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'lost'; readonly atMs: number; readonly detail: string }
  | { readonly kind: 'start-job'; readonly atMs: number; readonly lines: JobLines; readonly park: ParkPlan }
  | { readonly kind: 'hold'; readonly atMs: number; readonly reason?: Reason }
  | { readonly kind: 'resume'; readonly atMs: number }
  | { readonly kind: 'cancel'; readonly atMs: number }
  | { readonly kind: 'command'; readonly atMs: number; readonly lines: readonly string[] }
  | { readonly kind: 'card'; readonly atMs: number; readonly action: CardAction }
  | { readonly kind: 'answer'; readonly atMs: number; readonly button: number }
  | { readonly kind: 'emergency'; readonly atMs: number }

export type JobEnd = { readonly outcome: 'done' | 'cancelled' } | { readonly outcome: 'failed'; readonly reason: Reason }

/** What is to be done, in this order. */
export type MarlinEffect =
  | { readonly kind: 'write'; readonly text: string; readonly wire?: string }
  | { readonly kind: 'pulse-dtr' }
  | { readonly kind: 'close' }
  | { readonly kind: 'job-ended'; readonly end: JobEnd; readonly acknowledged: number; readonly line: number; readonly positionMm?: ReportedPosition }
  /** Something that people should know and that changes nothing. */
  | { readonly kind: 'note'; readonly reason: Reason }

export interface MarlinStep {
  readonly state: MarlinState
  readonly effects: readonly MarlinEffect[]
}

/** A position for modal state, from M114. */
export function withPosition(modal: ModalState, { x, y, z, e }: ReportedPosition): ModalState {
  return { ...modal, x, y, z, e }
}
