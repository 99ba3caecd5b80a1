import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Engine } from '../../../shared/contract/engines'
import { ENGINE_KINDS, ENGINE_NAMES, type EngineKind } from '../../../shared/machine/engines/engine'
import { useText } from '../../i18n/text'
import { notifyError } from '../../ui/notify'
import { Sheet } from '../../ui/sheet'
import { askForEngines, chooseEngine, useEngines } from '../../workspace/engines'

function EngineRow({ kind, engine }: { readonly kind: EngineKind; readonly engine: Engine | undefined }) {
  const t = useText()
  const [path, setPath] = useState('')
  const [isBusy, setBusy] = useState(false)
  const program = ENGINE_NAMES[kind]
  const choose = (next: string | null) => {
    setBusy(true)
    chooseEngine(kind, next)
      .then(() => setPath(''), notifyError)
      .finally(() => setBusy(false))
  }
  return (
    <Stack gap={4} component="li">
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600}>
          {program}
        </Text>
        <Badge variant="light" tt="none" color={engine === undefined ? 'gray' : 'celadon'}>
          {engine === undefined ? t('settings.engines.none') : t('settings.engines.version', { version: engine.version })}
        </Badge>
      </Group>
      {engine !== undefined && (
        <Group gap="xs" justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {engine.path}
          </Text>
          {engine.isChosen && (
            <Button size="compact-xs" variant="subtle" loading={isBusy} onClick={() => choose(null)}>
              {t('settings.engines.forget')}
            </Button>
          )}
        </Group>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          choose(path.trim())
        }}
      >
        <Group gap="xs" wrap="nowrap">
          <TextInput size="xs" flex={1} aria-label={t('settings.engines.path', { program })} placeholder={t('settings.engines.pathHint')} value={path} onChange={({ currentTarget }) => setPath(currentTarget.value)} />
          <Button type="submit" size="xs" variant="default" disabled={path.trim() === ''} loading={isBusy}>
            {t('settings.engines.use')}
          </Button>
        </Group>
      </form>
    </Stack>
  )
}

/** Slicers of this computer that may slice a job in place of the studio's own, and where their programs are. */
export function EnginesSheet() {
  const t = useText()
  const engines = useEngines((state) => state.engines)
  useEffect(askForEngines, [])
  return (
    <Sheet title={t('settings.engines')}>
      <Text size="sm">{t('settings.engines.text')}</Text>
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {ENGINE_KINDS.map((kind) => (
          <EngineRow key={kind} kind={kind} engine={engines?.find((one) => one.kind === kind)} />
        ))}
      </Stack>
    </Sheet>
  )
}
