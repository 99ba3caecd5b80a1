import { Group, Stack, Text, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface EmptyStateProps {
  readonly icon: Icon
  readonly title: string
  readonly help?: string
  readonly children?: ReactNode
}

/** What a screen shows while there is nothing on it: why, and what to do first. */
export function EmptyState({ icon: EmptyIcon, title, help, children }: EmptyStateProps) {
  return (
    <Stack align="center" py={64} gap="sm" ta="center">
      <EmptyIcon size={44} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
      <Title order={2}>{title}</Title>
      {help !== undefined && (
        <Text c="dimmed" maw={460}>
          {help}
        </Text>
      )}
      {children !== undefined && <Group mt="xs">{children}</Group>}
    </Stack>
  )
}
