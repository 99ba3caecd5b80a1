import { Anchor, Button, Group, SegmentedControl, SimpleGrid, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { StudioClient } from '../../client/client'
import { getClient } from '../../client/client'
import { useLocale } from '../../i18n/locale'
import { type Locale, useText } from '../../i18n/text'
import { notifyError } from '../../ui/notify'
import { Page } from '../../ui/page'
import { Sheet } from '../../ui/sheet'
import { DoctorSheet } from './doctor-sheet'
import { EnginesSheet } from './engines-sheet'
import { StorageSheet } from './storage-sheet'

type Hello = Awaited<ReturnType<StudioClient['system']['hello']>>

function Look() {
  const t = useText()
  const { locale, setLocale } = useLocale()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Sheet title={t('settings.look')}>
      <Group justify="space-between">
        <Text size="sm">{t('frame.language')}</Text>
        <SegmentedControl
          aria-label={t('frame.language')}
          value={locale}
          onChange={(next) => setLocale(next as Locale)}
          data={[
            { value: 'ko', label: '한국어' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Group>
      <Group justify="space-between">
        <Text size="sm">{t('frame.scheme')}</Text>
        <SegmentedControl
          aria-label={t('frame.scheme')}
          value={colorScheme}
          onChange={(next) => setColorScheme(next as 'light' | 'dark' | 'auto')}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`frame.scheme.${value}`) }))}
        />
      </Group>
    </Sheet>
  )
}

const DOORS = { electron: 'settings.door.electron', host: 'settings.door.host', process: 'settings.door.host' } as const

function About() {
  const t = useText()
  const [hello, setHello] = useState<Hello>()
  useEffect(() => {
    getClient().system.hello().then(setHello, notifyError)
  }, [])
  return (
    <Sheet title={t('settings.about')}>
      <Text size="sm">{t('settings.about.text')}</Text>
      {hello !== undefined && (
        <Text size="sm" c="dimmed">
          {`${hello.name} ${hello.version} · ${t(DOORS[hello.door])} · ${hello.platform}`}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('settings.about.licence')}
      </Text>
    </Sheet>
  )
}

/** What belongs to this computer and this window: language, colours, what is here and what lacks, storage. */
export function SettingsScreen() {
  const t = useText()
  return (
    <Page title={t('frame.settings')} maxWidth={1100}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack>
          <Look />
          <EnginesSheet />
          <StorageSheet />
          <About />
        </Stack>
        <DoctorSheet />
      </SimpleGrid>
      <Group>
        <Button component="a" href="#/profiles" variant="default">
          {t('settings.profiles')}
        </Button>
        <Anchor href="#/start" size="sm">
          {t('frame.go.start')}
        </Anchor>
      </Group>
    </Page>
  )
}
