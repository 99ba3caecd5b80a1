import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useText } from '../../i18n/text'
import { usePrepare } from './prepare-state'
import { useHeldModifier, useOnlyObject } from './setting-target'

/** Chooses whose settings are shown, once an object is chosen. */
export function SettingScope() {
  const t = useText()
  const object = useOnlyObject()
  const held = useHeldModifier()
  const scope = usePrepare((state) => state.scope)
  if (object === undefined) return undefined
  const value = held === undefined ? scope : 'modifier'
  const choose = (next: string) => usePrepare.setState({ scope: next === 'plate' ? 'plate' : 'object', modifierId: next === 'modifier' ? held?.modifier.id : undefined })
  return (
    <Stack gap={4}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('prepare.scope')}
        value={value}
        onChange={choose}
        data={[{ value: 'plate', label: t('prepare.scope.plate') }, { value: 'object', label: t('prepare.scope.object') }, ...(held === undefined ? [] : [{ value: 'modifier', label: t('prepare.scope.modifier') }])]}
      />
      {value !== 'plate' && (
        <Text size="xs" c="dimmed">
          {held === undefined ? t('prepare.scope.object.help', { name: object.name }) : t('prepare.scope.modifier.help', { name: held.modifier.name })}
        </Text>
      )}
    </Stack>
  )
}
