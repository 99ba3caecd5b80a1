import { Text } from '@mantine/core'
import { useText } from '../../i18n/text'
import { useWorkspace } from '../../workspace/workspace-store'
import styles from './prepare.module.css'
import { usePrepare } from './prepare-state'

/** What the tool in the hand waits for. */
export function ToolReadout() {
  const t = useText()
  const tool = usePrepare((state) => state.tool)
  const isChosen = useWorkspace((state) => state.selection.length === 1)
  if (tool === 'flat') return <Readout>{t('prepare.flat.pick')}</Readout>
  if (tool === 'cut' && !isChosen) return <Readout>{t('prepare.cut.pick')}</Readout>
  if (tool === 'paint' && !isChosen) return <Readout>{t('prepare.paint.pick')}</Readout>
  return undefined
}

function Readout({ children }: { readonly children: string }) {
  return (
    <div className={styles['readout']} role="status">
      <Text size="sm" className="tabular">
        {children}
      </Text>
    </div>
  )
}
