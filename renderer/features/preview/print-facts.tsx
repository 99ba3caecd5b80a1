import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatDuration, formatNumber } from '../../ui/format'
import type { ReadyPrint } from '../../workspace/ready-print'
import styles from './preview.module.css'

/** What the print takes. */
export function PrintFacts({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { timeS, filamentMm, massG, costMinor } = print.estimate
  const facts = [
    ['prepare.result.time', formatDuration(timeS, locale)],
    ['prepare.result.layers', formatNumber(print.layerCount, locale)],
    ['prepare.result.filament', `${formatNumber(filamentMm / 1000, locale, 2)} m`],
    ['prepare.result.mass', `${formatNumber(massG, locale, massG < 100 ? 1 : 0)} g`],
    ['prepare.result.cost', formatNumber(costMinor / 100, locale, 2)],
  ] as const
  return (
    <dl className={styles['facts']}>
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd className="tabular">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
