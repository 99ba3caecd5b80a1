import { ActionIcon, Group, Loader, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCopy, IconTrash } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import type { Mesh } from '../../../shared/mesh/mesh'
import { boxSize } from '../../../shared/mesh/mesh-box'
import { problemText } from '../../i18n/problem-text'
import { useText } from '../../i18n/text'
import { placedBox } from '../../workspace/part-shape'
import { type VersionParts, usePartMeshes } from '../../workspace/part-meshes'
import type { PlateObject } from '../../workspace/plate'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { ObjectExtruder } from './object-extruder'
import styles from './prepare.module.css'

function sizeText(object: PlateObject, mesh: Mesh): string {
  return `${boxSize(placedBox(object, mesh)).map((mm) => mm.toFixed(mm < 100 ? 1 : 0)).join(' × ')} mm`
}

function RowState({ object, parts }: { readonly object: PlateObject; readonly parts: VersionParts | undefined }) {
  const t = useText()
  if (parts?.kind === 'failed') {
    return (
      <Text size="xs" c="red">
        {problemText(t, parts.error)}
      </Text>
    )
  }
  const mesh = parts?.kind === 'ready' ? parts.parts[object.partIndex]?.mesh : undefined
  if (mesh === undefined) {
    return (
      <Group gap={6}>
        <Loader size={11} aria-hidden />
        <Text size="xs" c="dimmed">
          {t('frame.loading')}
        </Text>
      </Group>
    )
  }
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {sizeText(object, mesh)}
      {hasOwn(object) && ` · ${t('prepare.own')}`}
    </Text>
  )
}

/** Settings, modifiers or paint of its own. */
function hasOwn({ values, modifiers, paint }: PlateObject): boolean {
  return values !== undefined || modifiers !== undefined || paint !== undefined
}

function choose(event: MouseEvent, id: string): void {
  useWorkspace.getState().select([id], event.ctrlKey || event.metaKey || event.shiftKey ? 'toggle' : 'replace')
}

interface RowProps {
  readonly object: PlateObject
  readonly parts: VersionParts | undefined
  readonly isSelected: boolean
  readonly isRefused: boolean
}

function Row({ object, parts, isSelected, isRefused }: RowProps) {
  const t = useText()
  const { select, removeSelected, duplicateSelected } = useWorkspace.getState()
  const only = (act: () => void) => () => {
    select([object.id])
    act()
  }
  return (
    <li className={styles['row']} data-selected={isSelected}>
      <UnstyledButton className={styles['rowName']} aria-pressed={isSelected} onClick={(event) => choose(event, object.id)}>
        <Group gap={6} wrap="nowrap">
          {isRefused && <IconAlertTriangle size={15} color="var(--mantine-color-red-6)" role="img" aria-label={t('prepare.refused')} />}
          <Text size="sm" truncate fw={isSelected ? 600 : 400}>
            {object.name}
          </Text>
        </Group>
        <RowState object={object} parts={parts} />
      </UnstyledButton>
      <ObjectExtruder object={object} />
      <Tooltip label={t('prepare.duplicate')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('prepare.duplicate.one', { name: object.name })} onClick={only(() => duplicateSelected())}>
          <IconCopy size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('prepare.remove')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('prepare.remove.one', { name: object.name })} onClick={only(removeSelected)}>
          <IconTrash size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

/** What is on the plate, by name. */
export function ObjectList({ refused }: { readonly refused: ReadonlySet<string> }) {
  const t = useText()
  const { objects } = usePlate()
  const selection = useWorkspace((state) => state.selection)
  const versions = usePartMeshes((state) => state.versions)
  if (objects.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('prepare.objects.none')}
      </Text>
    )
  }
  return (
    <ul className={styles['rows']} aria-label={t('prepare.objects')}>
      {objects.map((object) => (
        <Row key={object.id} object={object} parts={versions.get(object.versionId)} isSelected={selection.includes(object.id)} isRefused={refused.has(object.id)} />
      ))}
    </ul>
  )
}
