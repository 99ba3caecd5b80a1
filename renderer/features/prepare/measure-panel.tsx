import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { type Feature, edgeLength, measureFeatures } from '../../../shared/geometry/measure-features'
import { useLocale } from '../../i18n/locale'
import { type Translate, useText } from '../../i18n/text'
import { Facts } from '../../ui/facts'
import { formatNumber } from '../../ui/format'
import { FeatureView, MeasuredWay } from '../../viewer/feature-view'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { usePlate } from '../../workspace/workspace-store'
import { FEATURE_FILTERS, clearMeasure, useMeasure } from './measure-state'
import { ToolPanel } from './tool-panel'

type Fact = readonly [name: string, value: string]
interface Words {
  readonly t: Translate
  readonly mm: (value: number) => string
}

function useWords(): Words {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  return useMemo(() => ({ t, mm: (value: number) => `${formatNumber(Math.abs(value) < 0.005 ? 0 : value, locale, 2)} mm` }), [t, locale])
}

function useMeasured() {
  const picked = useMeasure((state) => state.picked)
  return useMemo(() => (picked[0] === undefined || picked[1] === undefined ? undefined : measureFeatures(picked[0], picked[1])), [picked])
}

/** What a feature says of itself. */
function featureFacts(feature: Feature, { t, mm }: Words): readonly Fact[] {
  switch (feature.kind) {
    case 'point':
      return feature.atMm.map((value, axis): Fact => ['XYZ'.charAt(axis), mm(value)])
    case 'edge':
      return [[t('prepare.measure.length'), mm(edgeLength(feature))]]
    case 'circle':
      return [[t('prepare.measure.radius'), mm(feature.radiusMm)], [t('prepare.measure.diameter'), mm(2 * feature.radiusMm)]]
    case 'face':
      return [[t('prepare.measure.area'), mm(feature.areaMm2).replace('mm', 'mm²')]]
    default:
      return feature satisfies never
  }
}

function Picked({ feature, number, words }: { readonly feature: Feature; readonly number: number; readonly words: Words }) {
  return (
    <div>
      <Text size="sm" fw={600}>{`${number}. ${words.t(`prepare.measure.kind.${feature.kind}`)}`}</Text>
      <Facts facts={featureFacts(feature, words)} />
    </div>
  )
}

function Outcome({ words }: { readonly words: Words }) {
  const { t, mm } = words
  const locale = useLocale((state) => state.locale)
  const measured = useMeasured()
  if (measured === undefined) return undefined
  const { distanceMm, fromMm, toMm, squareMm, angleDeg } = measured
  const facts: Fact[] = [
    [t('prepare.measure.distance'), mm(distanceMm)],
    ...(squareMm === undefined ? [] : [[t('prepare.measure.square'), mm(squareMm)] as const]),
    ...(angleDeg === undefined ? [] : [[t('prepare.measure.angle'), `${formatNumber(angleDeg, locale, 2)}°`] as const]),
    ...(distanceMm === 0 ? [] : ([0, 1, 2] as const).map((axis): Fact => [t('prepare.measure.along', { axis: 'XYZ'.charAt(axis) }), mm(Math.abs(toMm[axis] - fromMm[axis]))])),
  ]
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('prepare.measure.between')}
      </Text>
      <Facts facts={facts} />
    </div>
  )
}

/** What is measured, to read. */
export function MeasurePanel() {
  const words = useWords()
  const { t } = words
  const { picked, filter } = useMeasure()
  const { objects } = usePlate()
  // What was measured isn't there any more when something has moved, nor when the tool is put away.
  useEffect(() => clearMeasure, [objects])
  return (
    <ToolPanel title={t('prepare.tool.measure')}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('prepare.measure.filter')}
        value={filter}
        onChange={(next) => useMeasure.setState({ filter: next as typeof filter, hovered: undefined })}
        data={FEATURE_FILTERS.map((value) => ({ value, label: t(`prepare.measure.filter.${value}`) }))}
      />
      <Stack gap={8} role="status">
        {picked.length < 2 && (
          <Text size="sm" c="dimmed">
            {t(picked.length === 0 ? 'prepare.measure.first' : 'prepare.measure.second')}
          </Text>
        )}
        {picked.map((feature, index) => (
          <Picked key={index} feature={feature} number={index + 1} words={words} />
        ))}
        <Outcome words={words} />
      </Stack>
      <Button size="xs" variant="default" disabled={picked.length === 0} onClick={clearMeasure}>
        {t('prepare.measure.clear')}
      </Button>
    </ToolPanel>
  )
}

/** What is measured, in the picture. */
export function MeasureScene({ theme }: { readonly theme: ViewerTheme }) {
  const { picked, hovered } = useMeasure()
  const measured = useMeasured()
  return (
    <>
      {picked.map((feature, index) => (
        <FeatureView key={index} feature={feature} colour={theme.measure} />
      ))}
      {hovered !== undefined && <FeatureView feature={hovered} colour={theme.measure} isFaint />}
      {measured !== undefined && measured.distanceMm > 0 && <MeasuredWay fromMm={measured.fromMm} toMm={measured.toMm} colour={theme.axisX} />}
    </>
  )
}
