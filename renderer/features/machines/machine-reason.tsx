import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { problemText, remedyText } from '../../i18n/problem-text'
import { useText } from '../../i18n/text'

/** Why a machine (or a job) is where it is, and what to do. */
export function MachineReason({ reason, color = 'red' }: { readonly reason: MachineStatus['reason']; readonly color?: string }) {
  const t = useText()
  if (reason === undefined) return undefined
  const remedy = remedyText(t, reason)
  return (
    <Alert color={color} icon={<IconAlertTriangle size={18} aria-hidden />} py="xs">
      <Text size="sm">{problemText(t, reason)}</Text>
      {remedy !== undefined && (
        <Text size="sm" c="dimmed">
          {remedy}
        </Text>
      )}
    </Alert>
  )
}
