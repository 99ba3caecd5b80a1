import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { useMachineProfiles } from './machine-profiles'

export interface EditMachineProps {
  readonly machine: MachineStatus
  readonly opened: boolean
  readonly onClose: () => void
}

/** Changes the name, kind and port of a machine that isn't connected. */
export function EditMachineDialog({ machine, opened, onClose }: EditMachineProps) {
  const t = useText()
  const profiles = useMachineProfiles()
  const [draft, setDraft] = useState({ name: machine.name, profileId: machine.profileId, port: machine.port })
  useEffect(() => {
    if (opened) setDraft({ name: machine.name, profileId: machine.profileId, port: machine.port })
  }, [opened, machine.name, machine.profileId, machine.port])
  const save = useAction(async () => {
    const { name, profileId, port } = draft
    await getClient().machines.update({ machineId: machine.id, name: name.trim(), profileId, ...(machine.kind === 'virtual' ? {} : { port }) })
    onClose()
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('machines.edit')} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <form onSubmit={(event) => (event.preventDefault(), save.run())}>
        <Stack>
          <TextInput required maxLength={80} label={t('machines.name')} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
          <Select searchable allowDeselect={false} label={t('machines.profile')} data={profiles.map((profile) => ({ value: profile.id, label: profileName(t, profile) }))} value={draft.profileId} onChange={(profileId) => setDraft({ ...draft, profileId: profileId ?? draft.profileId })} />
          {machine.kind === 'serial' && <TextInput required label={t('machines.port')} value={draft.port} onChange={(event) => setDraft({ ...draft, port: event.currentTarget.value })} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={save.busy} disabled={draft.name.trim() === ''}>
              {t('frame.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
