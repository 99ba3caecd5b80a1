import { RangeSlider, Text } from '@mantine/core'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import type { ReadyPrint } from '../../workspace/ready-print'
import styles from './preview.module.css'
import { showLayers, usePreview } from './preview-state'

/** Which layers are shown, from the bed up. */
export function LayerSlider({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { bottom, top } = usePreview()
  const { layers } = print.toolpath
  const last = Math.max(0, layers.length - 1)
  const height = (layer: number) => `${formatNumber(layers[layer]?.zMm ?? 0, locale, 2)} mm`
  return (
    <div className={styles['layers']} role="group" aria-label={t('preview.layers')}>
      <Text size="xs" className="tabular" ta="center">
        <strong>{top + 1}</strong>
        <br />
        {height(top)}
      </Text>
      <RangeSlider
        orientation="vertical"
        className={styles['layerTrack'] ?? ''}
        size={6}
        min={0}
        max={Math.max(1, last)}
        step={1}
        minRange={0}
        disabled={last === 0}
        value={[bottom, top]}
        onChange={([low, high]) => showLayers(Math.min(low, last), Math.min(high, last))}
        label={null}
        thumbFromLabel={t('preview.layers.lowest')}
        thumbToLabel={t('preview.layers.highest')}
      />
      <Text size="xs" className="tabular" ta="center" c="dimmed">
        {height(bottom)}
        <br />
        {bottom + 1}
      </Text>
    </div>
  )
}
