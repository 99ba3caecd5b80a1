import type { Estimate } from '../../shared/toolpath/estimate'
import type { Locale, Translate } from '../i18n/text'
import { formatDuration, formatFilament, formatNumber } from './format'

interface MeasuredPrint {
  readonly layerCount: number
  readonly estimate: Estimate
}

/** What a print takes, in words: time, layers, filament, mass, cost. */
export function printFigures({ estimate, layerCount }: MeasuredPrint, t: Translate, locale: Locale): readonly { readonly label: string; readonly value: string }[] {
  const { timeS, filamentMm, massG, costMinor } = estimate
  return [
    { label: t('prepare.result.time'), value: formatDuration(timeS, locale) },
    { label: t('prepare.result.layers'), value: formatNumber(layerCount, locale) },
    { label: t('prepare.result.filament'), value: formatFilament(filamentMm, locale) },
    { label: t('prepare.result.mass'), value: `${formatNumber(massG, locale, massG < 100 ? 1 : 0)} g` },
    // Without a price there is no cost; and less than the smallest coin says nothing.
    ...(costMinor >= 1 ? [{ label: t('prepare.result.cost'), value: formatNumber(costMinor / 100, locale, 2) }] : []),
  ]
}
