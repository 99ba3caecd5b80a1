import { Anchor, Badge, Group, Text } from '@mantine/core'
import { useLiveMachines, isConnected } from '../../client/live'
import { machineName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'
import styles from './start.module.css'

const MOST_SHOWN = 4

/** The machines of this studio, connected ones first. */
export function ConnectedMachines() {
  const t = useText()
  const machines = useLiveMachines((live) => live.items)
  if (machines === undefined) return undefined
  const sorted = [...machines].sort((a, b) => Number(isConnected(b)) - Number(isConnected(a)))
  return (
    <Sheet
      title={t('frame.machines')}
      actions={
        <Anchor href="#/machines?add" size="sm">
          {t('start.machines.add')}
        </Anchor>
      }
    >
      <div>
        {sorted.slice(0, MOST_SHOWN).map((machine) => (
          <div key={machine.id} className={styles['line']}>
            <Group gap="sm">
              <Anchor href={`#/machines/${encodeURIComponent(machine.id)}`} fw={600} c="inherit">
                {machineName(t, machine)}
              </Anchor>
              <Text size="sm" c="dimmed">
                {machine.kind === 'virtual' ? t('machines.virtual') : machine.port}
              </Text>
            </Group>
            <Badge variant="light" color={isConnected(machine) ? 'celadon' : 'gray'} tt="none" fw={600}>
              {t(`machines.state.${machine.state}`)}
            </Badge>
          </div>
        ))}
      </div>
    </Sheet>
  )
}
