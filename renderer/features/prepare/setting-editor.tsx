import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { SETTINGS, type SettingGroup, type SettingKey, type SettingLevel } from '../../../shared/slicing/settings'
import { type Translate, useText } from '../../i18n/text'
import { SETTING_KEYS, plateSettings } from '../../workspace/plate-settings'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import styles from './prepare.module.css'
import { usePrepare } from './prepare-state'
import { SettingField } from './setting-field'
import { useChosenProfiles } from './use-plate-scene'

const LEVELS: readonly SettingLevel[] = ['basic', 'advanced', 'expert']

/** Whether every word typed is in a setting's name, explanation or key. */
function isFound(t: Translate, key: SettingKey, search: string): boolean {
  const text = `${t(`setting.${key}`)} ${t(`setting.${key}.help`)} ${t(`setting.group.${SETTINGS[key].group}`)} ${key}`.toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

/** Settings to show, by group in the order of the table. What was changed by hand is always shown; a search looks at every level. */
function visibleGroups(isShown: (key: SettingKey) => boolean): readonly { readonly group: SettingGroup; readonly keys: readonly SettingKey[] }[] {
  const groups = new Map<SettingGroup, SettingKey[]>()
  for (const key of SETTING_KEYS) {
    const { group } = SETTINGS[key]
    if (isShown(key)) groups.set(group, [...(groups.get(group) ?? []), key])
  }
  return [...groups].map(([group, keys]) => ({ group, keys }))
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
  const groups = visibleGroups((key) => (wanted === '' ? LEVELS.indexOf(SETTINGS[key].level) <= LEVELS.indexOf(level) || key in overrides : isFound(t, key, wanted)))
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
      {groups.map(({ group, keys }) => (
        <section key={group} aria-label={t(`setting.group.${group}`)}>
          <Title order={2} className={styles['group']}>
            {t(`setting.group.${group}`)}
          </Title>
          {keys.map((key) => (
            <SettingField key={key} name={key} value={values[key]} base={base[key]} />
          ))}
        </section>
      ))}
      {groups.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('prepare.setting.none')}
        </Text>
      )}
    </Stack>
  )
}
