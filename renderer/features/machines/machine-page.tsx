import { ActionIcon, Menu, Stack, Text } from '@mantine/core'
import { IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../../shared/contract/jobs'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { isConnected, useJobs } from '../../client/live'
import { machineName } from '../../i18n/names'
import { type Translate, isTextKey, useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { navigate } from '../../ui/navigate'
import { Page } from '../../ui/page'
import { CardPanel } from './card-panel'
import { ConnectButton } from './connect-button'
import { ControlPanel } from './control-panel'
import { EditMachineDialog } from './edit-machine-dialog'
import { FirmwareSettings } from './firmware-settings'
import { GrblJog } from './grbl-jog'
import { GrblPanel, OverridePanel } from './grbl-panel'
import { LaserPanel, ProbePanel, RunFilePanel } from './grbl-tools'
import { HeatPanel } from './heat-panel'
import { JobCard } from './job-card'
import styles from './machines.module.css'
import { CodedAlert } from '../../ui/coded-alert'
import { MachineState } from './machine-state'
import { PromptPanel } from './prompt-panel'
import { TemperaturePanel } from './temperature-panel'
import { TerminalPanel } from './terminal-panel'
import { VirtualPanel } from './virtual-panel'

function MachineMenu({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const [open, setOpen] = useState<'edit' | 'remove'>()
  const remove = useAction(async () => {
    await getClient().machines.remove({ machineId: machine.id })
    navigate('/machines')
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={t('frame.more')}>
            <IconDotsVertical size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} disabled={isConnected(machine)} onClick={() => setOpen('edit')}>
            {t('machines.edit')}
          </Menu.Item>
          {machine.kind !== 'virtual' && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} disabled={isConnected(machine)} onClick={() => setOpen('remove')}>
              {t('machines.remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <EditMachineDialog machine={machine} opened={open === 'edit'} onClose={() => setOpen(undefined)} />
      <Confirm opened={open === 'remove'} title={t('machines.remove')} text={t('machines.remove.text', { name: machineName(t, machine) })} action={t('machines.remove')} onConfirm={remove.run} onClose={() => setOpen(undefined)} />
    </>
  )
}

function facts(machine: MachineStatus): string {
  const { firmware, baudRate, port } = machine
  return [firmware?.machineType, firmware?.name, port, baudRate === undefined ? undefined : `${baudRate} Bd`].filter((part) => part !== undefined && part !== '').join(' · ')
}

/** What it is at: in words where the word is one of ours or a usual one of Marlin's, else as the machine says it. */
function busyText(t: Translate, what: string): string {
  const key = `machines.busy.${what.trim().toLowerCase().replaceAll(' ', '-')}`
  return isTextKey(key) ? t(key) : t('machines.busy', { what })
}

/** The machine's job, or its newest: that stays in sight after its end. */
function useJobOf(machine: MachineStatus): Job | undefined {
  const jobs = useJobs()
  return jobs.find(({ id }) => id === machine.jobId) ?? jobs.find(({ machineId }) => machineId === machine.id)
}

function PrinterPanels({ machine }: { readonly machine: MachineStatus }) {
  return (
    <>
      <HeatPanel machine={machine} />
      <ControlPanel machine={machine} />
    </>
  )
}

/** What lasers and mills have; no heat. */
function GrblPanels({ machine }: { readonly machine: MachineStatus }) {
  return (
    <>
      <GrblPanel machine={machine} />
      <GrblJog machine={machine} />
      <OverridePanel machine={machine} />
      {machine.purpose === 'laser' ? <LaserPanel machine={machine} /> : <ProbePanel machine={machine} />}
    </>
  )
}

/** One machine: what it does, and what to do with it. */
export function MachinePage({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const job = useJobOf(machine)
  const isPrinter = machine.purpose === 'printer'
  return (
    <Page
      title={machineName(t, machine)}
      back={{ href: '#/machines', label: t('machines.all') }}
      lead={facts(machine)}
      actions={
        <>
          {machine.busy !== undefined && (
            <Text size="sm" c="dimmed" role="status">
              {busyText(t, machine.busy)}
            </Text>
          )}
          <MachineState state={machine.state} />
          <ConnectButton machine={machine} />
          <MachineMenu machine={machine} />
        </>
      }
    >
      <CodedAlert reason={machine.reason} />
      <CodedAlert reason={machine.notice} color="yellow" />
      <PromptPanel machine={machine} />
      <div className={styles['columns']}>
        <Stack miw={0}>
          {job !== undefined && <JobCard job={job} isReasonTold={job.reason !== undefined && job.reason.code === machine.reason?.code} />}
          {isPrinter ? <TemperaturePanel machine={machine} /> : <RunFilePanel machine={machine} />}
          <TerminalPanel machine={machine} />
          {!isPrinter && <FirmwareSettings machine={machine} />}
        </Stack>
        <Stack miw={0}>
          {isPrinter ? <PrinterPanels machine={machine} /> : <GrblPanels machine={machine} />}
          <CardPanel machine={machine} />
          {machine.kind === 'virtual' && <VirtualPanel machine={machine} />}
        </Stack>
      </div>
    </Page>
  )
}
