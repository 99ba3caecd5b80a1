import { Alert } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useConnection } from '../client/client'
import { useText } from '../i18n/text'

/** Says at the top of every screen that the studio doesn't take this window's key, and where the right one is. */
export function RefusedNotice() {
  const t = useText()
  const isRefused = useConnection(({ state }) => state === 'refused')
  if (!isRefused) return undefined
  return (
    <Alert color="yellow" radius={0} icon={<IconKey size={20} aria-hidden />} title={t('frame.connection.refused')} role="alert">
      {t('frame.connection.refused.help')}
    </Alert>
  )
}
