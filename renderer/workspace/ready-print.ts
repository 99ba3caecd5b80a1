import type { SlicingSettings } from '../../shared/slicing/settings'
import type { Estimate } from '../../shared/toolpath/estimate'
import type { Toolpath } from '../../shared/toolpath/toolpath'
import type { Problem } from '../../shared/units/problem'

/** Which version of which design is in a print, and how often. */
export interface PrintSource {
  readonly designId: string
  readonly versionId: string
  readonly title: string
  readonly copies: number
}

/** G-code with its toolpath, sliced from the plate or opened from a file: what preview shows and print sends. */
export interface ReadyPrint {
  readonly origin: 'sliced' | 'file'
  readonly title: string
  readonly gcode: Uint8Array<ArrayBuffer>
  readonly toolpath: Toolpath
  readonly estimate: Estimate
  readonly layerCount: number
  /** Profile of the machine that it was made for; absent for a file. */
  readonly machineId?: string
  readonly machineName?: string
  readonly materialName?: string
  readonly qualityName?: string
  readonly settings?: SlicingSettings
  readonly sources: readonly PrintSource[]
  /** 256 × 256. */
  readonly thumbnailPng?: Uint8Array<ArrayBuffer>
  /** Line of the file (from 1) of each move; only for a file. */
  readonly lineOfMove?: Uint32Array
  /** Warnings. */
  readonly problems: readonly Problem[]
}
