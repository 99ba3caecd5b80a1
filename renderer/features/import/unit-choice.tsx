import { Alert, Radio, Select, Stack, Text } from '@mantine/core'
import { IconRuler2 } from '@tabler/icons-react'
import type { LengthUnit } from '../../../shared/formats/model'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import type { ImportedModel } from '../../workers/import/import-messages'
import type { ImportItem } from './import-item'
import { chooseUnit } from './import-store'
import { unitChoices } from './model-facts'

const MILLIMETRE: LengthUnit = 'millimeter'

interface UnitProps {
  readonly item: ImportItem
  readonly model: ImportedModel
}

/** Asks for the unit when the size is unlikely, with the size that each would give. */
export function UnitQuestion({ item, model }: UnitProps) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { suspicion } = model
  if (suspicion === undefined) return undefined
  const choices = [...unitChoices(model.box, MILLIMETRE, locale)].sort((a, b) => Number(b.unit === suspicion.suggestedUnit) - Number(a.unit === suspicion.suggestedUnit))
  return (
    <Alert color="yellow" icon={<IconRuler2 size={18} aria-hidden />} title={t('import.unit')} role="note">
      <Stack gap="xs">
        <Text size="sm">{t(suspicion.largest < 100 ? 'import.unit.small' : 'import.unit.large', { size: formatNumber(suspicion.largest, locale, 3) })}</Text>
        <Radio.Group aria-label={t('import.unit')} value="" onChange={(unit) => chooseUnit(item.id, unit as LengthUnit)}>
          <Stack gap={6}>
            {choices.map(({ unit, sizeText }) => (
              <Radio
                key={unit}
                value={unit}
                label={`${t(`import.unit.${unit}`)}: ${sizeText}${unit === suspicion.suggestedUnit ? ` (${t('import.unit.suggested')})` : ''}`}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
    </Alert>
  )
}

/** Lets the unit be changed where the file states none. */
export function UnitSelect({ item, model }: UnitProps) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  if (model.statedUnit !== undefined) return undefined
  const unit = item.unit ?? MILLIMETRE
  return (
    <Select
      label={t('import.unit.change')}
      allowDeselect={false}
      value={unit}
      data={unitChoices(model.box, unit, locale).map((choice) => ({ value: choice.unit, label: `${t(`import.unit.${choice.unit}`)}: ${choice.sizeText}` }))}
      onChange={(next) => next !== null && next !== unit && chooseUnit(item.id, next as LengthUnit)}
    />
  )
}
