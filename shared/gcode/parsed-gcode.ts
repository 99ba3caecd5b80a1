import type { Toolpath } from '../toolpath/toolpath'
import type { Problem } from '../units/problem'
import type { GcodeMetadata } from './read-comments'

/** What G-code says, as far as a Marlin-like firmware would understand it. */
export interface ParsedGcode {
  readonly toolpath: Toolpath
  readonly metadata: GcodeMetadata
  /** Line of the file (from 1) of each move, length moveCount. */
  readonly lineOfMove: Uint32Array
  readonly lineCount: number
  /** Lines that hold a command. */
  readonly commandCount: number
  /** Words that no Marlin knows, with the first line of each, e.g. `START_PRINT`. */
  readonly unknownCommands: ReadonlyMap<string, number>
  /** Highest heat asked for, °C. */
  readonly maxHotendC: number
  readonly maxBedC: number
  readonly warnings: readonly Problem[]
}

export interface ParseGcodeOptions {
  /** For volumes; 1.75 unless given here or in the file's comments. */
  readonly filamentDiameterMm?: number
  /** Called now and then with bytes read; may throw to cancel. */
  readonly onBytes?: (done: number, total: number) => void
}
