import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { SETTINGS, type SettingGroup, type SettingKey } from '../../shared/slicing/settings'
import { useText } from '../i18n/text'
import styles from './setting-field.module.css'

/** Settings by group, both in the order in which they come. */
function settingsByGroup(keys: readonly SettingKey[]): ReadonlyMap<SettingGroup, readonly SettingKey[]> {
  const groups = new Map<SettingGroup, SettingKey[]>()
  for (const key of keys) {
    const { group } = SETTINGS[key]
    groups.set(group, [...(groups.get(group) ?? []), key])
  }
  return groups
}

export interface SettingGroupsProps {
  readonly keys: readonly SettingKey[]
  /** Of the group's heading. */
  readonly order: 2 | 3
  readonly renderField: (key: SettingKey) => ReactNode
}

/** Fields of settings under the headings of their groups. */
export function SettingGroups({ keys, order, renderField }: SettingGroupsProps) {
  const t = useText()
  return [...settingsByGroup(keys)].map(([group, members]) => (
    <section key={group} aria-label={t(`setting.group.${group}`)}>
      <Title order={order} className={styles['group']}>
        {t(`setting.group.${group}`)}
      </Title>
      {members.map(renderField)}
    </section>
  ))
}
