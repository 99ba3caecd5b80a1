import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useMemo } from 'react'
import { useLocale } from '../i18n/locale'
import { LocaleContext } from '../i18n/text'
import { theme } from '../ui/theme'
import { Frame } from './frame'

/** The window. */
export function App() {
  const { locale, t } = useLocale()
  const text = useMemo(() => ({ locale, t }), [locale, t])
  useEffect(() => {
    document.documentElement.lang = locale
    document.title = t('frame.name')
    window.gongbang?.setLanguage(locale)
  }, [locale, t])
  return (
    <LocaleContext value={text}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Notifications position="bottom-right" zIndex={800} />
        <Frame />
      </MantineProvider>
    </LocaleContext>
  )
}
