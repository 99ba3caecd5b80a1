import { useMantineColorScheme } from '@mantine/core'
import { useEffect, useState } from 'react'
import { followStudio } from '../client/live'
import { ImportDialog } from '../features/import/import-dialog'
import { GuideStrip } from '../features/start/guide-strip'
import { useLocale } from '../i18n/locale'
import { useText } from '../i18n/text'
import { startLibrary } from '../library/start-library'
import { type Command, runCommand, useCommands } from '../ui/commands'
import { SCREENS, navigate } from '../ui/navigate'
import { useBench } from '../workspace/use-bench'
import { DropAnywhere } from './drop-anywhere'
import { stopEverything } from './emergency-stop'
import styles from './frame.module.css'
import { useShortcuts } from './keyboard'
import { KeyboardHelp } from './keyboard-help'
import { Palette, openPalette } from './palette'
import { Rail } from './rail'
import { RefusedNotice } from './refused-notice'
import { CurrentScreen } from './screens'
import { TopBar } from './top-bar'
import { useBridge } from './use-bridge'

const DIGITS: readonly string[] = SCREENS.filter((screen) => screen !== 'print')

const NAVIGATION: readonly Command[] = SCREENS.map((screen) => {
  const digit = DIGITS.indexOf(screen) + 1
  return { id: `go.${screen}`, title: `frame.go.${screen}`, run: () => navigate(`/${screen}`), ...(digit > 0 ? { shortcut: `alt+${digit}` } : {}) } as const
})

function useFrameCommands(openHelp: () => void): void {
  const { setColorScheme } = useMantineColorScheme()
  const setLocale = useLocale((state) => state.setLocale)
  useCommands([
    ...NAVIGATION,
    { id: 'palette.open', title: 'frame.palette', shortcut: 'mod+k', global: true, run: openPalette },
    { id: 'help.shortcuts', title: 'frame.help', shortcut: '?', run: openHelp },
    { id: 'machine.emergencyStop', title: 'frame.stop', shortcut: 'mod+shift+x', global: true, run: () => void stopEverything() },
    { id: 'language.ko', title: 'frame.language.toKorean', run: () => setLocale('ko') },
    { id: 'language.en', title: 'frame.language.toEnglish', run: () => setLocale('en') },
    { id: 'scheme.light', title: 'frame.scheme.light.command', run: () => setColorScheme('light') },
    { id: 'scheme.dark', title: 'frame.scheme.dark.command', run: () => setColorScheme('dark') },
    { id: 'scheme.auto', title: 'frame.scheme.auto.command', run: () => setColorScheme('auto') },
  ])
}

/** What surrounds every screen: bar, rail, palette, drop anywhere, shortcuts. */
export function Frame() {
  const t = useText()
  const [helpOpened, setHelpOpened] = useState(false)
  useFrameCommands(() => setHelpOpened(true))
  useShortcuts()
  useBridge(runCommand)
  useBench()
  useEffect(followStudio, [])
  useEffect(startLibrary, [])
  return (
    <div className={styles['frame']}>
      <a href="#main" className={styles['skip']} onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}>
        {t('frame.skip')}
      </a>
      <TopBar onHelp={() => setHelpOpened(true)} />
      <Rail />
      <GuideStrip />
      <main id="main" className={styles['main']} tabIndex={-1}>
        <RefusedNotice />
        <CurrentScreen />
      </main>
      <Palette />
      <KeyboardHelp opened={helpOpened} onClose={() => setHelpOpened(false)} />
      <ImportDialog />
      <DropAnywhere />
    </div>
  )
}
