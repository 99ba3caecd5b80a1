import { ActionIcon, Alert, Button, CloseButton, Group, Menu, Stack, TagsInput, Text, TextInput, Textarea } from '@mantine/core'
import { IconCube, IconDots, IconDownload, IconRestore, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import type { VersionRecord } from '../../../shared/library/version'
import { noteDesign, renameDesign } from '../../library/designs'
import { useVersions } from '../../library/versions'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { notifyError } from '../../ui/notify'
import { binDesigns, downloadVersion, prepareDesigns, restoreDesigns, setTags } from './design-actions'
import { DesignFacts } from './design-facts'
import styles from './library.module.css'
import { MadeHistory } from './made-history'
import { Picture } from './picture'
import { useMissingPicture } from './missing-picture'
import { VersionList } from './version-list'

const LONGEST_TITLE = 200
const LONGEST_NOTES = 10_000

/** A text that is kept when the field is left; what comes from elsewhere meanwhile is shown while nobody types. */
function useDraft(kept: string, save: (text: string) => Promise<void>) {
  const [draft, setDraft] = useState(kept)
  const [isTyping, setTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) setDraft(kept)
  }, [kept, isTyping])
  return {
    value: draft,
    onChange: (text: string) => (setTyping(true), setDraft(text)),
    onBlur: () => {
      setTyping(false)
      if (draft !== kept) save(draft).catch(notifyError)
    },
    reset: () => (setTyping(false), setDraft(kept)),
  }
}

function TitleField({ design }: { readonly design: DesignRecord }) {
  const t = useText()
  const title = useDraft(design.title, async (text) => {
    if (text.trim() !== '') await renameDesign(design.id, text.trim())
  })
  return (
    <TextInput
      flex={1}
      aria-label={t('library.title')}
      maxLength={LONGEST_TITLE}
      value={title.value}
      onChange={(event) => title.onChange(event.currentTarget.value)}
      onBlur={() => (title.value.trim() === '' ? title.reset() : title.onBlur())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') title.reset()
      }}
      styles={{ input: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } }}
    />
  )
}

function Notes({ design }: { readonly design: DesignRecord }) {
  const t = useText()
  const notes = useDraft(design.notes, (text) => noteDesign(design.id, text))
  return (
    <Textarea
      label={t('library.notes')}
      placeholder={t('library.notes.placeholder')}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={LONGEST_NOTES}
      value={notes.value}
      onChange={(event) => notes.onChange(event.currentTarget.value)}
      onBlur={notes.onBlur}
    />
  )
}

function Actions({ design, head }: { readonly design: DesignRecord; readonly head: VersionRecord | undefined }) {
  const t = useText()
  const prepare = useAction(() => prepareDesigns([design]))
  const bin = useAction(() => binDesigns([design]))
  const restore = useAction(() => restoreDesigns([design]))
  const download = useAction(async () => head !== undefined && (await downloadVersion(head)))
  if (design.binnedAt !== undefined) {
    return (
      <Button fullWidth loading={restore.busy} leftSection={<IconRestore size={17} aria-hidden />} onClick={() => restore.run()}>
        {t('library.restore')}
      </Button>
    )
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <Button flex={1} disabled={head === undefined} loading={prepare.busy} leftSection={<IconCube size={17} aria-hidden />} onClick={() => prepare.run()}>
        {t('library.prepare')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('library.more', { title: design.title })}>
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => download.run()}>
            {t('library.download')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => bin.run()}>
            {t('library.toBin')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

/** Everything about one design. A file dropped here becomes its next version. */
export function DesignDetail({ design, onClose }: { readonly design: DesignRecord; readonly onClose: () => void }) {
  const t = useText()
  const versions = useVersions(design.id)
  const head = versions?.find(({ id }) => id === design.heads[0])
  useMissingPicture(design)
  return (
    <aside className={styles['panel']} aria-label={t('library.detail', { title: design.title })} data-drop-design={design.id} data-drop-title={design.title}>
      <Group wrap="nowrap" gap="xs">
        <TitleField design={design} />
        <CloseButton aria-label={t('library.detail.close')} onClick={onClose} />
      </Group>
      <div className={styles['panelPicture']}>
        <Picture sha256={design.thumbnailSha256} alt={t('library.picture', { title: design.title })} />
      </div>
      <Actions design={design} head={head} />
      {design.heads.length > 1 && (
        <Alert color="yellow" title={t('library.heads', { count: design.heads.length })} role="note">
          <Text size="sm">{t('library.heads.help')}</Text>
        </Alert>
      )}
      {head !== undefined && <DesignFacts version={head} />}
      <TagsInput label={t('library.tags')} splitChars={[',']} placeholder={design.tags.length === 0 ? t('library.tags.placeholder') : ''} value={[...design.tags]} onChange={(tags) => void setTags(design, tags).catch(notifyError)} />
      <Notes design={design} />
      <Stack gap="lg">
        <VersionList design={design} versions={versions} />
        <MadeHistory designId={design.id} />
      </Stack>
    </aside>
  )
}
