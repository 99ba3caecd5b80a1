import { Popover, Text, UnstyledButton } from '@mantine/core'
import { IconCloudExclamation } from '@tabler/icons-react'
import type { SyncState } from '../../shared/library/plan-sync'
import { useUnsyncedCount, useSyncState } from '../library/sync-status'
import { problemText, remedyText } from '../i18n/problem-text'
import { useText } from '../i18n/text'

/** What keeps edits from the studio although it is there, as a problem's code; undefined when nothing does. */
function troubleCode({ failure, missing }: SyncState): string | undefined {
  if (missing.length > 0) return 'sync/blob-missing'
  if (failure === undefined || failure.kind === 'offline' || failure.kind === 'behind') return undefined
  return failure.kind === 'refused' ? failure.code : `sync/${failure.kind}`
}

/** How many edits wait for a studio that is away; nothing when all are there. */
export function UnsyncedNote() {
  const t = useText()
  const count = useUnsyncedCount()
  return count === 0 ? null : (
    <Text size="sm" mt="xs">
      {t('frame.unsynced', { count })}
    </Text>
  )
}

/** A sign beside the connection while the studio refuses edits of this window or lacks a file of theirs. */
export function SyncTrouble() {
  const t = useText()
  const code = useSyncState(troubleCode)
  if (code === undefined) return null
  const problem = { code, message: code }
  return (
    <Popover width={300} position="bottom-end" withArrow>
      <Popover.Target>
        <UnstyledButton px={4} aria-label={t('frame.sync.trouble')}>
          <IconCloudExclamation size={16} color="var(--mantine-color-orange-text)" aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{problemText(t, problem)}</Text>
        <Text size="sm" c="dimmed" mt={4}>
          {remedyText(t, problem)}
        </Text>
        <UnsyncedNote />
      </Popover.Dropdown>
    </Popover>
  )
}
