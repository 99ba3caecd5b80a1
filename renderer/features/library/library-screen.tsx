import { Button } from '@mantine/core'
import { IconBooks, IconFileImport, IconTrash } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { type DesignSort, useDesign, useDesigns } from '../../library/designs'
import { useText } from '../../i18n/text'
import { runCommand, useCommands } from '../../ui/commands'
import { EmptyState } from '../../ui/empty-state'
import { navigate, useRoute } from '../../ui/navigate'
import { BinNote } from './bin-note'
import { DesignDetail } from './design-detail'
import { DesignGrid } from './design-grid'
import { type Filter, LibraryToolbar } from './library-toolbar'
import styles from './library.module.css'
import { NOTHING_SELECTED, onlyShown } from './selection'
import { SelectionBar } from './selection-bar'

const NO_DESIGNS: readonly DesignRecord[] = []

function useShown({ search, tag, sort, isBin }: Filter): readonly DesignRecord[] | undefined {
  return useDesigns({
    isBin,
    ...(search.trim() === '' ? {} : { search }),
    ...(tag === undefined ? {} : { tag }),
    ...(sort === undefined ? {} : { sort }),
  })
}

function Nothing({ filter, onClear }: { readonly filter: Filter; readonly onClear: () => void }) {
  const t = useText()
  if (filter.search.trim() !== '' || filter.tag !== undefined) {
    return (
      <EmptyState icon={IconBooks} title={t('library.none.found')} help={t('library.none.found.help')}>
        <Button variant="default" onClick={onClear}>
          {t('library.filter.clear')}
        </Button>
      </EmptyState>
    )
  }
  if (filter.isBin) return <EmptyState icon={IconTrash} title={t('library.bin.empty')} />
  return (
    <EmptyState icon={IconBooks} title={t('library.empty')} help={t('library.empty.help')}>
      <Button leftSection={<IconFileImport size={18} aria-hidden />} onClick={() => runCommand('import.open')}>
        {t('import.open')}
      </Button>
      <Button variant="default" onClick={() => navigate('/start')}>
        {t('library.empty.sample')}
      </Button>
    </EmptyState>
  )
}

/** Everything that was made or brought in: found, looked at, prepared again. */
export function LibraryScreen() {
  const { id } = useRoute()
  const [filter, setFilter] = useState<Filter>({ search: '', tag: undefined, sort: undefined as DesignSort | undefined, isBin: false })
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const shown = useShown(filter)
  const open = useDesign(id)
  const order = useMemo(() => (shown ?? NO_DESIGNS).map((design) => design.id), [shown])
  useEffect(() => setSelection((before) => onlyShown(before, order)), [order])
  const selected = (shown ?? NO_DESIGNS).filter((design) => selection.ids.has(design.id))
  const change = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }))
  useCommands([
    { id: 'library.selectAll', title: 'library.selectAll', shortcut: 'mod+a', enabled: order.length > 0, run: () => setSelection({ ids: new Set(order), anchor: order[0] }) },
    { id: 'library.bin', title: filter.isBin ? 'library.bin.leave' : 'library.bin.show', run: () => change({ isBin: !filter.isBin }) },
  ])
  return (
    <div className={styles['screen']} data-open={open !== undefined}>
      <div className={styles['main']} data-selecting={selection.ids.size > 0}>
        <LibraryToolbar filter={filter} count={shown?.length} onChange={change} />
        {filter.isBin && <BinNote designs={shown ?? NO_DESIGNS} />}
        {selected.length > 0 && <SelectionBar designs={selected} isBin={filter.isBin} onDone={() => setSelection(NOTHING_SELECTED)} />}
        {shown !== undefined && shown.length === 0 && <Nothing filter={filter} onClear={() => change({ search: '', tag: undefined })} />}
        {shown !== undefined && shown.length > 0 && <DesignGrid designs={shown} openId={id} selection={selection} onSelection={setSelection} />}
      </div>
      {open !== undefined && <DesignDetail key={open.id} design={open} onClose={() => navigate('/library')} />}
    </div>
  )
}
