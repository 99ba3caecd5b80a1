import type { MoveRole } from './toolpath'

/** What a toolpath will take. */
export interface Estimate {
  readonly timeS: number
  readonly filamentMm: number
  readonly filamentCm3: number
  readonly massG: number
  /** In the material's price currency, integer minor units. */
  readonly costMinor: number
  readonly byRole: Readonly<Partial<Record<MoveRole, { readonly timeS: number; readonly volumeMm3: number; readonly lengthMm: number }>>>
  /** Seconds from the start at the end of each layer, length layers. */
  readonly layerEndS: Float64Array
}
