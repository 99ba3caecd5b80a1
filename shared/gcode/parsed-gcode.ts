import type { Toolpath, ToolpathLayer } from '../toolpath/toolpath'
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
  /** Where another piece of the same file goes on. */
  readonly end: GcodePlace
}

export interface ParseGcodeOptions {
  /** For volumes; 1.75 unless given here or in the file's comments. */
  readonly filamentDiameterMm?: number
  /** Called now and then with bytes read; may throw to cancel. */
  readonly onBytes?: (done: number, total: number) => void
  /** The bytes are a piece of a file, behind this; its first layer is the one that goes on. */
  readonly from?: GcodePlace
}

/** What holds between two lines of a file, as a firmware keeps it: machine position, modes, and what comments have said. mm, mm/min. */
export interface GcodePlace {
  readonly positionMm: readonly [number, number, number]
  /** Of the file, from 1; of the last line read. */
  readonly line: number
  readonly unit: number
  readonly isRelative: boolean
  readonly isRelativeE: boolean
  readonly isVolumetric: boolean
  readonly feed: number
  readonly e: number
  readonly offset: { readonly x: number; readonly y: number; readonly z: number }
  readonly retracted: number
  readonly lineRole: number
  readonly widthMm: number
  readonly filamentAreaMm2: number
  readonly hasLayerComments: boolean
  readonly isLayerPending: boolean
  readonly pendingZ: number | undefined
  readonly pendingHeight: number | undefined
  readonly maxHotendC: number
  readonly maxBedC: number
  readonly layer?: ToolpathLayer
}
