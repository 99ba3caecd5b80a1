import type { MotionLimits } from '../../toolpath/motion-limits'

/** Which of Marlin's compile-time options the board has. `FULL_TRAITS` and `PLAIN_TRAITS` are the two that were recorded from real firmware. */
export interface FirmwareTraits {
  /** M108, M112, M410, M876 are taken from the wire at once. */
  readonly emergencyParser: boolean
  /** `ok N1 P15 B3` instead of `ok`. */
  readonly advancedOk: boolean
  /** `//action:` lines: prompts, notifications, paused. */
  readonly hostActions: boolean
  /** `wait` once a second while there is nothing to do. */
  readonly waitReports: boolean
  /** A filament sensor that asks for new filament; without it an empty printer prints air. */
  readonly filamentSensor: boolean
  /** Position and state after each `busy`, as boards with real-time reporting do. */
  readonly realtimeReports: boolean
  /** A card in the machine; none unless said so. */
  readonly sdCard?: boolean
  /** Unpacks MeatPack; not unless said so. */
  readonly meatPack?: boolean
  /** Decimals of positions. */
  readonly decimals: 2 | 4
}

/** Everything switched on but the real-time reports. */
export const FULL_TRAITS: FirmwareTraits = { emergencyParser: true, advancedOk: true, hostActions: true, waitReports: true, filamentSensor: true, realtimeReports: false, decimals: 4 }
/** A small board: bare `ok`, no emergency parser, no prompts. */
export const PLAIN_TRAITS: FirmwareTraits = { emergencyParser: false, advancedOk: false, hostActions: false, waitReports: false, filamentSensor: false, realtimeReports: false, decimals: 2 }

/** The machine around the board, and how the board is built. */
export interface FirmwareOptions {
  readonly machineType: string
  readonly uuid: string
  readonly motion: MotionLimits
  /** Reachable box in machine coordinates, mm; `circle` for round beds. */
  readonly volume: { readonly min: readonly [number, number, number]; readonly max: readonly [number, number, number]; readonly shape: 'rectangle' | 'circle' }
  readonly maxHotendC: number
  readonly maxBedC: number
  /** Without a bed no `B:` is reported. */
  readonly heatedBed: boolean
  readonly hotends: number
  /** Filaments that can be chosen with T; as many as hotends unless given. With one hotend they share it. */
  readonly tools?: number
  /** By tool, where they differ from `filamentDiameterMm`, mm. */
  readonly toolFilamentDiametersMm?: readonly number[]
  /** What a change of tool takes, ms; none unless given. */
  readonly toolChangeMs?: number
  readonly filamentDiameterMm: number
  readonly ambientC: number
  readonly traits: FirmwareTraits
  readonly faults: FirmwareFaults
  /** From reset to `start`, ms; bytes that come in between are lost, as in a boot loader. */
  readonly bootMs: number
  /** Told of each command when it is carried out: its text without number and checksum, and its number (-1 without). */
  readonly onCommand?: (text: string, lineNumber: number) => void
}

/** Faults to have; probabilities per byte or line, 0..1. */
export interface FirmwareFaults {
  readonly seed: number
  readonly dropByte: number
  readonly corruptByte: number
  readonly duplicateLine: number
  readonly loseOk: number
  /** Every answer leaves this much later, ms. */
  readonly delayMs: number
  /** The board resets when this many lines were received since the faults were set. */
  readonly resetAtLine?: number | undefined
  /** The cable is pulled when this many lines were received since the faults were set. */
  readonly unplugAtLine?: number | undefined
  /** The first hotend heats without control. */
  readonly thermalRunaway: boolean
  /** The first hotend doesn't heat: a broken wire. */
  readonly brokenHeater?: boolean
  /** Filament that is left, mm. */
  readonly filamentMm?: number | undefined
}

/** A healthy machine on a good cable. */
export const NO_FAULTS: FirmwareFaults = { seed: 1, dropByte: 0, corruptByte: 0, duplicateLine: 0, loseOk: 0, delayMs: 0, thermalRunaway: false }

/** What the machine received and did since it was made. */
export interface FirmwareAccount {
  readonly linesReceived: number
  /** False once a line ran whose number was lost on the wire, so that it ran out of order or twice. */
  readonly linesInOrder: boolean
  readonly checksumErrors: number
  readonly resendsRequested: number
  /** Commands that the machine didn't do, or not as they were written; the first thousand. */
  readonly refused: readonly { readonly line: string; readonly why: string }[]
  /** Filament pushed out of the nozzle, mm: a retraction has to be pushed back before anything counts again. */
  readonly extrudedMm: number
  readonly depositedCm3: number
  /** The same by tool, mm. */
  readonly extrudedByToolMm?: readonly number[]
  readonly movesExecuted: number
  /** Filament by the true height of the nozzle above the bed, mm by mm; whatever the board believes to be its place. */
  readonly extrudedAtHeight?: ReadonlyMap<number, number>
  readonly finalPositionMm: { readonly x: number; readonly y: number; readonly z: number; readonly e: number }
  /** Of a laser or mill: way and time with the beam on or the spindle turning, power times time (percent seconds). */
  readonly cutMm?: number
  readonly cutS?: number
  readonly powerPercentS?: number
}

/**
 * `blocked`: nothing more is taken from the wire until time passes. `hungry`: waits for the host while moves are under way.
 * `idle`: waits for the host with nothing to do. `dead`: killed; only a reset helps.
 */
export type FirmwareDemand = 'blocked' | 'hungry' | 'idle' | 'dead'

/** A board with its machine, driven by time that is handed in (simulated ms, never going back). */
export interface VirtualFirmware {
  /** Takes bytes off the wire at a time; lets time pass to it first. */
  receive(bytes: Uint8Array, atMs: number): void
  /** Lets time pass and hands out what was written since the last call; a fresh array, empty when nothing was. */
  advance(toMs: number): Uint8Array
  /** When something happens next by itself; Infinity when nothing does. */
  readonly nextWakeMs: number
  readonly nowMs: number
  readonly demand: FirmwareDemand
  /** The cable was pulled by a fault; stays so until `plugIn`. */
  readonly isUnplugged: boolean
  plugIn(): void
  /** Reset by DTR, button or power: a torn line, then the boot banner. */
  reset(atMs: number): void
  setFaults(faults: FirmwareFaults): void
  /** Smallest distance between periodic reports (`busy`, `wait`, temperatures), ms; for hosts that let time run fast. */
  setReportPace(paceMs: number): void
  account(): FirmwareAccount
}
