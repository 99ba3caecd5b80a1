import { type Icon, IconAdjustmentsHorizontal, IconBooks, IconCube, IconEye, IconHistory, IconHome, IconPrinter, IconSettings } from '@tabler/icons-react'
import { useText } from '../i18n/text'
import { type Screen, useRoute } from '../ui/navigate'
import styles from './frame.module.css'

type RailScreen = Exclude<Screen, 'print'>

const ICONS: Readonly<Record<RailScreen, Icon>> = {
  start: IconHome,
  library: IconBooks,
  prepare: IconCube,
  preview: IconEye,
  machines: IconPrinter,
  jobs: IconHistory,
  profiles: IconAdjustmentsHorizontal,
  settings: IconSettings,
}
const UPPER: readonly RailScreen[] = ['start', 'library', 'prepare', 'preview', 'machines', 'jobs', 'profiles']

function RailLink({ screen, isCurrent }: { readonly screen: RailScreen; readonly isCurrent: boolean }) {
  const t = useText()
  const ScreenIcon = ICONS[screen]
  return (
    <a href={`#/${screen}`} className={styles['link']} aria-current={isCurrent ? 'page' : undefined}>
      <ScreenIcon size={22} stroke={1.6} aria-hidden />
      {t(`frame.${screen}`)}
    </a>
  )
}

/** The way between the screens; the print dialog counts as part of the preview. */
export function Rail() {
  const t = useText()
  const { screen } = useRoute()
  const current = screen === 'print' ? 'preview' : screen
  return (
    <nav className={styles['rail']} aria-label={t('frame.navigation')}>
      {UPPER.map((name) => (
        <RailLink key={name} screen={name} isCurrent={name === current} />
      ))}
      <div className={styles['spacer']} />
      <RailLink screen="settings" isCurrent={current === 'settings'} />
    </nav>
  )
}
