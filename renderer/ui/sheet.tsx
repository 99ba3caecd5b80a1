import { Group, Paper, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export interface SheetProps {
  readonly title?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A panel on a page: a heading and what belongs together. */
export function Sheet({ title, actions, children, className }: SheetProps) {
  return (
    <Paper component="section" className={className === undefined ? 'studio-sheet' : `studio-sheet ${className}`} p="md" {...(title === undefined ? {} : { 'aria-label': title })}>
      <Stack gap="sm">
        {(title !== undefined || actions !== undefined) && (
          <Group justify="space-between" gap="xs" mih={30}>
            {title !== undefined && <Title order={2}>{title}</Title>}
            {actions}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  )
}
