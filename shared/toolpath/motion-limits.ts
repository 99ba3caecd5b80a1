/** What the machine's planner allows, as its firmware is configured; order x, y, z, e. */
export interface MotionLimits {
  readonly maxFeedMmPerS: readonly [number, number, number, number]
  readonly maxAccelerationMmPerS2: readonly [number, number, number, number]
  readonly printAccelerationMmPerS2: number
  readonly travelAccelerationMmPerS2: number
  readonly retractAccelerationMmPerS2: number
  /** Moves that the planner holds at once; 16 (Marlin's default) unless given. */
  readonly plannerBlocks?: number
  readonly cornering:
    | { readonly kind: 'jerk'; /** x, y, z, e */ readonly jerkMmPerS: readonly [number, number, number, number] }
    | { readonly kind: 'junction-deviation'; readonly junctionDeviationMm: number }
}
