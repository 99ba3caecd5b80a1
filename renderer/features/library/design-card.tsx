import { Badge, Checkbox, Text, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, memo, useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatBytes } from '../../ui/format'
import { DesignMenu } from './design-menu'
import styles from './library.module.css'
import { Picture } from './picture'
import type { SelectHow } from './selection'

export interface DesignCardProps {
  readonly design: DesignRecord
  readonly index: number
  /** The one card that the tab key leads to; arrows go on from there. */
  readonly isReachable: boolean
  readonly isOpen: boolean
  readonly isSelected: boolean
  readonly onReach: (index: number) => void
  readonly onKey: (event: KeyboardEvent, index: number) => void
  readonly onOpen: (id: string) => void
  readonly onSelect: (id: string, how: SelectHow) => void
}

/** A design in the grid. */
export const DesignCard = memo(function DesignCard({ design, index, isReachable, isOpen, isSelected, onReach, onKey, onOpen, onSelect }: DesignCardProps) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const [menu, setMenu] = useState(false)
  const onClick = (event: MouseEvent) => {
    if (event.shiftKey) onSelect(design.id, 'range')
    else if (event.ctrlKey || event.metaKey) onSelect(design.id, 'toggle')
    else onOpen(design.id)
  }
  return (
    <div className={styles['card']} role="listitem" data-open={isOpen} data-selected={isSelected}>
      <UnstyledButton
        className={styles['open']}
        data-index={index}
        tabIndex={isReachable ? 0 : -1}
        aria-current={isOpen ? 'true' : undefined}
        onFocus={() => onReach(index)}
        onKeyDown={(event) => onKey(event, index)}
        onClick={onClick}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenu(true)
        }}
      >
        <Picture sha256={design.thumbnailSha256} alt="" />
        <div className={styles['caption']}>
          <Text size="sm" fw={600} truncate>
            {design.title}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {[formatBytes(design.bytes, locale), ...design.tags.map((tag) => `#${tag}`)].join(' · ')}
          </Text>
        </div>
      </UnstyledButton>
      {design.heads.length > 1 && (
        <Badge className={styles['heads']} color="yellow" variant="filled" size="sm" tt="none">
          {t('library.heads', { count: design.heads.length })}
        </Badge>
      )}
      <Checkbox className={styles['check']} size="sm" tabIndex={isReachable ? 0 : -1} aria-label={t('library.select', { title: design.title })} checked={isSelected} onChange={() => onSelect(design.id, 'toggle')} />
      <DesignMenu design={design} opened={menu} onChange={setMenu} isReachable={isReachable} />
    </div>
  )
})
