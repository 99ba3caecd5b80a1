import { Group, Popover, Text, UnstyledButton } from '@mantine/core'
import { useConnection } from '../client/client'
import { useText } from '../i18n/text'
import { useUnsyncedCount } from '../library/sync-status'
import { SyncTrouble, UnsyncedNote } from './sync-trouble'
import styles from './frame.module.css'

/** Whether the studio (machines, durable library) is reachable, and what it means when it isn't. */
export function ConnectionState() {
  const t = useText()
  const state = useConnection((connection) => connection.state)
  const unsynced = useUnsyncedCount()
  const connection = t(`frame.connection.${state}`)
  const label = unsynced > 0 && state !== 'open' ? `${connection} · ${t('frame.connection.waiting', { count: unsynced })}` : connection
  if (state === 'open') {
    return (
      <Group px={6} role="status" title={label}>
        <span className={styles['dot']} data-state={state} aria-hidden />
        <Text span size="xs" c="dimmed" className={styles['name']}>
          {label}
        </Text>
        <SyncTrouble />
      </Group>
    )
  }
  return (
    <Popover width={300} position="bottom-end" withArrow>
      <Popover.Target>
        <UnstyledButton px={6} py={4}>
          <Group gap={7} wrap="nowrap">
            <span className={styles['dot']} data-state={state} aria-hidden />
            <Text size="xs" role="status">
              {label}
            </Text>
          </Group>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{t(state === 'refused' ? 'frame.connection.refused.help' : 'frame.connection.closed.help')}</Text>
        <UnsyncedNote />
      </Popover.Dropdown>
    </Popover>
  )
}
