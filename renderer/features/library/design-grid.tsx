import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { useText } from '../../i18n/text'
import { navigate } from '../../ui/navigate'
import { DesignCard } from './design-card'
import styles from './library.module.css'
import { type SelectHow, type Selection, gridStep, select } from './selection'

const NARROWEST_CARD_PX = 190
const GAP_PX = 14
/** Title and line below the picture. */
const CAPTION_PX = 62
const PICTURE_RATIO = 0.82

interface GridProps {
  readonly designs: readonly DesignRecord[]
  readonly openId: string | undefined
  readonly selection: Selection
  readonly onSelection: (selection: Selection) => void
}

/** How many cards stand side by side, and how high a row is. */
function measure(widthPx: number): { readonly columns: number; readonly rowPx: number } {
  const columns = Math.max(1, Math.floor((widthPx + GAP_PX) / (NARROWEST_CARD_PX + GAP_PX)))
  const cardPx = (widthPx - GAP_PX * (columns - 1)) / columns
  return { columns, rowPx: Math.round(cardPx * PICTURE_RATIO) + CAPTION_PX }
}

/** Cards of designs; of ten thousand only those in sight exist. Arrows move, space selects, enter opens. */
export function DesignGrid({ designs, openId, selection, onSelection }: GridProps) {
  const t = useText()
  const scroll = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(scroll, measured)
  const [current, setCurrent] = useState(0)
  const focusWanted = useRef(false)
  const { columns, rowPx } = measure(Math.max(0, width))
  const rows = useVirtualizer({ count: width === 0 ? 0 : Math.ceil(designs.length / columns), getScrollElement: () => scroll.current, estimateSize: () => rowPx + GAP_PX, overscan: 2 })
  useEffect(() => rows.measure(), [rows, rowPx])
  const reachable = Math.min(current, designs.length - 1)
  useEffect(() => {
    if (!focusWanted.current) return
    focusWanted.current = false
    rows.scrollToIndex(Math.floor(reachable / columns))
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-index="${reachable}"]`)?.focus())
  }, [reachable, columns, rows])
  const choose = (id: string, how: SelectHow) => onSelection(select(selection, id, how, designs.map((design) => design.id)))
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const design = designs[at]
    if (design === undefined) return
    if (event.key === ' ') {
      event.preventDefault()
      choose(design.id, event.shiftKey ? 'range' : 'toggle')
      return
    }
    const next = gridStep(event.key, at, { count: designs.length, columns })
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    focusWanted.current = true
    setCurrent(next)
  }
  return (
    <div ref={ref} className={styles['scroll']} role="list" aria-label={t('library.designs')}>
      <div role="presentation" style={{ position: 'relative', height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div key={row.index} role="presentation" className={styles['row']} style={{ height: rowPx, transform: `translateY(${row.start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {designs.slice(row.index * columns, (row.index + 1) * columns).map((design, column) => {
              const index = row.index * columns + column
              return (
                <DesignCard
                  key={design.id}
                  design={design}
                  index={index}
                  isReachable={index === reachable}
                  isOpen={design.id === openId}
                  isSelected={selection.ids.has(design.id)}
                  onReach={setCurrent}
                  onKey={onKeyDown}
                  onOpen={(id) => navigate(`/library/${encodeURIComponent(id)}`)}
                  onSelect={choose}
                />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
