import { ActionIcon, Badge, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useLocale } from '../../i18n/locale'
import { type TextKey, useText } from '../../i18n/text'
import { type ImportItem, asksForUnit, isSolid } from './import-item'
import { leaveOut, selectItem } from './import-store'
import { sizeText } from './model-facts'
import { ItemPicture } from './item-picture'
import styles from './import.module.css'

const LINE_PX = 60

interface Look {
  readonly key: TextKey
  readonly color: string
}

function lookOf(item: ImportItem): Look {
  const { phase } = item
  switch (phase.kind) {
    case 'waiting':
      return { key: 'import.waiting', color: 'gray' }
    case 'reading':
      return { key: phase.progress?.stage === 'repair' ? 'import.stage.repair' : 'import.stage.read', color: 'celadon' }
    case 'failed':
      return { key: 'import.failed', color: 'red' }
    case 'gcode':
      return { key: 'import.gcode', color: 'gray' }
    case 'saving':
      return { key: 'import.saving', color: 'celadon' }
    case 'saved':
      return { key: 'import.saved', color: 'celadon' }
    case 'ready':
      if (asksForUnit(item)) return { key: 'import.ready.unit', color: 'yellow' }
      if (phase.duplicate !== undefined) return { key: 'import.ready.duplicate', color: 'gray' }
      if (!isSolid(phase.model)) return { key: 'import.ready.open', color: 'yellow' }
      return phase.model.parts.some(({ repairs }) => repairs.length > 0) ? { key: 'import.ready.repaired', color: 'celadon' } : { key: 'import.ready', color: 'celadon' }
  }
}

function ItemLine({ item, isSelected }: { readonly item: ImportItem; readonly isSelected: boolean }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { key, color } = lookOf(item)
  const folder = item.path.slice(0, -item.file.name.length)
  const detail = item.phase.kind === 'ready' ? sizeText(item.phase.model.box, locale) : folder
  return (
    <div className={styles['line']} aria-current={isSelected} role="listitem">
      <UnstyledButton flex={1} miw={0} onClick={() => selectItem(item.id)} display="flex" style={{ alignItems: 'center', gap: 10 }}>
        <ItemPicture item={item} small />
        <Stack gap={1} miw={0} flex={1}>
          <Text size="sm" fw={500} truncate>
            {item.file.name}
          </Text>
          <Text size="xs" c="dimmed" truncate className="tabular">
            {detail}
          </Text>
        </Stack>
        <Badge variant="light" color={color} size="sm" tt="none" fw={500}>
          {t(key)}
        </Badge>
      </UnstyledButton>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('import.leaveOut', { name: item.file.name })} onClick={() => leaveOut(item.id)}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
}

/** One line a file; a long list is drawn where it is looked at. */
export function ImportItems({ items, selectedId }: { readonly items: readonly ImportItem[]; readonly selectedId: string }) {
  const t = useText()
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({ count: items.length, getScrollElement: () => scroll.current, estimateSize: () => LINE_PX, overscan: 6 })
  return (
    <div ref={scroll} className={styles['list']} role="list" aria-label={t('import.files')}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index]
          if (item === undefined) return undefined
          return (
            <div key={item.id} role="presentation" style={{ position: 'absolute', insetInline: 0, top: 0, height: row.size, transform: `translateY(${row.start}px)` }}>
              <ItemLine item={item} isSelected={item.id === selectedId} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
