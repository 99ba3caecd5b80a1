import { Button, Group, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatBytes } from '../../ui/format'
import { Sheet } from '../../ui/sheet'

interface Storage {
  readonly usedBytes: number
  /** Whether the browser promises not to clear it when it needs room. */
  readonly isPersistent: boolean
}

async function readStorage(): Promise<Storage | undefined> {
  // Absent where the page is no secure context.
  if (!('storage' in navigator)) return undefined
  const [{ usage = 0 }, isPersistent] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
  return { usedBytes: usage, isPersistent }
}

/** How much this window keeps of the library; the durable one is the studio's. */
export function StorageSheet() {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const [storage, setStorage] = useState<Storage>()
  const read = useCallback(() => void readStorage().then(setStorage, () => setStorage(undefined)), [])
  useEffect(read, [read])
  return (
    <Sheet title={t('settings.storage')}>
      <Text size="sm">{t('settings.storage.text')}</Text>
      {storage !== undefined && (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {`${t('settings.storage.used', { size: formatBytes(storage.usedBytes, locale) })} · ${t(storage.isPersistent ? 'settings.storage.persistent' : 'settings.storage.clearable')}`}
          </Text>
          {!storage.isPersistent && (
            <Button size="xs" variant="default" onClick={() => void navigator.storage.persist().then(read)}>
              {t('settings.storage.persist')}
            </Button>
          )}
        </Group>
      )}
    </Sheet>
  )
}
