import { Button, Checkbox, Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { CONNECTOR_SHAPES, type ConnectorShape } from '../../../shared/cad/connector'
import type { Mesh } from '../../../shared/mesh/mesh'
import { useText } from '../../i18n/text'
import { ProgressLine } from '../../ui/progress-line'
import { IDENTITY_ROTATION, type PlateObject } from '../../workspace/plate'
import { rotationAnglesDeg, rotationOfAngles } from '../../workspace/rotation'
import { useCutSection } from './cut-scene'
import { cutNow, spreadConnectors, stopCut, useCut } from './cut-state'
import { ToolPanel } from './tool-panel'
import { TripleFields, withAxis } from './triple-fields'

interface CutPanelProps {
  readonly object: PlateObject
  readonly mesh: Mesh
}

const SIZES = [
  { key: 'widthMm', label: 'prepare.cut.width', min: 1, max: 50, step: 0.5 },
  { key: 'depthMm', label: 'prepare.cut.depth', min: 1, max: 100, step: 0.5 },
  { key: 'clearanceMm', label: 'prepare.cut.clearance', min: 0, max: 0.9, step: 0.05 },
] as const

function PlaneFields() {
  const t = useText()
  const { originMm, rotation, grip } = useCut()
  const angles = rotationAnglesDeg(rotation)
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('prepare.cut.grip')}
        value={grip}
        onChange={(next) => useCut.setState({ grip: next as typeof grip })}
        data={(['translate', 'rotate'] as const).map((value) => ({ value, label: t(`prepare.cut.grip.${value}`) }))}
      />
      <TripleFields label={t('prepare.cut.height')} unit="mm" digits={2} step={1} values={originMm} onChange={(axis, value) => useCut.setState({ originMm: withAxis(originMm, axis, value) })} />
      <TripleFields
        label={t('prepare.cut.tilt')}
        unit="°"
        digits={1}
        step={5}
        values={angles}
        onChange={(axis, value) => useCut.setState({ rotation: rotationOfAngles(withAxis(angles, axis, value)) })}
        aside={
          <Button size="compact-xs" variant="subtle" onClick={() => useCut.setState({ rotation: IDENTITY_ROTATION })}>
            {t('prepare.cut.level')}
          </Button>
        }
      />
    </>
  )
}

function ConnectorFields({ object, mesh, hasBad }: CutPanelProps & { readonly hasBad: boolean }) {
  const t = useText()
  const { joint, style, count, connectors } = useCut()
  const [isFull, setFull] = useState(false)
  if (joint === 'none') return undefined
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed">
        {t(`prepare.cut.joint.${joint}.help`)}
      </Text>
      <Select
        size="xs"
        label={t('prepare.cut.shape')}
        allowDeselect={false}
        value={style.shape}
        onChange={(shape) => useCut.setState({ style: { ...style, shape: (shape ?? 'round') as ConnectorShape } })}
        data={CONNECTOR_SHAPES.map((value) => ({ value, label: t(`prepare.cut.shape.${value}`) }))}
      />
      <Group gap={4} grow wrap="nowrap" align="end">
        {SIZES.map(({ key, label, ...limits }) => (
          <NumberInput key={key} size="xs" hideControls clampBehavior="strict" label={t(label)} {...limits} value={style[key]} onChange={(value) => typeof value === 'number' && value >= limits.min && useCut.setState({ style: { ...style, [key]: value } })} />
        ))}
      </Group>
      <Group gap={6} wrap="nowrap" align="end">
        <NumberInput size="xs" w={80} min={1} max={20} allowDecimal={false} label={t('prepare.cut.count')} value={count} onChange={(value) => typeof value === 'number' && value >= 1 && useCut.setState({ count: Math.min(20, value) })} />
        <Button size="xs" variant="default" flex={1} onClick={() => setFull(spreadConnectors(object, mesh) === 0)}>
          {t('prepare.cut.spread')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" role="status">
        {isFull && connectors.length === 0 ? t('prepare.cut.spread.none') : t('prepare.cut.click', { count: connectors.length })}
      </Text>
      {hasBad && (
        <Text size="xs" c="red" role="alert">
          {t('prepare.cut.bad')}
        </Text>
      )}
    </Stack>
  )
}

/** Numbers and choices of the cut. */
export function CutPanel({ object, mesh }: CutPanelProps) {
  const t = useText()
  const { keep, joint, layUpper, layLower, running } = useCut()
  const { lines, bad } = useCutSection(object, mesh)
  const isMissing = lines.length === 0
  return (
    <ToolPanel title={t('prepare.cut.panel')}>
      <PlaneFields />
      <Select
        size="xs"
        label={t('prepare.cut.keep')}
        allowDeselect={false}
        value={keep}
        onChange={(next) => useCut.setState({ keep: (next ?? 'both') as typeof keep })}
        data={(['both', 'upper', 'lower'] as const).map((value) => ({ value, label: t(`prepare.cut.keep.${value}`) }))}
      />
      {keep !== 'lower' && <Checkbox size="xs" label={t('prepare.cut.layUpper')} checked={layUpper} onChange={({ currentTarget }) => useCut.setState({ layUpper: currentTarget.checked })} />}
      {keep !== 'upper' && <Checkbox size="xs" label={t('prepare.cut.layLower')} checked={layLower} onChange={({ currentTarget }) => useCut.setState({ layLower: currentTarget.checked })} />}
      <div>
        <Text size="xs" mb={2}>
          {t('prepare.cut.joint')}
        </Text>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('prepare.cut.joint')}
          value={joint}
          onChange={(next) => useCut.setState({ joint: next as typeof joint })}
          data={(['none', 'dowel', 'plug'] as const).map((value) => ({ value, label: t(`prepare.cut.joint.${value}`) }))}
        />
      </div>
      <ConnectorFields object={object} mesh={mesh} hasBad={bad.size > 0} />
      {isMissing && (
        <Text size="xs" c="red" role="alert">
          {t('prepare.cut.misses')}
        </Text>
      )}
      {running === undefined ? (
        <Button size="sm" disabled={isMissing || bad.size > 0} onClick={() => void cutNow(object)}>
          {t('prepare.cut.do')}
        </Button>
      ) : (
        <ProgressLine immediate label={t('prepare.cut.running')} onCancel={stopCut} />
      )}
    </ToolPanel>
  )
}
