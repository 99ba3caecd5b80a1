import type { MoveRole } from './toolpath'

/** What one extruder prints. */
export interface ToolEstimate {
  /** From 0. */
  readonly tool: number
  readonly filamentMm: number
  readonly filamentCm3: number
  readonly massG: number
  readonly costMinor: number
}

/** What a toolpath will take. */
export interface Estimate {
  readonly timeS: number
  readonly filamentMm: number
  readonly filamentCm3: number
  readonly massG: number
  /** In the material's price currency, integer minor units. */
  readonly costMinor: number
  readonly byRole: Readonly<Partial<Record<MoveRole, { readonly timeS: number; readonly volumeMm3: number; readonly lengthMm: number }>>>
  /** By extruder, those that print something, ascending. */
  readonly byTool: readonly ToolEstimate[]
  /** Seconds from the start at the end of each layer, length layers. */
  readonly layerEndS: Float64Array
}
