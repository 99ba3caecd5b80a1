import { ActionIcon, Group, SegmentedControl, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconCommand, IconDeviceDesktop, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { useLocale } from '../i18n/locale'
import { type Locale, useText } from '../i18n/text'
import { shortcutKeys } from '../ui/shortcuts'
import { ActiveJob } from './active-job'
import { ConnectionState } from './connection-state'
import { EmergencyStop } from './emergency-stop'
import styles from './frame.module.css'
import iconUrl from './icon.svg'
import { openPalette } from './palette'

const NEXT_SCHEME = { auto: 'light', light: 'dark', dark: 'auto' } as const
const SCHEME_ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const

function SchemeSwitch() {
  const t = useText()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const SchemeIcon = SCHEME_ICONS[colorScheme]
  const label = t('frame.scheme.next', { scheme: t(`frame.scheme.${colorScheme}`) })
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setColorScheme(NEXT_SCHEME[colorScheme])}>
        <SchemeIcon size={19} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function LanguageSwitch() {
  const t = useText()
  const { locale, setLocale } = useLocale()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('frame.language')}
      value={locale}
      onChange={(next) => setLocale(next as Locale)}
      data={[
        { value: 'ko', label: '한' },
        { value: 'en', label: 'EN' },
      ]}
    />
  )
}

/** The bar above every screen. */
export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  const t = useText()
  const paletteLabel = `${t('frame.palette')} (${shortcutKeys('mod+k').join(' ')})`
  return (
    <header className={styles['bar']}>
      <a href="#/start" className={styles['brand']} aria-label={t('frame.name')}>
        <img src={iconUrl} alt="" width={26} height={26} />
        <span className={styles['name']}>{t('frame.name')}</span>
      </a>
      <div className={styles['spacer']} />
      <ActiveJob />
      <EmergencyStop />
      <ConnectionState />
      <Group gap={2} wrap="nowrap">
        <Tooltip label={paletteLabel}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={paletteLabel} onClick={openPalette}>
            <IconCommand size={19} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('frame.help')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('frame.help')} onClick={onHelp}>
            <IconKeyboard size={19} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <SchemeSwitch />
      </Group>
      <LanguageSwitch />
    </header>
  )
}
