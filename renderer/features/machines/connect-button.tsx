import { Button, type ButtonProps } from '@mantine/core'
import { IconPlug, IconPlugOff } from '@tabler/icons-react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { isConnected } from '../../client/live'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'

/** Opens or closes the link to a machine. */
export function ConnectButton({ machine, ...rest }: { readonly machine: MachineStatus } & ButtonProps) {
  const t = useText()
  const machineId = machine.id
  const connect = useAction(() => getClient().machines.connect({ machineId }))
  const disconnect = useAction(() => getClient().machines.disconnect({ machineId }))
  if (isConnected(machine)) {
    const isPrinting = machine.state === 'printing' || machine.state === 'held'
    return (
      <Button variant="default" leftSection={<IconPlugOff size={17} aria-hidden />} loading={disconnect.busy} disabled={isPrinting} onClick={disconnect.run} {...rest}>
        {t('machines.disconnect')}
      </Button>
    )
  }
  return (
    <Button leftSection={<IconPlug size={17} aria-hidden />} loading={connect.busy || machine.state === 'connecting'} onClick={connect.run} {...rest}>
      {t('machines.connect')}
    </Button>
  )
}
