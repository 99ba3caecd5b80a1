import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconEye, IconLayoutGrid, IconZoomScan } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type TextValues, type Translate, isTextKey, useText } from '../../i18n/text'
import { shortcutKeys } from '../../ui/shortcuts'
import { VIEW_PRESETS } from '../../viewer/view-presets'
import type { EditLabel } from '../../workspace/history'
import { useWorkspace } from '../../workspace/workspace-store'
import { arrangePlate, fitPlate } from './prepare-commands'
import styles from './prepare.module.css'
import { plateViewer } from './prepare-state'

/** Says what an undo step did: `Move Benchy`. */
function editText(t: Translate, { key, values }: EditLabel): string {
  if (!isTextKey(key)) return ''
  const setting = values?.['setting']
  const settingKey = `setting.${setting ?? ''}`
  const filled: TextValues = setting !== undefined && isTextKey(settingKey) ? { ...values, setting: t(settingKey) } : { ...values }
  return t(key, filled)
}

interface BarButtonProps {
  readonly label: string
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function BarButton({ label, disabled = false, onClick, children }: BarButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function withKeys(label: string, shortcut: string): string {
  return `${label} (${shortcutKeys(shortcut).join(' ')})`
}

/** Undo, arranging and views, above the picture. */
export function ViewBar() {
  const t = useText()
  const last = useWorkspace((state) => state.history.past.at(-1)?.label)
  const next = useWorkspace((state) => state.history.future[0]?.label)
  const count = useWorkspace((state) => state.history.present.objects.length)
  const { undo, redo } = useWorkspace.getState()
  const undoLabel = last === undefined ? t('prepare.undo') : t('prepare.undo.what', { what: editText(t, last) })
  const redoLabel = next === undefined ? t('prepare.redo') : t('prepare.redo.what', { what: editText(t, next) })
  return (
    <div className={styles['views']} role="toolbar" aria-label={t('prepare.viewBar')}>
      <BarButton label={withKeys(undoLabel, 'mod+z')} disabled={last === undefined} onClick={undo}>
        <IconArrowBackUp size={19} stroke={1.6} aria-hidden />
      </BarButton>
      <BarButton label={withKeys(redoLabel, 'mod+shift+z')} disabled={next === undefined} onClick={redo}>
        <IconArrowForwardUp size={19} stroke={1.6} aria-hidden />
      </BarButton>
      <BarButton label={withKeys(t('prepare.arrange'), 'a')} disabled={count === 0} onClick={arrangePlate}>
        <IconLayoutGrid size={19} stroke={1.6} aria-hidden />
      </BarButton>
      <BarButton label={withKeys(t('prepare.fit'), 'f')} onClick={fitPlate}>
        <IconZoomScan size={19} stroke={1.6} aria-hidden />
      </BarButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('prepare.view')} title={t('prepare.view')}>
            <IconEye size={19} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {VIEW_PRESETS.map((preset, index) => (
            <Menu.Item key={preset} rightSection={`${index + 1}`} onClick={() => plateViewer.setView(preset)}>
              {t(`prepare.view.${preset}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
