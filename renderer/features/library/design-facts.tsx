import type { LengthUnit } from '../../../shared/formats/model'
import type { VersionRecord } from '../../../shared/library/version'
import { useLocale } from '../../i18n/locale'
import { isTextKey, useText } from '../../i18n/text'
import { Facts } from '../../ui/facts'
import { formatBytes, formatNumber } from '../../ui/format'

const MILLIMETRE: LengthUnit = 'millimeter'

/** What a version's file holds. */
export function DesignFacts({ version }: { readonly version: VersionRecord }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const file = version.files[0]
  const unitKey = `import.unit.${version.units}`
  const facts: readonly (readonly [string, string])[] = [
    [t('library.fact.file'), file === undefined ? '–' : `${file.path} (${formatBytes(file.bytes, locale)})`],
    [t('library.fact.size'), `${version.sizeMm.map((side) => formatNumber(side, locale, 2)).join(' × ')} mm`],
    [t('library.fact.volume'), `${formatNumber(version.volumeMm3 / 1000, locale, 2)} cm³`],
    [t('library.fact.triangles'), formatNumber(version.triangleCount, locale)],
    ...(version.partCount > 1 ? [[t('library.fact.parts'), formatNumber(version.partCount, locale)] as const] : []),
    ...(version.units === MILLIMETRE || !isTextKey(unitKey) ? [] : [[t('library.fact.unit'), t(unitKey)] as const]),
    ...(version.isRepaired ? [[t('library.fact.mesh'), t('library.fact.repaired')] as const] : []),
  ]
  return <Facts facts={facts} />
}
