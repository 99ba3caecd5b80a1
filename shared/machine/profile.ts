import type { HeadClearance } from '../slicing/order/object-sequence'
import type { ThumbnailFormat } from '../gcode/gcode-options'
import type { SettingValues } from '../slicing/settings'
import type { MotionLimits } from '../toolpath/motion-limits'

/** Firmware families that a driver exists for; `grbl` stands for Grbl 1.1, grblHAL and FluidNC. */
export type Firmware = 'marlin' | 'prusa' | 'klipper' | 'reprapfirmware' | 'smoothie' | 'grbl'

/** One of several extruders of a machine. */
export interface ExtruderProfile {
  /** Where its nozzle is from the first one's, mm; the G-code takes it off. None unless given: the firmware knows it, or the nozzle is shared. */
  readonly offsetMm?: readonly [xMm: number, yMm: number]
  /** What differs from the machine's: nozzle, retraction, filament diameter. */
  readonly settings: SettingValues
}

/** A picture in the G-code, pixels. */
export interface ThumbnailSpec {
  readonly width: number
  readonly height: number
  readonly format: ThumbnailFormat
}

/** What is known of a kind of machine: geometry, planner, how to talk to it, and the settings that follow from it. */
export interface MachineProfile {
  readonly id: string
  readonly name: string
  readonly vendor: string
  /** Where the figures come from: a manual, a data sheet, the firmware's configuration; shown to the user. */
  readonly source: string
  readonly firmware: Firmware
  /** What it is made for; a printer unless given. */
  readonly purpose?: 'printer' | 'laser' | 'mill'
  readonly volume: {
    readonly xMm: number
    readonly yMm: number
    readonly zMm: number
    /** `corner`: (0, 0) is the front left corner. `centre`: the middle of the bed (delta). */
    readonly origin: 'corner' | 'centre'
    readonly shape: 'rectangle' | 'circle'
  }
  /** Room of the print head, for printing object after object; a cautious one (`headClearanceOf`) unless given. */
  readonly headClearance?: HeadClearance
  /** One with the machine's settings unless given. */
  readonly extruders?: readonly ExtruderProfile[]
  /** All filaments end in one nozzle (a multi-material unit); each extruder has its own unless given. */
  readonly sharedNozzle?: boolean
  /** What a change of extruder takes besides the moves in the file, s; 0 unless given. */
  readonly toolChangeS?: number
  /** Volume to purge after a change, mm³: from each extruder (row) to each (column); the setting's unless given. */
  readonly purgeMm3?: readonly (readonly number[])[]
  readonly heatedBed: boolean
  readonly maxHotendC: number
  readonly maxBedC: number
  readonly motion: MotionLimits
  readonly baudRate: number
  readonly usb: readonly { readonly vendorId: string; readonly productId: string }[]
  /** G-code templates with `{variables}`. */
  readonly startGcode: string
  readonly endGcode: string
  /** At the start of each layer; may name `layer` (from 0), `layerZMm`, `layerHeightMm`. None unless given. */
  readonly layerGcode?: string
  /** After a change of tool; may name `previousTool` and `nextTool` (from 0), the layer, and as `hotendC` and the like the settings of the tool that comes. And in place of what the firmware's own pause and colour change are. */
  readonly toolGcode?: string
  readonly pauseGcode?: string
  readonly colourChangeGcode?: string
  /** Pictures that its screen or its host shows, in the order of the file; those that most hosts show unless given. */
  readonly thumbnails?: readonly ThumbnailSpec[]
  /** Nozzle, filament, feeds, retraction that belong to the machine. */
  readonly settings: SettingValues
}

export interface MaterialProfile {
  readonly id: string
  readonly name: string
  /** PLA, PETG, ABS ... */
  readonly type: string
  readonly source: string
  readonly settings: SettingValues
}

export interface QualityProfile {
  readonly id: string
  readonly name: string
  readonly source: string
  readonly settings: SettingValues
}

/** A user's profile: a copy of a built-in or of another, with its parent kept for reset and comparison. */
export type StoredProfile =
  | { readonly kind: 'machine'; readonly parentId?: string; readonly profile: MachineProfile }
  | { readonly kind: 'material'; readonly parentId?: string; readonly profile: MaterialProfile }
  | { readonly kind: 'quality'; readonly parentId?: string; readonly profile: QualityProfile }
