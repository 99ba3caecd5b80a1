import { Button, SegmentedControl, Slider, Text } from '@mantine/core'
import type { ObjectPaint, PaintState } from '../../../shared/mesh/paint/paint-tree'
import { useText } from '../../i18n/text'
import { useCommands } from '../../ui/commands'
import type { PlateObject } from '../../workspace/plate'
import { BRUSH_MM, resizeBrush, usePaint, wipePaint } from './paint-state'
import { ToolPanel } from './tool-panel'

const STATES = [
  { state: 1, key: 'prepare.paint.enforce', shortcut: 'q' },
  { state: 2, key: 'prepare.paint.block', shortcut: 'w' },
  { state: 0, key: 'prepare.paint.erase', shortcut: 'x' },
] as const

function usePaintCommands(): void {
  useCommands([
    ...STATES.map(({ state, key, shortcut }) => ({ id: `paint.state${state}`, title: key, shortcut, run: () => usePaint.setState({ state }) })),
    { id: 'paint.smaller', title: 'prepare.paint.smaller', shortcut: ',', run: () => resizeBrush(-1) },
    { id: 'paint.larger', title: 'prepare.paint.larger', shortcut: '.', run: () => resizeBrush(1) },
    { id: 'paint.what', title: 'prepare.paint.switch', shortcut: 't', run: () => usePaint.setState(({ what }) => ({ what: what === 'support' ? 'seam' : 'support' })) },
  ])
}

/** What is painted, and with what brush. */
export function PaintPanel({ object }: { readonly object: PlateObject }) {
  const t = useText()
  const { what, state, form, radiusMm, angleDeg } = usePaint()
  usePaintCommands()
  const isBrush = form === 'brush'
  return (
    <ToolPanel title={t('prepare.paint.panel')}>
      <SegmentedControl size="xs" fullWidth aria-label={t('prepare.paint.what')} value={what} onChange={(next) => usePaint.setState({ what: next as keyof ObjectPaint })} data={(['support', 'seam'] as const).map((value) => ({ value, label: t(`prepare.paint.what.${value}`) }))} />
      <SegmentedControl size="xs" fullWidth aria-label={t('prepare.paint.state')} value={String(state)} onChange={(next) => usePaint.setState({ state: Number(next) as PaintState })} data={STATES.map((one) => ({ value: String(one.state), label: t(one.key) }))} />
      <SegmentedControl size="xs" fullWidth aria-label={t('prepare.paint.form')} value={form} onChange={(next) => usePaint.setState({ form: next as typeof form })} data={(['brush', 'fill'] as const).map((value) => ({ value, label: t(`prepare.paint.form.${value}`) }))} />
      <div>
        <Text size="xs" mb={2}>
          {isBrush ? t('prepare.paint.radius', { mm: radiusMm.toFixed(1) }) : t('prepare.paint.angle', { deg: angleDeg })}
        </Text>
        {isBrush ? (
          <Slider size="sm" thumbLabel={t('prepare.paint.radius.label')} label={null} min={BRUSH_MM.min} max={BRUSH_MM.max} step={BRUSH_MM.step} value={radiusMm} onChange={(next) => usePaint.setState({ radiusMm: Math.round(10 * next) / 10 })} />
        ) : (
          <Slider size="sm" thumbLabel={t('prepare.paint.angle.label')} label={null} min={0} max={90} step={1} value={angleDeg} onChange={(next) => usePaint.setState({ angleDeg: next })} />
        )}
      </div>
      <Text size="xs" c="dimmed">
        {t(`prepare.paint.help.${what}`)} {t('prepare.paint.help.keys')}
      </Text>
      <Button size="xs" variant="default" disabled={object.paint?.[what] === undefined} onClick={() => wipePaint(object, what)}>
        {t('prepare.paint.wipe')}
      </Button>
    </ToolPanel>
  )
}
