import { Button, Stack, Text } from '@mantine/core'
import type { SettingKey } from '../../../shared/slicing/settings'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'

/** Settings that change with the height, as a calibration print brings them, and the way to be rid of them. */
export function HeightRangesNote() {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const ranges = usePlate().heightRanges ?? []
  const edit = useWorkspace((state) => state.edit)
  if (ranges.length === 0) return undefined
  const height = (mm: number) => formatNumber(mm, locale, 1)
  return (
    <Stack gap={4} component="section" aria-label={t('prepare.heights')}>
      <Text size="xs" fw={600}>
        {t('prepare.heights')}
      </Text>
      {ranges.map(({ fromMm, toMm, values }) => (
        <Text key={fromMm} size="xs" className="tabular">
          {`${height(fromMm)}–${height(toMm)} mm: ${Object.entries(values).map(([key, value]) => `${t(`setting.${key as SettingKey}`)} ${typeof value === 'number' ? formatNumber(value, locale, 3) : String(value)}`).join(', ')}`}
        </Text>
      ))}
      <Button variant="default" size="compact-xs" w="fit-content" onClick={() => edit({ key: 'prepare.heights.remove' }, ({ heightRanges: _ranges, ...plate }) => plate)}>
        {t('prepare.heights.remove')}
      </Button>
    </Stack>
  )
}
