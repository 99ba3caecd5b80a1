import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlayerPlay, IconPrinter, IconStack2 } from '@tabler/icons-react'
import type { Problem } from '../../../shared/units/problem'
import type { Progress } from '../../../shared/units/progress'
import { useLocale } from '../../i18n/locale'
import { type Translate, isTextKey, useText } from '../../i18n/text'
import { Figures } from '../../ui/figures'
import { printFigures } from '../../ui/print-figures'
import { navigate } from '../../ui/navigate'
import { ProblemList } from '../../ui/problem-list'
import { ProgressLine } from '../../ui/progress-line'
import { shortcutKeys } from '../../ui/shortcuts'
import type { ReadyPrint } from '../../workspace/ready-print'
import { useWorkspace } from '../../workspace/workspace-store'
import styles from './prepare.module.css'

function stageText(t: Translate, progress: Progress | undefined): string {
  const key = `prepare.stage.${progress?.stage ?? ''}`
  return isTextKey(key) ? t(key) : t('prepare.slicing')
}

function Ready({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  return (
    <>
      <Figures figures={printFigures(print, t, locale)} />
      <ProblemList problems={print.problems} />
      <Group grow gap="xs">
        <Button variant="default" leftSection={<IconStack2 size={17} aria-hidden />} onClick={() => navigate('/preview')}>
          {t('prepare.preview')}
        </Button>
        <Button leftSection={<IconPrinter size={17} aria-hidden />} onClick={() => navigate('/print')}>
          {t('prepare.print')}
        </Button>
      </Group>
    </>
  )
}

/** What the plate's own check finds, and what slicing found that the check didn't. */
function joined(found: readonly Problem[], failed: readonly Problem[]): readonly Problem[] {
  const told = new Set(found.map(({ code, place }) => `${code} ${JSON.stringify(place)}`))
  return [...found, ...failed.filter(({ code, place }) => !told.has(`${code} ${JSON.stringify(place)}`))]
}

/** Slices, shows how far it is, what it found and what comes of it. */
export function SlicePanel({ problems }: { readonly problems: readonly Problem[] }) {
  const t = useText()
  const { sliceState, madePrint, isPrintCurrent, slice, cancelSlice } = useWorkspace()
  const hasObjects = useWorkspace((state) => state.history.present.objects.length > 0)
  if (sliceState.kind === 'slicing') {
    const { progress } = sliceState
    return <ProgressLine immediate label={stageText(t, progress)} value={progress && progress.total > 0 ? progress.done / progress.total : undefined} onCancel={cancelSlice} />
  }
  const shown = hasObjects ? joined(problems, sliceState.kind === 'failed' ? sliceState.problems : []) : []
  const isReady = madePrint?.origin === 'sliced' && isPrintCurrent
  return (
    <Stack gap="sm">
      <div className={styles['problems']}>
        <ProblemList problems={shown} />
      </div>
      {isReady ? (
        <Ready print={madePrint} />
      ) : (
        <>
          <Button size="md" fullWidth disabled={!hasObjects} leftSection={<IconPlayerPlay size={18} aria-hidden />} title={shortcutKeys('mod+enter').join(' ')} onClick={() => void slice()}>
            {t('prepare.slice')}
          </Button>
          {madePrint?.origin === 'sliced' && (
            <Text size="xs" c="dimmed" ta="center">
              {t('prepare.outdated')}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
