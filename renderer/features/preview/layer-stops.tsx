import { ActionIcon, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconPalette, IconPlayerPause, IconX } from '@tabler/icons-react'
import type { LayerEvent } from '../../../shared/slicing/assemble/machine-events'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import { withLayerEvent } from '../../workspace/plate-edits'
import type { ReadyPrint } from '../../workspace/ready-print'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { showLayers, usePreview } from './preview-state'

const ICONS = { pause: IconPlayerPause, 'colour-change': IconPalette } as const

function Stop({ event, layer, onRemove }: { readonly event: LayerEvent; readonly layer: number; readonly onRemove: () => void }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const Icon = ICONS[event.kind]
  const name = t('preview.stop.at', { kind: t(`preview.stop.${event.kind}`), layer: layer + 1, height: formatNumber(event.zMm, locale, 2) })
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between" component="li" style={{ listStyle: 'none' }}>
      <Button variant="subtle" size="compact-sm" leftSection={<Icon size={15} aria-hidden />} disabled={layer < 0} onClick={() => showLayers(0, layer)}>
        {name}
      </Button>
      <Tooltip label={t('preview.stop.remove')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('preview.stop.removeOf', { name })} onClick={onRemove}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

/** Pauses and colour changes of the plate, and adding one before the highest layer that is shown. */
export function LayerStops({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const { top } = usePreview()
  const stops = usePlate().layerEvents ?? []
  const edit = useWorkspace((state) => state.edit)
  const { layers } = print.toolpath
  if (print.origin !== 'sliced') return undefined
  const zMm = layers[top]?.zMm ?? 0
  const add = (kind: LayerEvent['kind']) => edit({ key: `preview.edit.${kind}` }, (plate) => withLayerEvent(plate, zMm, kind))
  return (
    <Stack gap={6} component="section" aria-label={t('preview.stops')}>
      <Title order={2} size="h6">
        {t('preview.stops')}
      </Title>
      <Text size="xs" c="dimmed">
        {t(top === 0 ? 'preview.stops.notFirst' : 'preview.stops.help', { layer: top + 1 })}
      </Text>
      <Group gap="xs" grow>
        {(['pause', 'colour-change'] as const).map((kind) => {
          const Icon = ICONS[kind]
          return (
            <Button key={kind} variant="default" size="xs" disabled={top === 0} leftSection={<Icon size={15} aria-hidden />} onClick={() => add(kind)}>
              {t(`preview.stop.${kind}`)}
            </Button>
          )
        })}
      </Group>
      {stops.length > 0 && (
        <Stack gap={2} component="ul" m={0} p={0}>
          {stops.map((event) => (
            <Stop key={event.zMm} event={event} layer={layers.findIndex((layer) => layer.zMm >= event.zMm - 1e-3)} onRemove={() => edit({ key: 'preview.edit.removeStop' }, (plate) => withLayerEvent(plate, event.zMm, undefined))} />
          ))}
        </Stack>
      )}
    </Stack>
  )
}
