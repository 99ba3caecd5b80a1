import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconWaveSine } from '@tabler/icons-react'
import { useMemo } from 'react'
import { curveLimits, evenCurve, type LayerCurve, smoothCurve } from '../../../shared/slicing/layer-curve'
import { useText } from '../../i18n/text'
import { loadedMesh, usePartMeshes } from '../../workspace/part-meshes'
import { placedBox } from '../../workspace/part-shape'
import { plateSettings } from '../../workspace/plate-settings'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { LayerCurveChart } from './layer-curve-chart'
import { useChosenProfiles } from './use-plate-scene'

const POINTS = 11

/** Height of what stands on the plate, mm; 0 for nothing. */
function useTopMm(): number {
  const { objects } = usePlate()
  const versions = usePartMeshes((state) => state.versions)
  return useMemo(() => {
    const tops = objects.flatMap((object) => {
      const mesh = versions.size === 0 ? undefined : loadedMesh(object)
      return mesh === undefined ? [] : [placedBox(object, mesh).max[2]]
    })
    return Math.max(0, ...tops)
  }, [objects, versions])
}

/** Layer heights by hand: a curve over the height of the plate, drawn in place of even or adaptive layers. */
export function LayerCurvePanel() {
  const t = useText()
  const { layerCurve: curve = [], overrides } = usePlate()
  const profiles = useChosenProfiles()
  const topMm = useTopMm()
  const { edit, settle } = useWorkspace.getState()
  const { values } = useMemo(() => plateSettings(profiles, overrides), [profiles, overrides])
  const put = (layerCurve: LayerCurve, merge?: string) => edit({ key: 'prepare.curve.edit' }, (plate) => ({ ...plate, layerCurve }), merge === undefined ? undefined : { merge })
  const even = () => put(evenCurve(topMm, values.layerHeightMm, POINTS))
  if (topMm <= values.firstLayerHeightMm && curve.length === 0) return undefined
  return (
    <Stack gap={6} component="section" aria-label={t('prepare.curve')}>
      <Group justify="space-between">
        <Title order={2} fz="sm">
          {t('prepare.curve')}
        </Title>
        {curve.length === 0 && (
          <Button size="compact-xs" variant="default" leftSection={<IconWaveSine size={14} aria-hidden />} onClick={even}>
            {t('prepare.curve.draw')}
          </Button>
        )}
      </Group>
      {curve.length > 0 && (
        <>
          <Text size="xs" c="dimmed">
            {t('prepare.curve.help')}
          </Text>
          <LayerCurveChart curve={curve} topMm={topMm} limits={curveLimits(values)} onChange={(next) => put(next, 'layer curve')} onSettled={settle} />
          <Group gap="xs">
            <Button size="compact-xs" variant="default" onClick={() => put(smoothCurve(curve))}>
              {t('prepare.curve.smooth')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={even}>
              {t('prepare.curve.reset')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => edit({ key: 'prepare.curve.edit' }, ({ layerCurve: _curve, ...plate }) => plate)}>
              {t('prepare.curve.remove')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}
