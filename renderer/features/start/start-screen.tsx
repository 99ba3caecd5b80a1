import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconFileImport, IconPlayerPlay } from '@tabler/icons-react'
import { useDesigns } from '../../library/designs'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { runCommand, useCommands } from '../../ui/commands'
import { CalibrationPrints } from './calibration-prints'
import { ConnectedMachines } from './connected-machines'
import { RecentDesigns } from './recent-designs'
import { SamplePicture } from './sample-picture'
import styles from './start.module.css'
import { trySample } from './try-sample'
import { Unfinished } from './unfinished'

function TryButton({ isFirst }: { readonly isFirst: boolean }) {
  const t = useText()
  const sample = useAction(() => trySample(t('start.sample.title'), t('start.sample.tag')))
  useCommands([{ id: 'start.try', title: 'start.try', run: () => sample.run() }])
  return (
    <Button size={isFirst ? 'md' : 'sm'} variant={isFirst ? 'filled' : 'default'} leftSection={<IconPlayerPlay size={18} aria-hidden />} loading={sample.busy} onClick={() => sample.run()}>
      {t('start.try')}
    </Button>
  )
}

function ImportButton({ isFirst }: { readonly isFirst: boolean }) {
  const t = useText()
  return (
    <Button size={isFirst ? 'md' : 'sm'} variant={isFirst ? 'default' : 'filled'} leftSection={<IconFileImport size={18} aria-hidden />} onClick={() => runCommand('import.open')}>
      {t('import.open')}
    </Button>
  )
}

function Welcome() {
  const t = useText()
  return (
    <section className={`studio-sheet ${styles['hero']}`} aria-label={t('start.title')}>
      <Stack gap="md">
        <Title order={1} fz="1.9rem">
          {t('start.title')}
        </Title>
        <Text size="lg" maw={560}>
          {t('start.lead')}
        </Text>
        <Group gap="sm" mt="xs">
          <TryButton isFirst />
          <ImportButton isFirst />
        </Group>
        <Text size="sm" c="dimmed" maw={560}>
          {t('start.try.help')}
        </Text>
      </Stack>
      <SamplePicture />
    </section>
  )
}

function WelcomeBack() {
  const t = useText()
  return (
    <Group justify="space-between" align="flex-end">
      <Stack gap={2}>
        <Title order={1}>{t('start.title')}</Title>
        <Text c="dimmed" size="sm">
          {t('start.lead')}
        </Text>
      </Stack>
      <Group gap="xs">
        <TryButton isFirst={false} />
        <ImportButton isFirst={false} />
      </Group>
    </Group>
  )
}

/** Where the studio opens: for a newcomer the way to a first print, for everybody else what they were at. */
export function StartScreen() {
  const designs = useDesigns({ sort: 'newest' })
  if (designs === undefined) return undefined
  return (
    <Stack p="lg" gap="lg" maw={1240} mx="auto">
      {designs.length === 0 ? <Welcome /> : <WelcomeBack />}
      <Unfinished />
      <RecentDesigns designs={designs} />
      <ConnectedMachines />
      <CalibrationPrints />
    </Stack>
  )
}
