import { Alert, Button, Group, Text } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'

/** The question that the firmware asks, with its own buttons. */
export function PromptPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const answer = useAction((button: number) => getClient().machines.answer({ machineId: machine.id, button }))
  const { prompt } = machine
  if (prompt === undefined) return undefined
  const buttons = prompt.buttons.length > 0 ? prompt.buttons : [t('machines.prompt.continue')]
  return (
    <Alert color="yellow" role="alert" title={t('machines.prompt')} icon={<IconMessageQuestion size={20} aria-hidden />}>
      <Text mb="sm">{prompt.text}</Text>
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
