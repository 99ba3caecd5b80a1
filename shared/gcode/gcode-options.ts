import type { LabelledObject } from './dialects/dialect'
import type { DialectName } from './dialects/dialect-of'

/** A picture for the printer's screen and for file lists. */
export interface GcodeThumbnail {
  readonly width: number
  readonly height: number
  /** PNG unless given. */
  readonly format?: ThumbnailFormat
  readonly bytes: Uint8Array
}

/** What printer screens and hosts read. */
export const THUMBNAIL_FORMATS = ['png', 'jpg', 'qoi'] as const
export type ThumbnailFormat = (typeof THUMBNAIL_FORMATS)[number]

/** An extruder as the file's numbers need it. */
export interface GcodeTool {
  readonly filamentDiameterMm: number
  /** Where its nozzle is from the first one's, mm; taken off every position. */
  readonly offsetMm: readonly [xMm: number, yMm: number]
}

/** Everything in a G-code file besides the toolpath. */
export interface GcodeOptions {
  /** Program and version, first line of the file. */
  readonly generator: string
  readonly title: string
  /** Filled in already, without line ends. */
  readonly startLines: readonly string[]
  readonly endLines: readonly string[]
  /** Heat of the first layer, set and waited for where the start lines don't; 0 is off. */
  readonly hotendC: number
  readonly bedC: number
  /** Marlin's unless given. */
  readonly dialect?: DialectName
  /** Objects of the toolpath's events, for firmware that can leave one out; none are labelled unless given. */
  readonly objects?: readonly (LabelledObject & { readonly id: string })[]
  /** How far an arc may lie from the lines it takes the place of, mm; 0 or absent: no arcs. */
  readonly arcToleranceMm?: number
  /** Lines at the start of each layer, by layer. */
  readonly layerLines?: readonly (readonly string[])[]
  /** The machine's extruders when it has several: then the file says which one begins. */
  readonly tools?: readonly GcodeTool[]
  /** Lines after each change of tool, by change; lines in place of the dialect's own for a pause and a colour change. */
  readonly toolLines?: readonly (readonly string[])[]
  readonly pauseLines?: readonly string[]
  readonly colourChangeLines?: readonly string[]
  readonly relativeExtrusion: boolean
  readonly filamentDiameterMm: number
  /** For `;TIME:`, `M73` and the filament comments. */
  readonly estimate?: {
    readonly timeS: number
    readonly filamentMm: number
    readonly filamentCm3: number
    readonly massG: number
    readonly layerEndS: Float64Array
  }
  readonly thumbnails?: readonly GcodeThumbnail[]
  /** Written at the end as comments, `key = value`. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
}
