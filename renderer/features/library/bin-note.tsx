import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { deleteDesigns } from './design-actions'

/** What the bin is, and emptying it. */
export function BinNote({ designs }: { readonly designs: readonly DesignRecord[] }) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  const empty = useAction(() => deleteDesigns(designs))
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed">
        {t('library.bin.help')}
      </Text>
      <Button variant="default" size="xs" disabled={designs.length === 0} loading={empty.busy} onClick={() => setAsking(true)}>
        {t('library.bin.emptyIt')}
      </Button>
      <Confirm
        opened={asking}
        title={t('library.delete.title', { count: designs.length, title: designs[0]?.title ?? '' })}
        text={t('library.delete.text')}
        action={t('library.delete')}
        onConfirm={() => empty.run()}
        onClose={() => setAsking(false)}
      />
    </Group>
  )
}
