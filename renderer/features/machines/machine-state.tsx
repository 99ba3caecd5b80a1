import { Badge } from '@mantine/core'
import type { MachineStatus } from '../../../shared/contract/machines'
import { useText } from '../../i18n/text'

const COLORS: Readonly<Record<MachineStatus['state'], string>> = {
  disconnected: 'gray',
  connecting: 'yellow',
  ready: 'celadon',
  printing: 'celadon',
  held: 'yellow',
  halted: 'red',
  faulted: 'red',
}

/** The state of a machine in a word. */
export function MachineState({ state }: { readonly state: MachineStatus['state'] }) {
  const t = useText()
  return (
    <Badge color={COLORS[state]} variant="light" tt="none" fw={600}>
      {t(`machines.state.${state}`)}
    </Badge>
  )
}
