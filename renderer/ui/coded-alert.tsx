import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type Wordable, problemText, remedyText } from '../i18n/problem-text'
import { useText } from '../i18n/text'

/** Why something is as it is, by its code, and what to do. Nothing when there is no reason. */
export function CodedAlert({ reason, color = 'red' }: { readonly reason: Wordable | undefined; readonly color?: string }) {
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
