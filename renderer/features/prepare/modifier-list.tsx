import { ActionIcon, Button, Group, Menu, Select, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { MODIFIER_KINDS, type ObjectModifier } from '../../../shared/machine/object-modifier'
import type { Mesh } from '../../../shared/mesh/mesh'
import { SIMPLE_SHAPES } from '../../../shared/mesh/simple-shapes'
import { useText } from '../../i18n/text'
import { useDesigns } from '../../library/designs'
import { mapModifier, withoutModifier } from '../../workspace/object-edits'
import type { PlateObject, Triple } from '../../workspace/plate'
import { rotationAnglesDeg, rotationOfAngles } from '../../workspace/rotation'
import { useWorkspace } from '../../workspace/workspace-store'
import { addDesign, addShape } from './add-modifier'
import { holdModifier } from './modifier-scene'
import styles from './prepare.module.css'
import { usePrepare } from './prepare-state'
import { TripleFields, withAxis } from './triple-fields'

interface ModifierListProps {
  readonly object: PlateObject
  readonly mesh: Mesh
}

function AddMenu({ object, mesh, onDesign }: ModifierListProps & { readonly onDesign: () => void }) {
  const t = useText()
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} aria-hidden />}>
          {t('prepare.modifier.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {SIMPLE_SHAPES.map((shape) => (
          <Menu.Item key={shape} onClick={() => addShape(object, mesh, { shape, name: t(`prepare.modifier.shape.${shape}`) })}>
            {t(`prepare.modifier.shape.${shape}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={onDesign}>{t('prepare.modifier.shape.design')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function DesignSelect({ object, mesh, onChosen }: ModifierListProps & { readonly onChosen: () => void }) {
  const t = useText()
  const designs = useDesigns({ isBin: false }) ?? []
  const choose = (id: string | null) => {
    const design = designs.find((one) => one.id === id)
    const versionId = design?.heads[0]
    if (design !== undefined && versionId !== undefined) void addDesign(object, mesh, { versionId, name: design.title })
    onChosen()
  }
  return <Select size="xs" searchable label={t('prepare.modifier.design')} placeholder={t('prepare.modifier.design.search')} nothingFoundMessage={t('library.none.found')} data={designs.map(({ id, title }) => ({ value: id, label: title }))} value={null} onChange={choose} />
}

function Row({ object, modifier, isHeld }: { readonly object: PlateObject; readonly modifier: ObjectModifier; readonly isHeld: boolean }) {
  const t = useText()
  return (
    <li className={styles['row']} data-selected={isHeld}>
      <UnstyledButton className={styles['rowName']} aria-pressed={isHeld} onClick={() => holdModifier(object.id, isHeld ? undefined : modifier.id)}>
        <Text size="sm" truncate fw={isHeld ? 600 : 400}>
          {modifier.name}
        </Text>
        <Text size="xs" c="dimmed">
          {modifier.kind === 'settings' ? t('prepare.modifier.count', { count: Object.keys(modifier.values).length }) : t(`prepare.modifier.kind.${modifier.kind}`)}
        </Text>
      </UnstyledButton>
      <Tooltip label={t('prepare.remove')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('prepare.remove.one', { name: modifier.name })} onClick={() => useWorkspace.getState().edit({ key: 'prepare.edit.remove', values: { name: modifier.name } }, (plate) => withoutModifier(plate, object.id, modifier.id))}>
          <IconTrash size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

function Details({ object, modifier }: { readonly object: PlateObject; readonly modifier: ObjectModifier }) {
  const t = useText()
  const { transform, shape } = modifier
  const angles = rotationAnglesDeg(transform.rotation)
  const change = (next: Partial<ObjectModifier>, merge?: string) =>
    useWorkspace.getState().edit({ key: 'prepare.edit.modifier', values: { name: modifier.name } }, (plate) => mapModifier(plate, object.id, modifier.id, (one) => ({ ...one, ...next })), merge === undefined ? undefined : { merge: `${merge} ${modifier.id}` })
  const settle = () => useWorkspace.getState().settle()
  const middle: Triple = [transform.positionMm[0] - object.pivotMm[0], transform.positionMm[1] - object.pivotMm[1], transform.positionMm[2] - object.pivotMm[2]]
  const isSimple = shape.kind !== 'mesh'
  const sizes: Triple = isSimple ? transform.scale : [100 * transform.scale[0], 100 * transform.scale[1], 100 * transform.scale[2]]
  return (
    <Stack gap={6}>
      <Select size="xs" label={t('prepare.modifier.kind')} allowDeselect={false} value={modifier.kind} onChange={(kind) => change({ kind: (kind ?? 'settings') as ObjectModifier['kind'] })} data={MODIFIER_KINDS.map((value) => ({ value, label: t(`prepare.modifier.kind.${value}`) }))} />
      <TripleFields onSettle={settle} label={t('prepare.modifier.place')} unit="mm" digits={2} step={1} values={middle} onChange={(axis, value) => change({ transform: { ...transform, positionMm: withAxis(transform.positionMm, axis, value + object.pivotMm[axis]) } }, `place ${axis}`)} />
      <TripleFields onSettle={settle} label={t('prepare.rotation')} unit="°" digits={1} step={15} values={angles} onChange={(axis, value) => change({ transform: { ...transform, rotation: rotationOfAngles(withAxis(angles, axis, value)) } }, `turn ${axis}`)} />
      <TripleFields
        onSettle={settle}
        label={isSimple ? t('prepare.size') : t('prepare.scale')}
        unit={isSimple ? 'mm' : '%'}
        digits={2}
        step={isSimple ? 1 : 5}
        values={sizes}
        onChange={(axis, value) => value > 0 && change({ transform: { ...transform, scale: withAxis(transform.scale, axis, isSimple ? value : value / 100) } }, `size ${axis}`)}
      />
    </Stack>
  )
}

/** Modifiers in an object: what they are, where, and a way to add more. */
export function ModifierList({ object, mesh }: ModifierListProps) {
  const t = useText()
  const modifierId = usePrepare((state) => state.modifierId)
  const [isChoosing, setChoosing] = useState(false)
  const { modifiers = [] } = object
  const held = modifiers.find(({ id }) => id === modifierId)
  return (
    <Stack gap={6} component="section" aria-label={t('prepare.modifiers')}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" fw={500}>
          {t('prepare.modifiers')}
        </Text>
        <AddMenu object={object} mesh={mesh} onDesign={() => setChoosing(true)} />
      </Group>
      {isChoosing && <DesignSelect object={object} mesh={mesh} onChosen={() => setChoosing(false)} />}
      {modifiers.length > 0 && (
        <ul className={styles['rows']} aria-label={t('prepare.modifiers')}>
          {modifiers.map((modifier) => (
            <Row key={modifier.id} object={object} modifier={modifier} isHeld={modifier === held} />
          ))}
        </ul>
      )}
      {held !== undefined && <Details object={object} modifier={held} />}
    </Stack>
  )
}
