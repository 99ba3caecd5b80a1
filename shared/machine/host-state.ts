import type { Firmware, JobEnd, Phase, Prompt, Reason } from './marlin/marlin-state'
import type { JobLines } from './marlin/job-lines'
import type { Temperature } from './marlin/temperatures'

/** A job on a machine, as every protocol keeps it. */
export interface HostRun {
  readonly lines: JobLines
  readonly state: 'starting' | 'checking' | 'running' | 'draining' | 'parking' | 'changing' | 'held' | 'resuming' | 'finishing' | 'cancelling'
  /** Job lines answered, from the first on without a gap. */
  readonly acknowledged: number
  readonly holdReason: Reason | undefined
}

/** What is known of a machine whatever it speaks: the part of a protocol's state that services and the window read. */
export interface HostState {
  readonly phase: Phase
  readonly reason: Reason | undefined
  readonly baudRate: number
  readonly firmware: Firmware | undefined
  readonly run: HostRun | undefined
  /** Where it is (mm), its fan (0..255) and tool. */
  readonly modal: {
    readonly x: number | undefined
    readonly y: number | undefined
    readonly z: number | undefined
    readonly e: number | undefined
    readonly fan: number
    readonly tool: number
    readonly isHomed: boolean
  }
  readonly hotends: readonly Temperature[]
  readonly bed: Temperature | undefined
  /** When heat was last told; 0 is never. */
  readonly heatAtMs: number
  readonly busy: string | undefined
  readonly prompt: Prompt | undefined
  /** What goes badly without stopping it. */
  readonly notice: Reason | undefined
  readonly stream: { readonly resends: number }
  /** When the reducer wants to hear of the time; Infinity is never. */
  readonly wakeAtMs: number
}

/** What is to be done, in this order; the same for every protocol. */
export type HostEffect =
  /** Latin-1 text, and the bytes (Latin-1) that say it where they are others. */
  | { readonly kind: 'write'; readonly text: string; readonly wire?: string }
  | { readonly kind: 'pulse-dtr' }
  | { readonly kind: 'close' }
  | { readonly kind: 'job-ended'; readonly end: JobEnd; readonly acknowledged: number; readonly line: number; readonly positionMm?: { readonly x: number; readonly y: number; readonly z: number; readonly e: number } }
  /** Something that people should know and that changes nothing. */
  | { readonly kind: 'note'; readonly reason: Reason }

/** A line protocol as a pure reducer: its first state, and what an event makes of a state. A new firmware family is one of these. */
export interface Protocol<State extends HostState, Event extends { readonly kind: string; readonly atMs: number }> {
  readonly closed: State
  reduce(state: State, event: Event): { readonly state: State; readonly effects: readonly HostEffect[] }
}
