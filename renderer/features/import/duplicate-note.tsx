import { Alert, Text } from '@mantine/core'
import { IconCopyCheck } from '@tabler/icons-react'
import { useText } from '../../i18n/text'
import type { Duplicate } from '../../library/designs'

/** Says that the library has the same bytes already. */
export function DuplicateNote({ duplicate }: { readonly duplicate: Duplicate }) {
  const t = useText()
  return (
    <Alert color="yellow" icon={<IconCopyCheck size={18} aria-hidden />} title={t('import.duplicate')} role="note">
      <Text size="sm">{t(duplicate.isBinned ? 'import.duplicate.binned' : 'import.duplicate.help', { title: duplicate.title })}</Text>
    </Alert>
  )
}
