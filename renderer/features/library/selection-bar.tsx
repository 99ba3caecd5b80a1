import { Button, CloseButton, Popover, Stack, TagsInput, Text } from '@mantine/core'
import { IconCube, IconRestore, IconTag, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { useCommands } from '../../ui/commands'
import { Confirm } from '../../ui/confirm'
import { addTags, binDesigns, deleteDesigns, prepareDesigns, restoreDesigns } from './design-actions'
import styles from './library.module.css'

interface BarProps {
  readonly designs: readonly DesignRecord[]
  readonly onDone: () => void
}

function TagButton({ designs, onDone }: BarProps) {
  const t = useText()
  const [tags, setTags] = useState<string[]>([])
  const [opened, setOpened] = useState(false)
  const add = useAction(async () => {
    await addTags(designs, tags)
    setOpened(false)
    onDone()
  })
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withArrow width={300}>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconTag size={16} aria-hidden />} onClick={() => setOpened(!opened)}>
          {t('library.tags.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TagsInput label={t('library.tags')} description={t('library.tags.help')} splitChars={[',']} value={tags} onChange={setTags} />
          <Button size="xs" disabled={tags.length === 0} loading={add.busy} onClick={() => add.run()}>
            {t('library.tags.add')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function KeptActions({ designs, onDone }: BarProps) {
  const t = useText()
  const prepare = useAction(() => prepareDesigns(designs))
  const bin = useAction(async () => {
    await binDesigns(designs)
    onDone()
  })
  useCommands([{ id: 'library.binSelected', title: 'library.toBin', shortcut: 'delete', run: () => bin.run() }])
  return (
    <>
      <Button size="xs" loading={prepare.busy} leftSection={<IconCube size={16} aria-hidden />} onClick={() => prepare.run()}>
        {t('library.prepare')}
      </Button>
      <TagButton designs={designs} onDone={onDone} />
      <Button size="xs" variant="default" loading={bin.busy} leftSection={<IconTrash size={16} aria-hidden />} onClick={() => bin.run()}>
        {t('library.toBin')}
      </Button>
    </>
  )
}

function BinnedActions({ designs, onDone }: BarProps) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  const restore = useAction(async () => {
    await restoreDesigns(designs)
    onDone()
  })
  const remove = useAction(async () => {
    await deleteDesigns(designs)
    onDone()
  })
  return (
    <>
      <Button size="xs" loading={restore.busy} leftSection={<IconRestore size={16} aria-hidden />} onClick={() => restore.run()}>
        {t('library.restore')}
      </Button>
      <Button size="xs" variant="default" loading={remove.busy} leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('library.delete')}
      </Button>
      <Confirm
        opened={asking}
        title={t('library.delete.title', { count: designs.length, title: designs[0]?.title ?? '' })}
        text={t('library.delete.text')}
        action={t('library.delete')}
        onConfirm={() => remove.run()}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

/** What can be done with the selected designs together. */
export function SelectionBar({ designs, isBin, onDone }: BarProps & { readonly isBin: boolean }) {
  const t = useText()
  useCommands([{ id: 'library.deselect', title: 'library.deselect', shortcut: 'escape', run: onDone }])
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('library.selected', { count: designs.length })}>
      <CloseButton size="sm" aria-label={t('library.deselect')} onClick={onDone} />
      <Text size="sm" fw={600} role="status" mr="auto">
        {t('library.selected', { count: designs.length })}
      </Text>
      {isBin ? <BinnedActions designs={designs} onDone={onDone} /> : <KeptActions designs={designs} onDone={onDone} />}
    </div>
  )
}
