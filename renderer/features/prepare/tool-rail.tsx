import { ActionIcon, Tooltip } from '@mantine/core'
import { type Icon, IconArrowsMove, IconBrush, IconPointer, IconResize, IconRotate, IconRuler2, IconSlice, IconStackPop, IconTextResize } from '@tabler/icons-react'
import { useText } from '../../i18n/text'
import { shortcutKeys } from '../../ui/shortcuts'
import styles from './prepare.module.css'
import { TOOL_KEYS } from './prepare-commands'
import { TOOLS, type Tool, takeTool, usePrepare } from './prepare-state'

const ICONS: Readonly<Record<Tool, Icon>> = { select: IconPointer, move: IconArrowsMove, rotate: IconRotate, scale: IconResize, flat: IconStackPop, cut: IconSlice, emboss: IconTextResize, paint: IconBrush, measure: IconRuler2 }

/** The tools, beside the picture. */
export function ToolRail() {
  const t = useText()
  const tool = usePrepare((state) => state.tool)
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('prepare.tools')} aria-orientation="vertical">
      {TOOLS.map((name) => {
        const ToolIcon = ICONS[name]
        const label = `${t(`prepare.tool.${name}`)} (${shortcutKeys(TOOL_KEYS[name]).join(' ')})`
        return (
          <Tooltip key={name} label={label} position="right">
            <ActionIcon variant={tool === name ? 'filled' : 'subtle'} color={tool === name ? 'celadon' : 'gray'} size={38} aria-label={label} aria-pressed={tool === name} onClick={() => takeTool(name)}>
              <ToolIcon size={20} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )
      })}
    </div>
  )
}
