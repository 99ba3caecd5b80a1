import { Button, Group, Text } from '@mantine/core'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { navigate } from '../../ui/navigate'
import { notifySuccess } from '../../ui/notify'
import { type ImportItem, tallyItems } from './import-item'
import { closeImports, importAll } from './import-store'

const PARTS = ['pending', 'importable', 'asking', 'duplicates', 'saved', 'failed'] as const

/** What the whole list waits for, and importing all of it. */
export function ImportFooter({ items }: { readonly items: readonly ImportItem[] }) {
  const t = useText()
  const tally = tallyItems(items)
  const all = useAction(async () => {
    const arrived = await importAll()
    if (arrived > 0) notifySuccess('import.saved.many', { count: arrived })
  })
  const isDone = tally.saved > 0 && tally.importable === 0 && tally.pending === 0
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status" className="tabular">
        {PARTS.filter((part) => tally[part] > 0)
          .map((part) => t(`import.tally.${part}`, { count: tally[part] }))
          .join(' · ')}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={closeImports}>
          {t(isDone ? 'import.done' : 'frame.cancel')}
        </Button>
        {isDone ? (
          <Button onClick={() => (closeImports(), navigate('/library'))}>{t('import.toLibrary')}</Button>
        ) : (
          <Button loading={all.busy} disabled={tally.importable === 0} onClick={() => all.run()}>
            {t('import.all', { count: tally.importable })}
          </Button>
        )}
      </Group>
    </Group>
  )
}
