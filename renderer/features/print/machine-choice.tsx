import { Group, Radio, Stack, Text } from '@mantine/core'
import type { MachineStatus } from '../../../shared/contract/machines'
import { useMachines } from '../../client/live'
import { machineName } from '../../i18n/names'
import { useText } from '../../i18n/text'

/** True when a job can be started on the machine now, perhaps after connecting. */
export function isFree(machine: MachineStatus): boolean {
  return machine.state === 'ready' || machine.state === 'disconnected'
}

/** The machine that a print most likely goes to: one of the kind it was made for, connected before others, else the first free one; one that is being connected stays it. */
export function likelyMachine(machines: readonly MachineStatus[], profileId: string | undefined): MachineStatus | undefined {
  const free = machines.filter((machine) => machine.purpose === 'printer' && (isFree(machine) || machine.state === 'connecting'))
  const ofKind = free.filter((machine) => profileId === undefined || machine.profileId === profileId)
  return ofKind.find(({ state }) => state === 'ready') ?? ofKind[0] ?? free[0]
}

export interface MachineChoiceProps {
  readonly chosenId: string | undefined
  readonly onChoose: (machineId: string) => void
}

/** Every printer, to choose one. */
export function MachineChoice({ chosenId, onChoose }: MachineChoiceProps) {
  const t = useText()
  const machines = useMachines().filter(({ purpose }) => purpose === 'printer')
  if (machines.length === 0) return <Text c="dimmed">{t('print.where.none')}</Text>
  return (
    <Radio.Group value={chosenId ?? ''} onChange={onChoose} aria-label={t('print.where')}>
      <Stack gap="xs">
        {machines.map((machine) => (
          <Radio.Card key={machine.id} value={machine.id} p="sm" radius="md" disabled={!isFree(machine)}>
            <Group wrap="nowrap">
              <Radio.Indicator disabled={!isFree(machine)} />
              <Stack gap={0} flex={1}>
                <Text fw={600}>{machineName(t, machine)}</Text>
                <Text size="sm" c="dimmed">
                  {machine.kind === 'virtual' ? t('machines.virtual') : machine.port}
                </Text>
              </Stack>
              <Text size="sm" c="dimmed">
                {t(`machines.state.${machine.state}`)}
              </Text>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  )
}
