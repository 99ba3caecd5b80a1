import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { extruderCount } from '../../../shared/machine/print-tools'
import { SETTINGS, type SettingKey, type SettingLevel, type SettingValues } from '../../../shared/slicing/settings'
import { type Translate, useText } from '../../i18n/text'
import { SettingField, type SettingInput } from '../../ui/setting-field'
import { SettingGroups } from '../../ui/setting-groups'
import { SETTING_KEYS, plateSettings } from '../../workspace/plate-settings'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { usePrepare } from './prepare-state'
import { useChosenProfiles } from './use-plate-scene'

const LEVELS: readonly SettingLevel[] = ['basic', 'advanced', 'expert']

/** Whether every word typed is in a setting's name, explanation or key. */
function isFound(t: Translate, key: SettingKey, search: string): boolean {
  const text = `${t(`setting.${key}`)} ${t(`setting.${key}.help`)} ${t(`setting.group.${SETTINGS[key].group}`)} ${key}`.toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

/** Sets a value by hand; the profiles' own value is no change. Values come from fields that the table made. */
function put(key: SettingKey, value: SettingInput | undefined, base: SettingInput | undefined): void {
  const { setOverride } = useWorkspace.getState() as { setOverride(key: SettingKey, value: SettingValues[SettingKey]): void }
  setOverride(key, value === base ? undefined : (value as SettingValues[SettingKey]))
}

function settle(): void {
  useWorkspace.getState().settle()
}

function LevelSwitch() {
  const t = useText()
  const level = usePrepare((state) => state.level)
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('prepare.level')}
      value={level}
      onChange={(next) => usePrepare.setState({ level: next as SettingLevel })}
      data={LEVELS.map((value) => ({ value, label: t(`setting.level.${value}`) }))}
    />
  )
}

/** Every setting of slicing: by group, in three levels, searchable, with the way back. */
export function SettingEditor() {
  const t = useText()
  const level = usePrepare((state) => state.level)
  const { overrides } = usePlate()
  const profiles = useChosenProfiles()
  const [search, setSearch] = useState('')
  const { base, values } = useMemo(() => plateSettings(profiles, overrides), [profiles, overrides])
  const wanted = search.trim()
  const changed = Object.keys(overrides).length
  // What was changed by hand is always shown; a search looks at every level.
  const hasExtruders = extruderCount(profiles.machine) > 1
  const keys = SETTING_KEYS.filter((key) => hasExtruders || SETTINGS[key].group !== 'extruders' || key in overrides).filter((key) => (wanted === '' ? LEVELS.indexOf(SETTINGS[key].level) <= LEVELS.indexOf(level) || key in overrides : isFound(t, key, wanted)))
  return (
    <Stack gap="sm">
      <LevelSwitch />
      <TextInput size="xs" aria-label={t('prepare.setting.search')} placeholder={t('prepare.setting.search')} leftSection={<IconSearch size={14} aria-hidden />} value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} />
      {changed > 0 && (
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {t('prepare.setting.changed', { count: changed })}
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={() => useWorkspace.getState().clearOverrides()}>
            {t('prepare.setting.resetAll')}
          </Button>
        </Group>
      )}
      <SettingGroups keys={keys} order={2} renderField={(key) => <SettingField key={key} name={key} value={values[key]} base={base[key]} onChange={put} onSettled={settle} />} />
      {keys.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('prepare.setting.none')}
        </Text>
      )}
    </Stack>
  )
}
