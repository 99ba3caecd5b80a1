import { Select, Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import { ENGINE_KINDS, ENGINE_NAMES, type EngineKind } from '../../../shared/machine/engines/engine'
import { useText } from '../../i18n/text'
import { askForEngines, useEngines } from '../../workspace/engines'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'

const OWN = 'gongbang'

/** Which program slices. Shown only where there is another one than the studio's own, or one was chosen. */
export function EngineChoice() {
  const t = useText()
  const { engine } = usePlate()
  const engines = useEngines((state) => state.engines) ?? []
  useEffect(askForEngines, [])
  if (engines.length === 0 && engine === undefined) return undefined
  const found = ENGINE_KINDS.filter((kind) => kind === engine || engines.some((one) => one.kind === kind))
  const version = engines.find(({ kind }) => kind === engine)?.version ?? ''
  const choose = (value: string | null) => {
    const kind = found.find((one) => one === value)
    useWorkspace.getState().edit({ key: 'prepare.edit.quality', values: { name: kind === undefined ? t('prepare.engine.own') : ENGINE_NAMES[kind] } }, ({ engine: _engine, ...plate }) => (kind === undefined ? plate : { ...plate, engine: kind }))
  }
  return (
    <Stack gap={4}>
      <Select
        label={t('prepare.engine')}
        size="xs"
        labelProps={{ size: 'xs' }}
        allowDeselect={false}
        data={[{ value: OWN, label: t('prepare.engine.own') }, ...found.map((kind: EngineKind) => ({ value: kind as string, label: ENGINE_NAMES[kind] }))]}
        value={engine ?? OWN}
        onChange={choose}
        comboboxProps={{ shadow: 'md' }}
      />
      {engine !== undefined && (
        <Text size="xs" c="dimmed">
          {t('prepare.engine.note', { engine: `${ENGINE_NAMES[engine]} ${version}`.trim() })}
        </Text>
      )}
    </Stack>
  )
}
