import { Center, Loader } from '@mantine/core'
import { type ComponentType, Suspense, lazy } from 'react'
import { useText } from '../i18n/text'
import { type Screen, useRoute } from '../ui/navigate'
import { ErrorBoundary } from './error-boundary'

const SCREEN_PARTS: Readonly<Record<Screen, ComponentType>> = {
  start: lazy(async () => ({ default: (await import('../features/start/start-screen')).StartScreen })),
  library: lazy(async () => ({ default: (await import('../features/library/library-screen')).LibraryScreen })),
  prepare: lazy(async () => ({ default: (await import('../features/prepare/prepare-screen')).PrepareScreen })),
  preview: lazy(async () => ({ default: (await import('../features/preview/preview-screen')).PreviewScreen })),
  print: lazy(async () => ({ default: (await import('../features/print/print-screen')).PrintScreen })),
  machines: lazy(async () => ({ default: (await import('../features/machines/machines-screen')).MachinesScreen })),
  jobs: lazy(async () => ({ default: (await import('../features/jobs/jobs-screen')).JobsScreen })),
  profiles: lazy(async () => ({ default: (await import('../features/profiles/profiles-screen')).ProfilesScreen })),
  settings: lazy(async () => ({ default: (await import('../features/settings/settings-screen')).SettingsScreen })),
}

/** The screen of the route; a crash stays inside it. */
export function CurrentScreen() {
  const t = useText()
  const { screen } = useRoute()
  const Part = SCREEN_PARTS[screen]
  return (
    <ErrorBoundary key={screen}>
      <Suspense
        fallback={
          <Center h="100%">
            <Loader aria-label={t('frame.loading')} />
          </Center>
        }
      >
        <Part />
      </Suspense>
    </ErrorBoundary>
  )
}
