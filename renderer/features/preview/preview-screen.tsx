import { Alert, Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconDownload, IconPrinter, IconStack2 } from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { machineVolume } from '../../../shared/machine/machine-volume'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { runCommand } from '../../ui/commands'
import { EmptyState } from '../../ui/empty-state'
import { Figures } from '../../ui/figures'
import { printFigures } from '../../ui/print-figures'
import { navigate } from '../../ui/navigate'
import { notifyError } from '../../ui/notify'
import { ProblemList } from '../../ui/problem-list'
import { ProgressLine } from '../../ui/progress-line'
import { useToolpathData } from '../../viewer/use-toolpath-data'
import { toolpathBox } from '../../workspace/part-shape'
import { chosenProfiles } from '../../workspace/plate-profiles'
import { useProfileChoice } from '../../workspace/profile-choice'
import type { ReadyPrint } from '../../workspace/ready-print'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { LayerSlider } from './layer-slider'
import { LayerStops } from './layer-stops'
import { Legend } from './legend'
import { MoveBar } from './move-bar'
import styles from './preview.module.css'
import { usePreviewCommands } from './preview-commands'
import { beginPrint, printViewer, usePreview } from './preview-state'
import { PreviewViewport } from './preview-viewport'
import { saveGcode } from './save-gcode'
import { usePlay } from './use-play'

function Slicing() {
  const t = useText()
  const { sliceState, cancelSlice } = useWorkspace()
  if (sliceState.kind !== 'slicing') return undefined
  const { progress } = sliceState
  return <ProgressLine immediate label={t('prepare.slicing')} value={progress && progress.total > 0 ? progress.done / progress.total : undefined} onCancel={cancelSlice} />
}

/** Nothing was sliced or opened yet: the way there. */
function NothingYet() {
  const t = useText()
  const { sliceState, slice } = useWorkspace()
  const hasObjects = usePlate().objects.length > 0
  return (
    <>
      <VisuallyHidden>
        <Title order={1}>{t('frame.preview')}</Title>
      </VisuallyHidden>
      <EmptyState icon={IconStack2} title={t('preview.empty')} help={t(hasObjects ? 'preview.empty.slice' : 'preview.empty.help')}>
        {sliceState.kind === 'slicing' && <Slicing />}
        {sliceState.kind === 'failed' && <ProblemList problems={sliceState.problems} />}
        {sliceState.kind !== 'slicing' && hasObjects && <Button onClick={() => void slice()}>{t('prepare.slice')}</Button>}
        <Button variant="default" onClick={() => navigate('/prepare')}>
          {t('preview.toPrepare')}
        </Button>
        {!hasObjects && (
          <Button variant="default" onClick={() => runCommand('import.open')}>
            {t('preview.openGcode')}
          </Button>
        )}
      </EmptyState>
    </>
  )
}

/** The plate has moved on since this print was made of it. */
function Outdated() {
  const t = useText()
  const { sliceState, slice } = useWorkspace()
  return (
    <Alert color="yellow" py="xs" role="note">
      <Stack gap="xs">
        <Text size="sm">{t('prepare.outdated')}</Text>
        {sliceState.kind === 'slicing' ? (
          <Slicing />
        ) : (
          <Button size="compact-sm" variant="default" w="fit-content" onClick={() => void slice()}>
            {t('preview.sliceAgain')}
          </Button>
        )}
        {sliceState.kind === 'failed' && <ProblemList problems={sliceState.problems} />}
      </Stack>
    </Alert>
  )
}

function Side({ print, children }: { readonly print: ReadyPrint; readonly children: ReactNode }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const isCurrent = useWorkspace((state) => state.isPrintCurrent)
  const made = [print.machineName, print.materialName, print.qualityName].filter((name) => name !== undefined).join(' · ')
  return (
    <aside className={styles['side']} aria-label={t('preview.about')}>
      <div className={styles['sideScroll']}>
        <div>
          <Title order={1} className={styles['heading'] ?? ''}>
            {print.title}
          </Title>
          <Text size="xs" c="dimmed">
            {made === '' ? t('preview.fromFile') : made}
          </Text>
        </div>
        {!isCurrent && <Outdated />}
        <Figures figures={printFigures(print, t, locale)} />
        <LayerStops print={print} />
        {children}
        <ProblemList problems={print.problems} />
      </div>
      <Group grow gap="xs" className={styles['actions'] ?? ''}>
        <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} onClick={() => saveGcode(print)}>
          {t('preview.save')}
        </Button>
        <Button leftSection={<IconPrinter size={17} aria-hidden />} onClick={() => navigate('/print')}>
          {t('prepare.print')}
        </Button>
      </Group>
    </aside>
  )
}

function Preview({ print }: { readonly print: ReadyPrint }) {
  const choice = useProfileChoice()
  const plate = usePlate()
  const laidOut = useToolpathData(print.toolpath)
  const data = laidOut.kind === 'ready' ? laidOut.data : undefined
  const machineId = print.machineId ?? plate.machineId
  const volume = useMemo(() => machineVolume(chosenProfiles(choice, { ...plate, machineId }).machine), [choice, plate, machineId])
  useEffect(() => {
    if (beginPrint(print, print.toolpath.layers.length)) printViewer.fit(toolpathBox(print.toolpath))
  }, [print])
  // Playing is for watching.
  useEffect(() => () => usePreview.setState({ isPlaying: false }), [])
  useEffect(() => {
    if (laidOut.kind === 'failed') notifyError(laidOut.error)
  }, [laidOut])
  usePreviewCommands(print, data?.layerStarts)
  usePlay(data?.layerStarts)
  return (
    <div className={styles['screen']}>
      <div className={styles['picture']}>
        <PreviewViewport print={print} data={data} volume={volume} />
        <LayerSlider print={print} />
        {data !== undefined && <MoveBar print={print} data={data} />}
      </div>
      <Side print={print}>{data !== undefined && <Legend print={print} data={data} />}</Side>
    </div>
  )
}

/** The print as the machine will move: layer by layer, move by move. */
export function PreviewScreen() {
  const print = useWorkspace((state) => state.madePrint)
  return print === undefined ? <NothingYet /> : <Preview print={print} />
}
