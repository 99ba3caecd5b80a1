import type { Locale } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import type { Box3 } from '../../../shared/mesh/mesh'
import { boxSize } from '../../../shared/mesh/mesh-box'
import { type LengthUnit, unitToMm } from '../../../shared/mesh/suspect-unit'

/** Digits behind the point with which a length of this order is read at a glance. */
function lengthDigits(mm: number): number {
  if (mm >= 100) return 1
  return mm >= 1 ? 2 : 4
}

/** `20 × 20 × 4.5 mm`. */
export function sizeText(box: Box3, locale: Locale, factor = 1): string {
  const sides = boxSize(box).map((side) => side * factor)
  const digits = lengthDigits(Math.max(...sides))
  return `${sides.map((side) => formatNumber(side, locale, digits)).join(' × ')} mm`
}

/** `9.87 cm³`; small ones in mm³. */
export function volumeText(volumeMm3: number, locale: Locale): string {
  return volumeMm3 >= 100 ? `${formatNumber(volumeMm3 / 1000, locale, 2)} cm³` : `${formatNumber(volumeMm3, locale, 2)} mm³`
}

export interface UnitChoice {
  readonly unit: LengthUnit
  readonly sizeText: string
}

const OFFERED_UNITS: readonly LengthUnit[] = ['millimeter', 'inch', 'meter', 'micron', 'centimeter']

/** The size that a model would have in each unit. `box` is as the model was read in `unit`. */
export function unitChoices(box: Box3, unit: LengthUnit, locale: Locale): readonly UnitChoice[] {
  return OFFERED_UNITS.map((offered) => ({ unit: offered, sizeText: sizeText(box, locale, unitToMm(offered) / unitToMm(unit)) }))
}
