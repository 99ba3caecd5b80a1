import { boxSize } from './mesh-box'
import type { Box3 } from './mesh'

/** Units of length that model files use; the names are those of 3MF. */
export type LengthUnit = 'micron' | 'millimeter' | 'centimeter' | 'inch' | 'foot' | 'meter'

const MM: Readonly<Record<LengthUnit, number>> = { micron: 0.001, millimeter: 1, centimeter: 10, inch: 25.4, foot: 304.8, meter: 1000 }

/** mm of one unit. */
export function unitToMm(unit: LengthUnit): number {
  return MM[unit]
}

/** A size that looks like a unit's other than mm. */
export interface UnitSuspicion {
  readonly suspicion: LengthUnit
  /** What to offer first; the same as `suspicion`. */
  readonly suggestedUnit: LengthUnit
  /** Largest dimension as read, in the file's numbers. */
  readonly largest: number
  /** Largest dimension in the suggested unit, mm. */
  readonly largestMm: number
}

/** Below this a model is no thing that a nozzle of 0.4 mm makes. */
const TOO_SMALL_MM = 2
/** Above this no desktop machine's bed holds it. */
const TOO_LARGE_MM = 1000
/** Metres are suggested where inches would still give less than this. */
const LIKELY_MM = 3

/**
 * Suspects a model's unit by its largest dimension: below 2 it was probably exported in inches, below 0.12 in metres; above 1000 in micrometres
 * when that leaves a thing of at least 2 mm. Undefined when the size is plausible, or when the box has none.
 */
export function suspectUnit(box: Box3): UnitSuspicion | undefined {
  const largest = Math.max(...boxSize(box))
  if (!(largest > 0) || (largest >= TOO_SMALL_MM && largest <= TOO_LARGE_MM)) return undefined
  const suggestedUnit = largest < TOO_SMALL_MM ? (largest * MM.inch >= LIKELY_MM ? 'inch' : 'meter') : 'micron'
  const largestMm = largest * MM[suggestedUnit]
  if (largestMm > TOO_LARGE_MM || (suggestedUnit === 'micron' && largestMm < TOO_SMALL_MM)) return undefined
  return { suspicion: suggestedUnit, suggestedUnit, largest, largestMm }
}
