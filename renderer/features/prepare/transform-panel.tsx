import { ActionIcon, Button, Group, NumberInput, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowBarToDown, IconFocusCentered, IconLock, IconLockOpen, IconRestore } from '@tabler/icons-react'
import { useState } from 'react'
import type { Mesh } from '../../../shared/mesh/mesh'
import { boxSize } from '../../../shared/mesh/mesh-box'
import { useText } from '../../i18n/text'
import { boxMiddle, placedBox } from '../../workspace/part-shape'
import type { PlateObject, Triple } from '../../workspace/plate'
import { loadedMesh, usePartMeshes } from '../../workspace/part-meshes'
import { rotationAnglesDeg, rotationOfAngles } from '../../workspace/rotation'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { ModifierList } from './modifier-list'
import { usePrepare } from './prepare-state'
import { type Axis, TripleFields, withAxis } from './triple-fields'

function LockSwitch() {
  const t = useText()
  const isUniform = usePrepare((state) => state.isUniform)
  const LockIcon = isUniform ? IconLock : IconLockOpen
  return (
    <Tooltip label={t('prepare.uniform')}>
      <ActionIcon variant="subtle" color={isUniform ? 'celadon' : 'gray'} size="sm" aria-label={t('prepare.uniform')} aria-pressed={isUniform} onClick={() => usePrepare.setState({ isUniform: !isUniform })}>
        <LockIcon size={15} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** Numbers typed one after the other in a field are one step of undo. */
function mergeAs(object: PlateObject, what: string, axis: Axis) {
  return { merge: `${what} ${axis} ${object.id}` }
}

function settle(): void {
  useWorkspace.getState().settle()
}

function ScaleFields({ object, mesh }: { readonly object: PlateObject; readonly mesh: Mesh }) {
  const t = useText()
  const { scale } = object.transform
  const size = boxSize(placedBox(object, mesh))
  const scaleTo = (axis: Axis, factor: number, what: string) => {
    if (factor === 0 || !Number.isFinite(factor)) return
    const ratio = factor / scale[axis]
    const next: Triple = usePrepare.getState().isUniform ? [scale[0] * ratio, scale[1] * ratio, scale[2] * ratio] : withAxis(scale, axis, factor)
    useWorkspace.getState().reshape(object.id, { scale: next }, mergeAs(object, what, axis))
  }
  return (
    <>
      <TripleFields onSettle={settle} label={t('prepare.size')} unit="mm" digits={2} step={1} values={size} onChange={(axis, value) => value > 0 && size[axis] > 0 && scaleTo(axis, (scale[axis] * value) / size[axis], 'size')} aside={<LockSwitch />} />
      <TripleFields onSettle={settle} label={t('prepare.scale')} unit="%" digits={1} step={5} values={[scale[0] * 100, scale[1] * 100, scale[2] * 100]} onChange={(axis, value) => scaleTo(axis, value / 100, 'scale')} />
    </>
  )
}

function ObjectFields({ object, mesh }: { readonly object: PlateObject; readonly mesh: Mesh }) {
  const t = useText()
  const { setTransform, reshape } = useWorkspace.getState()
  const { transform } = object
  const box = placedBox(object, mesh)
  const [x, y] = boxMiddle(box)
  const place: Triple = [x, y, box.min[2]]
  const angles = rotationAnglesDeg(transform.rotation)
  return (
    <Stack gap={8}>
      <TripleFields
        onSettle={settle}
        label={t('prepare.position')}
        unit="mm"
        digits={2}
        step={1}
        values={place}
        onChange={(axis, value) => setTransform(object.id, { ...transform, positionMm: withAxis(transform.positionMm, axis, transform.positionMm[axis] + value - place[axis]) }, mergeAs(object, 'position', axis))}
      />
      <TripleFields onSettle={settle} label={t('prepare.rotation')} unit="°" digits={1} step={15} values={angles} onChange={(axis, value) => reshape(object.id, { rotation: rotationOfAngles(withAxis(angles, axis, value)) }, mergeAs(object, 'rotation', axis))} />
      <ScaleFields object={object} mesh={mesh} />
    </Stack>
  )
}

function Copies() {
  const t = useText()
  const [count, setCount] = useState<number | string>(1)
  const times = typeof count === 'number' && count >= 1 ? Math.min(50, Math.floor(count)) : undefined
  return (
    <Group gap={6} wrap="nowrap">
      <NumberInput size="xs" w={70} min={1} max={50} allowDecimal={false} aria-label={t('prepare.copies')} value={count} onChange={setCount} />
      <Button size="xs" variant="default" flex={1} disabled={times === undefined} onClick={() => useWorkspace.getState().duplicateSelected(times)}>
        {t('prepare.copies.add')}
      </Button>
    </Group>
  )
}

function QuickActions() {
  const t = useText()
  const { centreSelected, dropSelected, straightenSelected } = useWorkspace.getState()
  const actions = [
    { key: 'prepare.centre', Icon: IconFocusCentered, run: centreSelected },
    { key: 'prepare.drop', Icon: IconArrowBarToDown, run: dropSelected },
    { key: 'prepare.straighten', Icon: IconRestore, run: straightenSelected },
  ] as const
  return (
    <Group gap={4} wrap="nowrap">
      {actions.map(({ key, Icon, run }) => (
        <Tooltip key={key} label={t(key)}>
          <ActionIcon variant="default" size={30} aria-label={t(key)} onClick={run}>
            <Icon size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  )
}

/** Exact numbers of what is selected. */
export function TransformPanel() {
  const t = useText()
  const { objects } = usePlate()
  const selection = useWorkspace((state) => state.selection)
  const modifierId = usePrepare((state) => state.modifierId)
  usePartMeshes((state) => state.versions)
  const chosen = objects.filter(({ id }) => selection.includes(id))
  const [only] = chosen
  if (only === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('prepare.selectOne')}
      </Text>
    )
  }
  const mesh = loadedMesh(only)
  const held = only.modifiers?.find(({ id }) => id === modifierId)
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} truncate>
          {chosen.length === 1 ? only.name : t('prepare.selected', { count: chosen.length })}
        </Text>
        <QuickActions />
      </Group>
      {chosen.length === 1 && mesh !== undefined && held === undefined && <ObjectFields key={only.id} object={only} mesh={mesh} />}
      <Copies />
      {chosen.length === 1 && mesh !== undefined && <ModifierList key={`modifiers ${only.id}`} object={only} mesh={mesh} />}
    </Stack>
  )
}
