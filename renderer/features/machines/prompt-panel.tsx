import { Alert, Button, Group, Text } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { type TextKey, useText } from '../../i18n/text'
import { useAction } from '../../ui/action'

/** What Marlin asks in its own English words, and what is to be done then. */
const HINTS: Readonly<Record<string, TextKey>> = {
  'Nozzle Parked': 'machines.prompt.hint.parked',
  Paused: 'machines.prompt.hint.purged',
  'Heater Timeout': 'machines.prompt.hint.cold',
  'FilamentRunout T0': 'machines.prompt.hint.runout',
  'M0/1 Break Called': 'machines.prompt.hint.break',
}

/** The question that the firmware asks, with its own buttons. */
export function PromptPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const answer = useAction((button: number) => getClient().machines.answer({ machineId: machine.id, button }))
  const { prompt } = machine
  if (prompt === undefined) return undefined
  const hint = HINTS[prompt.text]
  const buttons = prompt.buttons.length > 0 ? prompt.buttons : [t('machines.prompt.continue')]
  return (
    <Alert color="yellow" role="alert" title={t('machines.prompt')} icon={<IconMessageQuestion size={20} aria-hidden />}>
      <Text mb={hint === undefined ? 'sm' : 4}>{prompt.text}</Text>
      {hint !== undefined && (
        <Text size="sm" mb="sm">
          {t(hint)}
        </Text>
      )}
      <Group>
        {buttons.map((label, index) => (
          <Button key={label} variant={index === 0 ? 'filled' : 'default'} disabled={answer.busy} onClick={() => answer.run(index)}>
            {label}
          </Button>
        ))}
      </Group>
    </Alert>
  )
}
