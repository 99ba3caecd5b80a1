import { ActionIcon, Group, Stack, Title } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import styles from './prepare.module.css'
import { takeTool } from './prepare-state'

/** What belongs to the tool in the hand, over the picture. */
export function ToolPanel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useText()
  return (
    <section className={styles['toolPanel']} aria-label={title}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} className={styles['toolTitle']}>
          {title}
        </Title>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('frame.close')} onClick={() => takeTool('select')}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </Group>
      <Stack gap={8}>{children}</Stack>
    </section>
  )
}
