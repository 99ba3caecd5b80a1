import { Anchor, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import type { MachineStatus } from '../../../shared/contract/machines'
import { useMachines } from '../../client/live'
import { machineName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'
import { ConnectButton } from './connect-button'
import { CodedAlert } from '../../ui/coded-alert'
import { MachineState } from './machine-state'
import { useProfileName } from './machine-profiles'
import { formatTemperature } from './temperature-text'

function Heaters({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const hotend = machine.hotends[0]
  if (hotend === undefined) return undefined
  return (
    <Text size="sm" className="tabular">
      {`${t('machines.hotend')} ${formatTemperature(hotend)}`}
      {machine.bed !== undefined && ` · ${t('machines.bed')} ${formatTemperature(machine.bed)}`}
    </Text>
  )
}

function MachineCard({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const profileName = useProfileName(machine.profileId)
  return (
    <Sheet>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          <Anchor href={`#/machines/${encodeURIComponent(machine.id)}`} fw={600} c="inherit" truncate>
            {machineName(t, machine)}
          </Anchor>
          <Text size="sm" c="dimmed" truncate>
            {[profileName, machine.kind === 'virtual' ? t('machines.virtual') : machine.port].filter(Boolean).join(' · ')}
          </Text>
        </Stack>
        <MachineState state={machine.state} />
      </Group>
      <Heaters machine={machine} />
      <CodedAlert reason={machine.reason} />
      <Group gap="xs">
        <ConnectButton machine={machine} size="xs" />
        <Anchor href={`#/machines/${encodeURIComponent(machine.id)}`} size="sm" ml="auto">
          {t('machines.open')}
        </Anchor>
      </Group>
    </Sheet>
  )
}

/** Every machine of this studio. */
export function MachineList() {
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
      {useMachines().map((machine) => (
        <MachineCard key={machine.id} machine={machine} />
      ))}
    </SimpleGrid>
  )
}
