/** Speeds at which a block begins and ends, mm/s. */
interface BlockEnds {
  readonly v0: number
  readonly v1: number
}

/**
 * Seconds of a block: accelerate, cruise, brake; without room to cruise, accelerate and brake.
 * Length in mm (more than 0), nominal speed in mm/s, acceleration in mm/s².
 */
export function trapezoidSeconds(lengthMm: number, { v0, v1 }: BlockEnds, nominalMmPerS: number, acceleration: number): number {
  const v = nominalMmPerS
  const top2 = acceleration * lengthMm + 0.5 * (v0 * v0 + v1 * v1)
  if (top2 <= v * v) {
    const top = Math.max(v0, v1, Math.sqrt(top2))
    if (top <= 0) return 0
    // What is left of a block that neither accelerates nor brakes as far as it is long (rounding, clamped ends).
    const rest = Math.max(0, lengthMm - (2 * top * top - v0 * v0 - v1 * v1) / (2 * acceleration))
    return (2 * top - v0 - v1) / acceleration + rest / top
  }
  const cruise = lengthMm - (2 * v * v - v0 * v0 - v1 * v1) / (2 * acceleration)
  return (2 * v - v0 - v1) / acceleration + Math.max(0, cruise) / v
}
