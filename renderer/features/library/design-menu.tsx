import { ActionIcon, Menu } from '@mantine/core'
import { IconCube, IconDots, IconDownload, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { StudioError } from '../../../shared/units/studio-error'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { navigate } from '../../ui/navigate'
import { binDesigns, deleteDesigns, downloadVersion, prepareDesigns, restoreDesigns } from './design-actions'
import styles from './library.module.css'

export interface DesignMenuProps {
  readonly design: DesignRecord
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
  readonly isReachable: boolean
}

function KeptItems({ design }: { readonly design: DesignRecord }) {
  const t = useText()
  const prepare = useAction(() => prepareDesigns([design]))
  const bin = useAction(() => binDesigns([design]))
  const download = useAction(async () => {
    const head = design.heads[0]
    if (head === undefined) throw new StudioError('library/version-not-found', 'The design has no version here yet. Wait until the library is up to date.')
    await downloadVersion(head)
  })
  return (
    <>
      <Menu.Item leftSection={<IconCube size={16} aria-hidden />} onClick={() => prepare.run()}>
        {t('library.prepare')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => navigate(`/library/${encodeURIComponent(design.id)}`)}>
        {t('library.details')}
      </Menu.Item>
      <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => download.run()}>
        {t('library.download')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => bin.run()}>
        {t('library.toBin')}
      </Menu.Item>
    </>
  )
}

/** What can be done with one design, from its card. */
export function DesignMenu({ design, opened, onChange, isReachable }: DesignMenuProps) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  const restore = useAction(() => restoreDesigns([design]))
  const remove = useAction(() => deleteDesigns([design]))
  return (
    <>
      <Menu opened={opened} onChange={onChange} position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon className={styles['menu']} variant="default" size="sm" tabIndex={isReachable ? 0 : -1} aria-label={t('library.more', { title: design.title })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {design.binnedAt === undefined ? (
            <KeptItems design={design} />
          ) : (
            <>
              <Menu.Item leftSection={<IconRestore size={16} aria-hidden />} onClick={() => restore.run()}>
                {t('library.restore')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
                {t('library.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm opened={asking} title={t('library.delete.title', { count: 1, title: design.title })} text={t('library.delete.text')} action={t('library.delete')} onConfirm={() => remove.run()} onClose={() => setAsking(false)} />
    </>
  )
}
