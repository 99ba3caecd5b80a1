import { Button, Tooltip } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { getClient } from '../client/client'
import { isConnected, useLiveMachines, useMachines } from '../client/live'
import { useText } from '../i18n/text'
import { notifyError, notifySuccess } from '../ui/notify'
import { shortcutKeys } from '../ui/shortcuts'

/** Stops every connected machine at once, without asking; all at the same time, so that none waits for another. */
export async function stopEverything(): Promise<void> {
  const machines = (useLiveMachines.getState().items ?? []).filter(isConnected)
  if (machines.length === 0) {
    notifySuccess('frame.stop.none')
    return
  }
  await Promise.all(
    machines.map(async ({ id, name }) => {
      try {
        await getClient().machines.emergencyStop({ machineId: id })
        notifySuccess('frame.stop.done', { name })
      } catch (error) {
        notifyError(error)
      }
    }),
  )
}

/** Always in sight while a machine is connected. */
export function EmergencyStop() {
  const t = useText()
  if (!useMachines().some(isConnected)) return undefined
  return (
    <Tooltip label={t('frame.stop.hint', { keys: shortcutKeys('mod+shift+x').join(' ') })} multiline w={280}>
      <Button color="red" variant="filled" leftSection={<IconHandStop size={18} aria-hidden />} onClick={() => void stopEverything()}>
        {t('frame.stop')}
      </Button>
    </Tooltip>
  )
}
