import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { extruderCount } from '../../../shared/machine/print-tools'
import { SETTINGS, type SettingKey, type SettingLevel } from '../../../shared/slicing/settings'
import { type Translate, useText } from '../../i18n/text'
import { SettingField } from '../../ui/setting-field'
import { SettingGroups } from '../../ui/setting-groups'
import { SETTING_KEYS } from '../../workspace/plate-settings'
import { useWorkspace } from '../../workspace/workspace-store'
import { usePrepare } from './prepare-state'
import { SettingScope } from './setting-scope'
import { clearSettings, putSetting, useHeldModifier, useSettingTarget } from './setting-target'
import { useChosenProfiles } from './use-plate-scene'

const LEVELS: readonly SettingLevel[] = ['basic', 'advanced', 'expert']

/** Whether every word typed is in a setting's name, explanation or key. */
function isFound(t: Translate, key: SettingKey, search: string): boolean {
  const text = `${t(`setting.${key}`)} ${t(`setting.${key}.help`)} ${t(`setting.group.${SETTINGS[key].group}`)} ${key}`.toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word))
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
  const profiles = useChosenProfiles()
  const [search, setSearch] = useState('')
  const { base, values, own, canHave } = useSettingTarget()
  const held = useHeldModifier()
  const wanted = search.trim()
  const changed = Object.keys(own).length
  // What was changed by hand is always shown; a search looks at every level.
  const hasExtruders = extruderCount(profiles.machine) > 1
  const keys = SETTING_KEYS.filter((key) => canHave(key) && (hasExtruders || SETTINGS[key].group !== 'extruders' || key in own)).filter((key) => (wanted === '' ? LEVELS.indexOf(SETTINGS[key].level) <= LEVELS.indexOf(level) || key in own : isFound(t, key, wanted)))
  const plateOnly = wanted === '' ? 0 : SETTING_KEYS.filter((key) => !canHave(key) && isFound(t, key, wanted)).length
  if (held !== undefined && held.modifier.kind !== 'settings') return <SettingScope />
  return (
    <Stack gap="sm">
      <SettingScope />
      <LevelSwitch />
      <TextInput size="xs" aria-label={t('prepare.setting.search')} placeholder={t('prepare.setting.search')} leftSection={<IconSearch size={14} aria-hidden />} value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} />
      {changed > 0 && (
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {t('prepare.setting.changed', { count: changed })}
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={clearSettings}>
            {t('prepare.setting.resetAll')}
          </Button>
        </Group>
      )}
      <SettingGroups keys={keys} order={2} renderField={(key) => <SettingField key={key} name={key} value={values[key]} base={base[key]} onChange={putSetting} onSettled={settle} />} />
      {plateOnly > 0 && (
        <Text size="sm" c="dimmed">
          {t('prepare.scope.elsewhere', { count: plateOnly })}
        </Text>
      )}
      {keys.length === 0 && plateOnly === 0 && (
        <Text size="sm" c="dimmed">
          {t('prepare.setting.none')}
        </Text>
      )}
    </Stack>
  )
}
