import { Alert, Anchor, Button, Checkbox, Group, Image, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlayerPlay, IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { isConnected, useMachines } from '../../client/live'
import { useLocale } from '../../i18n/locale'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { EmptyState } from '../../ui/empty-state'
import { Figures } from '../../ui/figures'
import { printFigures } from '../../ui/print-figures'
import { navigate } from '../../ui/navigate'
import { Page } from '../../ui/page'
import { Sheet } from '../../ui/sheet'
import { useProfileChoice } from '../../workspace/profile-choice'
import type { ReadyPrint } from '../../workspace/ready-print'
import { useWorkspace } from '../../workspace/workspace-store'
import { MachineChoice, isFree, likelyMachine } from './machine-choice'
import { type StartStep, startJob } from '../../workspace/start-job'

function usePictureUrl(png: Uint8Array<ArrayBuffer> | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (png === undefined) return undefined
    const made = URL.createObjectURL(new Blob([png], { type: 'image/png' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [png])
  return png === undefined ? undefined : url
}

function What({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const url = usePictureUrl(print.thumbnailPng)
  return (
    <Sheet title={t('print.what')}>
      <Group wrap="nowrap" align="flex-start">
        {url !== undefined && <Image src={url} alt="" w={112} h={112} fit="contain" />}
        <Stack gap="xs">
          <Text fw={600}>{print.title}</Text>
          <Text size="sm" c="dimmed">
            {[print.machineName, print.materialName, print.qualityName].filter(Boolean).join(' · ')}
          </Text>
          <Figures inLine figures={printFigures(print, t, locale)} />
        </Stack>
      </Group>
    </Sheet>
  )
}

function Stale() {
  const t = useText()
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('print.stale')}>
      {t('print.stale.help')}{' '}
      <Anchor href="#/prepare" size="sm">
        {t('print.stale.slice')}
      </Anchor>
    </Alert>
  )
}

/** The names of two kinds of machine when a print was made for another one than it goes to. */
function useOtherKind(print: ReadyPrint, machine: MachineStatus | undefined): { made: string; machine: string } | undefined {
  const t = useText()
  const { machines } = useProfileChoice()
  if (machine === undefined || print.machineId === undefined || print.machineId === machine.profileId) return undefined
  const profile = machines.find(({ id }) => id === machine.profileId)
  return { made: print.machineName ?? print.machineId, machine: profile === undefined ? machine.profileId : profileName(t, profile) }
}

const SPEEDS = [
  ['1', 'print.speed.real'],
  ['60', 'print.speed.fast'],
  ['1000', 'print.speed.faster'],
] as const

function Start({ print, machine }: { readonly print: ReadyPrint; readonly machine: MachineStatus }) {
  const t = useText()
  const [isPrepared, setPrepared] = useState(false)
  const [acceptsOther, setAcceptsOther] = useState(false)
  const [speed, setSpeed] = useState('60')
  const [step, setStep] = useState<StartStep>()
  const other = useOtherKind(print, machine)
  const isVirtual = machine.kind === 'virtual'
  const start = useAction(async () => {
    try {
      await startJob(print, machine, { onStep: setStep, ...(isVirtual && { timeScale: Number(speed) }) })
      navigate(`/machines/${encodeURIComponent(machine.id)}`)
    } finally {
      setStep(undefined)
    }
  })
  const mayStart = isFree(machine) && (isVirtual || isPrepared) && (other === undefined || acceptsOther)
  return (
    <Sheet title={t('print.ready')}>
      {other !== undefined && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('print.where.otherKind', other)}>
          <Text size="sm" mb="xs">
            {t('print.where.otherKind.help')}
          </Text>
          <Checkbox label={t('print.where.otherKind.accept')} checked={acceptsOther} onChange={(event) => setAcceptsOther(event.currentTarget.checked)} />
        </Alert>
      )}
      {isVirtual ? (
        <>
          <Text size="sm" c="dimmed">
            {t('print.ready.virtual')}
          </Text>
          <Group gap="sm">
            <Text size="sm">{t('print.speed')}</Text>
            <SegmentedControl aria-label={t('print.speed')} value={speed} onChange={setSpeed} data={SPEEDS.map(([value, key]) => ({ value, label: t(key) }))} />
          </Group>
        </>
      ) : (
        <Checkbox label={t('print.ready.bed')} checked={isPrepared} onChange={(event) => setPrepared(event.currentTarget.checked)} />
      )}
      <Group>
        <Button size="md" leftSection={<IconPlayerPlay size={18} aria-hidden />} disabled={!mayStart} loading={start.busy} onClick={start.run}>
          {t(isConnected(machine) ? 'print.start' : 'print.connectAndStart')}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {step === undefined ? '' : t(`print.step.${step}`)}
        </Text>
      </Group>
    </Sheet>
  )
}

function PrintPage({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const machines = useMachines()
  const isCurrent = useWorkspace((state) => state.isPrintCurrent)
  const [askedId, setAskedId] = useState<string>()
  const machine = machines.find(({ id }) => id === askedId) ?? likelyMachine(machines, print.machineId)
  return (
    <Page title={t('print.title')} maxWidth={1040}>
      {!isCurrent && <Stale />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack>
          <What print={print} />
          {machine !== undefined && <Start key={machine.id} print={print} machine={machine} />}
        </Stack>
        <Sheet title={t('print.where')}>
          <MachineChoice chosenId={machine?.id} onChoose={setAskedId} />
          <Anchor href="#/machines?add" size="sm">
            {t('machines.add')}
          </Anchor>
        </Sheet>
      </SimpleGrid>
    </Page>
  )
}

/** Sends what was sliced or opened to a machine. */
export function PrintScreen() {
  const t = useText()
  const print = useWorkspace((state) => state.madePrint)
  if (print !== undefined) return <PrintPage print={print} />
  return (
    <EmptyState icon={IconPrinter} title={t('print.nothing')} help={t('print.nothing.help')}>
      <Button onClick={() => navigate('/prepare')}>{t('print.nothing.prepare')}</Button>
    </EmptyState>
  )
}
