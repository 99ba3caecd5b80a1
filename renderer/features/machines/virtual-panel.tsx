import { Accordion, Button, Group, NumberInput, SimpleGrid, Slider, Stack, Switch, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { MachineStatus, VirtualAccount, VirtualFaults } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { isConnected } from '../../client/live'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { formatDuration, formatNumber } from '../../ui/format'
import { Sheet } from '../../ui/sheet'

const ACCOUNT_EVERY_MS = 1000
const HIGHEST_POWER = 4

function useAccount(machine: MachineStatus): VirtualAccount | undefined {
  const [account, setAccount] = useState<VirtualAccount>()
  const machineId = machine.id
  const connected = isConnected(machine)
  const read = useCallback(
    () =>
      getClient()
        .machines.virtual.account({ machineId })
        .then(setAccount, () => setAccount(undefined)),
    [machineId],
  )
  useEffect(() => {
    void read()
    if (!connected) return undefined
    const timer = setInterval(() => void read(), ACCOUNT_EVERY_MS)
    return () => clearInterval(timer)
  }, [read, connected])
  return account
}

/** A power of ten on a slider: 0 is real speed, 4 is 10,000 times. */
function TimeScale({ machineId, now }: { readonly machineId: string; readonly now: number }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const [power, setPower] = useState(Math.log10(now))
  useEffect(() => setPower(Math.log10(now)), [now])
  const scale = Math.round(10 ** power)
  const configure = useAction((timeScale: number) => getClient().machines.virtual.configure({ machineId, timeScale }))
  return (
    <Stack gap={4}>
      <Text size="sm">{t('machines.virtual.speed', { times: formatNumber(scale, locale) })}</Text>
      <Slider
        thumbLabel={t('machines.virtual.speed.label')}
        min={0}
        max={HIGHEST_POWER}
        step={0.1}
        value={power}
        onChange={setPower}
        onChangeEnd={(value) => configure.run(Math.round(10 ** value))}
        label={(value) => `×${formatNumber(Math.round(10 ** value), locale)}`}
        marks={[0, 1, 2, 3, 4].map((value) => ({ value, label: `×${formatNumber(10 ** value, locale)}` }))}
        mb="lg"
        mx={18}
      />
    </Stack>
  )
}

const NO_FAULTS: Partial<VirtualFaults> = { dropByte: 0, corruptByte: 0, duplicateLine: 0, loseOk: 0, delayMs: 0, thermalRunaway: false }
const CHANCES = ['dropByte', 'corruptByte', 'duplicateLine', 'loseOk'] as const
const COUNTS = ['delayMs', 'resetAtLine', 'unplugAtLine', 'filamentMm'] as const

function Faults({ machineId }: { readonly machineId: string }) {
  const t = useText()
  const [faults, setFaults] = useState(NO_FAULTS)
  const configure = useAction((next: Partial<VirtualFaults>) => getClient().machines.virtual.configure({ machineId, faults: next }))
  const change = (part: Partial<VirtualFaults>) => setFaults({ ...faults, ...part })
  const clear = () => {
    setFaults(NO_FAULTS)
    configure.run(NO_FAULTS)
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('machines.virtual.faults.help')}
      </Text>
      <SimpleGrid cols={2} spacing="xs">
        {CHANCES.map((name) => (
          <NumberInput key={name} size="xs" label={t(`machines.virtual.${name}`)} suffix=" %" min={0} max={100} decimalScale={3} value={(faults[name] ?? 0) * 100} onChange={(value) => change({ [name]: Number(value) / 100 })} />
        ))}
        {COUNTS.map((name) => (
          <NumberInput key={name} size="xs" label={t(`machines.virtual.${name}`)} min={0} value={faults[name] ?? ''} onChange={(value) => change({ [name]: value === '' ? undefined : Number(value) })} />
        ))}
      </SimpleGrid>
      <Switch label={t('machines.virtual.thermalRunaway')} checked={faults.thermalRunaway ?? false} onChange={(event) => change({ thermalRunaway: event.currentTarget.checked })} />
      <Group gap="xs">
        <Button size="xs" variant="default" loading={configure.busy} onClick={() => configure.run(faults)}>
          {t('machines.virtual.faults.apply')}
        </Button>
        <Button size="xs" variant="subtle" onClick={clear}>
          {t('machines.virtual.faults.clear')}
        </Button>
      </Group>
    </Stack>
  )
}

function Account({ account }: { readonly account: VirtualAccount }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const rows: readonly (readonly [string, string])[] = [
    [t('machines.virtual.linesReceived'), formatNumber(account.linesReceived, locale)],
    [t('machines.virtual.inOrder'), t(account.linesInOrder ? 'machines.virtual.yes' : 'machines.virtual.no')],
    [t('machines.virtual.checksumErrors'), formatNumber(account.checksumErrors, locale)],
    [t('machines.virtual.refused'), formatNumber(account.refused.length, locale)],
    [t('machines.virtual.deposited'), `${formatNumber(account.depositedCm3, locale, 2)} cm³`],
    [t('machines.virtual.simulated'), formatDuration(account.simulatedS, locale)],
  ]
  return (
    <Stack gap={2}>
      {rows.map(([label, value]) => (
        <Group key={label} justify="space-between">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text size="sm" className="tabular">
            {value}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}

/** What only the virtual printer has: its speed, its faults, its own account. */
export function VirtualPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const account = useAccount(machine)
  const unplug = useAction(() => getClient().machines.virtual.unplug({ machineId: machine.id }))
  return (
    <Sheet title={t('machines.virtual')}>
      <TimeScale machineId={machine.id} now={account?.timeScale ?? 1} />
      {account !== undefined && <Account account={account} />}
      <Accordion variant="contained" chevronPosition="right">
        <Accordion.Item value="faults">
          <Accordion.Control>{t('machines.virtual.faults')}</Accordion.Control>
          <Accordion.Panel>
            <Faults machineId={machine.id} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <Button variant="default" color="red" w="fit-content" disabled={!isConnected(machine)} loading={unplug.busy} onClick={unplug.run}>
        {t('machines.virtual.unplug')}
      </Button>
    </Sheet>
  )
}
