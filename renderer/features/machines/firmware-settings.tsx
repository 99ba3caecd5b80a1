import { Button, FileButton, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { memo, useCallback, useEffect, useState } from 'react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { isTextKey, useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { notifyError } from '../../ui/notify'
import { saveFile } from '../../ui/save-file'
import { Sheet } from '../../ui/sheet'
import { parseSettingsFile, settingsFile } from './firmware-settings-file'
import { useSend } from './grbl-panel'
import { SETTING_UNITS } from './grbl-setting-units'

type Values = Readonly<Record<string, string>>
const READ_EVERY_MS = 2000

function useSettings(machine: MachineStatus): Values {
  const [values, setValues] = useState<Values>({})
  const machineId = machine.id
  const isOn = machine.grbl !== undefined
  useEffect(() => {
    if (!isOn) {
      setValues({})
      return undefined
    }
    const read = () =>
      void getClient()
        .machines.settings({ machineId })
        .then(setValues, () => undefined)
    read()
    const timer = setInterval(read, READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [machineId, isOn])
  return values
}

interface RowProps {
  readonly id: string
  readonly value: string
  readonly edited: string | undefined
  readonly disabled: boolean
  readonly onEdit: (id: string, value: string) => void
}

/** Dozens of these stand under a status that changes several times a second. */
const Row = memo(function Row({ id, value, edited, disabled, onEdit }: RowProps) {
  const t = useText()
  const name: string = `grbl.setting.${id}`
  const help: string = `grbl.setting.${id}.help`
  return (
    <Table.Tr>
      <Table.Td className="tabular">{`$${id}`}</Table.Td>
      <Table.Td>
        <Text size="sm" fw={500}>
          {isTextKey(name) ? t(name) : ''}
        </Text>
        <Text size="xs" c="dimmed">
          {isTextKey(help) ? t(help) : t('grbl.settings.unknown')}
        </Text>
      </Table.Td>
      <Table.Td w={150}>
        <TextInput size="xs" aria-label={t('grbl.settings.value', { id })} value={edited ?? value} disabled={disabled} error={edited !== undefined && !/^-?\d+(\.\d+)?$/.test(edited)} rightSection={<Text size="xs">{SETTING_UNITS[id] ?? ''}</Text>} rightSectionWidth={64} onChange={(event) => onEdit(id, event.currentTarget.value)} />
      </Table.Td>
    </Table.Tr>
  )
})

function save(name: string, values: Values): void {
  saveFile(`${name.replace(/[^\p{L}\p{N}-]+/gu, '-')}-settings.txt`, new Blob([settingsFile(values)], { type: 'text/plain' }))
}

/** The firmware's `$` settings: explained, changed, saved to a file and restored from one. */
export function FirmwareSettings({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const send = useSend(machine)
  const values = useSettings(machine)
  const [edits, setEdits] = useState<Values>({})
  const edit = useCallback((id: string, value: string) => setEdits((before) => ({ ...before, [id]: value })), [])
  const changed = Object.fromEntries(Object.entries(edits).filter(([id, value]) => value !== values[id]))
  const count = Object.keys(changed).length
  const isGood = Object.values(changed).every((value) => /^-?\d+(\.\d+)?$/.test(value))
  const disabled = machine.state !== 'ready' && machine.state !== 'halted'
  const restore = useAction(async (file: File | null) => {
    if (!file) return
    const read = parseSettingsFile(await file.text())
    if (read) setEdits(read)
    else notifyError(new Error(t('grbl.settings.badFile')))
  })
  const ids = Object.keys(values).toSorted((a, b) => Number(a) - Number(b))
  const write = () => {
    send({ kind: 'settings', values: changed })
    setEdits({})
  }
  return (
    <Sheet
      title={t('grbl.settings')}
      actions={
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={ids.length === 0} onClick={() => save(machine.name, values)}>
            {t('grbl.settings.save')}
          </Button>
          <FileButton onChange={restore.run} accept=".txt,.nc,text/plain">
            {(props) => (
              <Button {...props} size="xs" variant="default" disabled={disabled || ids.length === 0}>
                {t('grbl.settings.restore')}
              </Button>
            )}
          </FileButton>
        </Group>
      }
    >
      {ids.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('grbl.settings.none')}
        </Text>
      ) : (
        <Stack gap="xs">
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {ids.map((id) => (
                <Row key={id} id={id} value={values[id] ?? ''} edited={edits[id]} disabled={disabled} onEdit={edit} />
              ))}
            </Table.Tbody>
          </Table>
          <Group>
            <Button disabled={disabled || count === 0 || !isGood} onClick={write}>
              {t('grbl.settings.write')}
            </Button>
            {count > 0 && <Text size="sm">{t('grbl.settings.changed', { count })}</Text>}
          </Group>
        </Stack>
      )}
    </Sheet>
  )
}
