import type { MadePrint, PrintRequest } from '../../../shared/machine/make-print'
import type { Estimate } from '../../../shared/toolpath/estimate'
import type { ParsedGcode } from '../../../shared/gcode/parsed-gcode'
import type { MachineProfile, MaterialProfile } from '../../../shared/machine/profile'
import type { Result } from '../../../shared/units/problem'
import type { Progress } from '../../../shared/units/progress'

/** G-code of the user's own, to be read and timed as this machine would run it. */
export interface ReadGcodeRequest {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly machine: MachineProfile
  readonly material: MaterialProfile
  /** From the second extruder on. */
  readonly moreMaterials?: readonly MaterialProfile[]
}

export interface ReadGcode {
  readonly parsed: ParsedGcode
  readonly estimate: Estimate
  readonly gcode: Uint8Array<ArrayBuffer>
}

/** A print with its picture. */
export interface PicturedPrint extends MadePrint {
  /** 256 × 256, transparent ground; absent when there is nothing to see. */
  readonly thumbnailPng?: Uint8Array<ArrayBuffer>
}

export type PrintCall =
  | { readonly kind: 'make'; readonly request: Omit<PrintRequest, 'thumbnails'> }
  | { readonly kind: 'read'; readonly request: ReadGcodeRequest }

export type PrintReply =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'made'; readonly result: Result<PicturedPrint> }
  | { readonly kind: 'read'; readonly result: Result<ReadGcode> }
  | { readonly kind: 'crashed'; readonly message: string }
