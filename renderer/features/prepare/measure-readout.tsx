import { Text } from '@mantine/core'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import { measure } from '../../viewer/measure-line'
import { useWorkspace } from '../../workspace/workspace-store'
import styles from './prepare.module.css'
import { usePrepare } from './prepare-state'

/** What the tool in the hand waits for, or what was measured. */
export function MeasureReadout() {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const tool = usePrepare((state) => state.tool)
  const [from, to] = usePrepare((state) => state.measured)
  const isChosen = useWorkspace((state) => state.selection.length === 1)
  if (tool === 'cut' && !isChosen) return <Readout>{t('prepare.cut.pick')}</Readout>
  if (tool !== 'measure' && tool !== 'flat') return undefined
  if (tool === 'flat') return <Readout>{t('prepare.flat.pick')}</Readout>
  if (from === undefined) return <Readout>{t('prepare.measure.first')}</Readout>
  if (to === undefined) return <Readout>{t('prepare.measure.second')}</Readout>
  const { distanceMm, byAxisMm } = measure(from, to)
  const mm = (value: number) => formatNumber(value, locale, 2)
  return <Readout>{t('prepare.measure.result', { distance: mm(distanceMm), x: mm(byAxisMm[0]), y: mm(byAxisMm[1]), z: mm(byAxisMm[2]) })}</Readout>
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
