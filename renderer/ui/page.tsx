import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface PageProps {
  readonly title: string
  /** The list that this page is one of: a way back above the title. */
  readonly back?: { readonly href: string; readonly label: string }
  /** A line under the title. */
  readonly lead?: ReactNode
  /** At the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Widest measure of the content; the whole width when absent. */
  readonly maxWidth?: number
}

/** A screen with a title, its actions, and content that scrolls with the page. */
export function Page({ title, back, lead, actions, children, maxWidth }: PageProps) {
  return (
    <Stack p="lg" gap="md" {...(maxWidth === undefined ? {} : { maw: maxWidth, mx: 'auto' })}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Stack gap={2}>
          {back !== undefined && (
            <Anchor href={back.href} size="sm" w="fit-content">
              <Group gap={4}>
                <IconArrowLeft size={15} aria-hidden />
                {back.label}
              </Group>
            </Anchor>
          )}
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" size="sm">
              {lead}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
