import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { PortInfo } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { navigate } from '../../ui/navigate'
import { notifyError } from '../../ui/notify'
import { useMachineProfiles } from './machine-profiles'

const BAUD_RATES = ['250000', '115200', '230400', '500000', '1000000', '57600', '9600']
const OTHER_PORT = 'other'

function usePorts(opened: boolean): { readonly ports: readonly PortInfo[] | undefined; readonly refresh: () => void } {
  const [ports, setPorts] = useState<readonly PortInfo[]>()
  const refresh = useCallback(() => {
    setPorts(undefined)
    getClient()
      .machines.ports()
      .then(setPorts, (error: unknown) => (setPorts([]), notifyError(error)))
  }, [])
  useEffect(() => {
    if (opened) refresh()
  }, [opened, refresh])
  return { ports, refresh }
}

interface Draft {
  readonly port: string | null
  readonly typedPort: string
  readonly profileId: string | null
  readonly name: string
  readonly baud: string
}
const EMPTY: Draft = { port: null, typedPort: '', profileId: null, name: '', baud: 'auto' }

function useDraft(opened: boolean, ports: readonly PortInfo[] | undefined) {
  const [draft, setDraft] = useState(EMPTY)
  const profiles = useMachineProfiles()
  useEffect(() => {
    if (opened) setDraft(EMPTY)
  }, [opened])
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const choosePort = (port: string | null) => {
    const suggested = ports?.find(({ path }) => path === port)?.profileId
    change({ port, ...(suggested === undefined ? {} : { profileId: suggested, name: profiles.find(({ id }) => id === suggested)?.name ?? draft.name }) })
  }
  const chooseProfile = (profileId: string | null) => {
    const oldName = profiles.find(({ id }) => id === draft.profileId)?.name
    const newName = profiles.find(({ id }) => id === profileId)?.name ?? ''
    change({ profileId, ...(draft.name === '' || draft.name === oldName ? { name: newName } : {}) })
  }
  return { draft, change, choosePort, chooseProfile, profiles }
}

function PortField({ ports, draft, onChoose, onRefresh }: { readonly ports: readonly PortInfo[] | undefined; readonly draft: Draft; readonly onChoose: (port: string | null) => void; readonly onRefresh: () => void }) {
  const t = useText()
  const found = (ports ?? []).map(({ path, label }) => ({ value: path, label: label === path ? path : `${label} (${path})` }))
  return (
    <Group align="flex-end" wrap="nowrap">
      <Select
        flex={1}
        required
        data-autofocus
        label={t('machines.port')}
        description={ports?.length === 0 ? t('machines.port.none') : undefined}
        placeholder={ports === undefined ? t('machines.port.looking') : t('machines.port.choose')}
        data={[...found, { value: OTHER_PORT, label: t('machines.port.other') }]}
        value={draft.port}
        onChange={onChoose}
      />
      <Button variant="default" onClick={onRefresh} loading={ports === undefined} leftSection={<IconRefresh size={16} aria-hidden />}>
        {t('machines.port.refresh')}
      </Button>
    </Group>
  )
}

/** Remembers a machine: its port, what kind it is, its name. */
export function AddMachineDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText()
  const { ports, refresh } = usePorts(opened)
  const { draft, change, choosePort, chooseProfile, profiles } = useDraft(opened, ports)
  const port = draft.port === OTHER_PORT ? draft.typedPort.trim() : draft.port
  const add = useAction(async () => {
    if (!port || draft.profileId === null) return
    const machine = await getClient().machines.add({ name: draft.name.trim(), port, profileId: draft.profileId, ...(draft.baud === 'auto' ? {} : { baudRate: Number(draft.baud) }) })
    onClose()
    navigate(`/machines/${encodeURIComponent(machine.id)}`)
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('machines.add')} size="lg" closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <form onSubmit={(event) => (event.preventDefault(), add.run())}>
        <Stack>
          <PortField ports={ports} draft={draft} onChoose={choosePort} onRefresh={refresh} />
          {draft.port === OTHER_PORT && <TextInput required label={t('machines.port.path')} placeholder="/dev/ttyUSB0, COM3" value={draft.typedPort} onChange={(event) => change({ typedPort: event.currentTarget.value })} />}
          <Stack gap={4}>
            <Select
              required
              searchable
              label={t('machines.profile')}
              placeholder={t('machines.profile.choose')}
              nothingFoundMessage={t('machines.profile.none')}
              data={profiles.map((profile) => ({ value: profile.id, label: profileName(t, profile) }))}
              value={draft.profileId}
              onChange={chooseProfile}
            />
            <Text size="xs" c="dimmed">
              {t('machines.profile.missing')}{' '}
              <Anchor size="xs" href="#/profiles?new=machine" onClick={onClose}>
                {t('machines.profile.own')}
              </Anchor>
            </Text>
          </Stack>
          <TextInput required maxLength={80} label={t('machines.name')} value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <Select label={t('machines.baud')} description={t('machines.baud.help')} data={[{ value: 'auto', label: t('machines.baud.auto') }, ...BAUD_RATES]} value={draft.baud} onChange={(baud) => change({ baud: baud ?? 'auto' })} allowDeselect={false} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={add.busy} disabled={!port || draft.profileId === null || draft.name.trim() === ''}>
              {t('machines.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
