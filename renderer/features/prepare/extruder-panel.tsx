import { Collapse, NumberInput, Table, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { extruderCount } from '../../../shared/machine/print-tools'
import { useText } from '../../i18n/text'
import { ToolSwatch } from '../../viewer/tool-swatch'
import { purgeMatrix, withPurge } from '../../workspace/extruder-edits'
import { plateSettings } from '../../workspace/plate-settings'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import styles from './prepare.module.css'
import { useChosenProfiles } from './use-plate-scene'

const MOST_MM3 = 2000

function PurgeTable({ matrix }: { readonly matrix: readonly (readonly number[])[] }) {
  const t = useText()
  const { edit, settle } = useWorkspace.getState()
  const set = (from: number, to: number, mm3: number) => edit({ key: 'prepare.edit.purge' }, (plate) => withPurge(plate, { from, to, mm3 }, matrix), { merge: `purge ${from} ${to}` })
  return (
    <Table horizontalSpacing={2} verticalSpacing={2} withRowBorders={false} fz="xs" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={44}>
            <VisuallyHidden>{t('prepare.purge.from')}</VisuallyHidden>
          </Table.Th>
          {matrix.map((_, to) => (
            <Table.Th key={to} ta="center">
              <ToolSwatch tool={to} label={t('prepare.purge.to', { number: to + 1 })} />
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {matrix.map((row, from) => (
          <Table.Tr key={from}>
            <Table.Th>
              <ToolSwatch tool={from} label={t('prepare.purge.fromOne', { number: from + 1 })} />
            </Table.Th>
            {row.map((mm3, to) => (
              <Table.Td key={to}>
                {from !== to && (
                  <NumberInput
                    size="xs"
                    hideControls
                    min={0}
                    max={MOST_MM3}
                    clampBehavior="blur"
                    value={mm3}
                    aria-label={t('prepare.purge.cell', { from: from + 1, to: to + 1 })}
                    onChange={(next) => typeof next === 'number' && next >= 0 && next <= MOST_MM3 && set(from, to, next)}
                    onBlur={settle}
                  />
                )}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** How much each change of extruder purges; only where there is a tower for it. */
export function PurgePanel() {
  const t = useText()
  const profiles = useChosenProfiles()
  const { purgeMm3: own, overrides } = usePlate()
  const [isOpen, setOpen] = useState(false)
  const { primeTower, purgeMm3: setting } = useMemo(() => plateSettings(profiles, overrides).values, [profiles, overrides])
  const count = extruderCount(profiles.machine)
  if (count === 1 || !primeTower) return undefined
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section aria-label={t('prepare.purge')}>
      <UnstyledButton className={styles['fold']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Chevron size={14} aria-hidden />
        {t('prepare.purge')}
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <PurgeTable matrix={purgeMatrix(count, { plate: own, machine: profiles.machine.purgeMm3, setting })} />
      </Collapse>
    </section>
  )
}
