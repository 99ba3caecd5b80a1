import { Button, CloseButton, Group, Loader, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Job } from '../../../shared/contract/jobs'
import { useJobs, useMachines } from '../../client/live'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { navigate, useRoute } from '../../ui/navigate'
import { startJob } from '../../workspace/start-job'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { STATIONS, type GuideStep, guideStep, stationsBehind, trialTimeScale } from './guide-step'
import { endGuide, noteGuideJob, notePreviewSeen, useGuide } from './guide-store'
import styles from './start.module.css'
import { trySample } from './try-sample'

function useStep(): { readonly step: GuideStep; readonly job: Job | undefined } {
  const guide = useGuide()
  const job = useJobs().find(({ id }) => id === guide.jobId)
  const { objects } = usePlate()
  const { screen } = useRoute()
  const isSlicing = useWorkspace(({ sliceState }) => sliceState.kind === 'slicing')
  const hasPrint = useWorkspace(({ madePrint, isPrintCurrent }) => madePrint?.origin === 'sliced' && isPrintCurrent)
  useEffect(() => {
    if (screen === 'preview' && hasPrint) notePreviewSeen()
  }, [screen, hasPrint])
  return { step: guideStep({ hasObjects: objects.length > 0, isSlicing, hasPrint, hasSeenPreview: guide.hasSeenPreview, job }), job }
}

function Stations({ step }: { readonly step: GuideStep }) {
  const t = useText()
  const behind = stationsBehind(step)
  return (
    <ol className={styles['stations']} aria-label={t('start.guide.stations')}>
      {STATIONS.map((station, index) => (
        <li key={station} data-done={index < behind} aria-current={index === behind ? 'step' : undefined}>
          <span aria-hidden>{index < behind ? <IconCheck size={13} stroke={2.6} /> : index + 1}</span>
          {t(`start.guide.station.${station}`)}
        </li>
      ))}
    </ol>
  )
}

async function sliceAndTell(): Promise<void> {
  await useWorkspace.getState().slice()
}

/** Starts the print on the virtual printer, with time running fast enough to see it through. */
function useTrialPrint() {
  const virtual = useMachines().find(({ kind }) => kind === 'virtual')
  const print = useAction(async () => {
    const { madePrint } = useWorkspace.getState()
    if (madePrint === undefined || virtual === undefined) return
    const job = await startJob(madePrint, virtual, { onStep: () => undefined, timeScale: trialTimeScale(madePrint.estimate.timeS) })
    noteGuideJob(job.id)
    navigate(`/machines/${encodeURIComponent(virtual.id)}`)
  })
  return { ...print, canPrint: virtual !== undefined && (virtual.state === 'ready' || virtual.state === 'disconnected') }
}

function NextButton({ step, job }: { readonly step: GuideStep; readonly job: Job | undefined }) {
  const t = useText()
  const { screen } = useRoute()
  const slice = useAction(sliceAndTell)
  const print = useTrialPrint()
  const sample = useAction(() => trySample(t('start.sample.title'), t('start.sample.tag')))
  switch (step) {
    case 'empty':
      return <Button loading={sample.busy} onClick={() => sample.run()}>{t('start.guide.empty.do')}</Button>
    case 'slice':
    case 'slicing':
      return <Button loading={step === 'slicing' || slice.busy} onClick={() => slice.run()}>{t('start.guide.slice.do')}</Button>
    case 'preview':
      return <Button onClick={() => navigate('/preview')}>{t('start.guide.preview.do')}</Button>
    case 'print':
      return <Button loading={print.busy} disabled={!print.canPrint} onClick={() => print.run()}>{t('start.guide.print.do')}</Button>
    case 'printing':
      return screen === 'machines' ? <Loader size="sm" aria-label={t('start.guide.printing')} /> : <Button variant="default" onClick={() => navigate(`/machines/${encodeURIComponent(job?.machineId ?? '')}`)}>{t('start.guide.printing.do')}</Button>
    case 'failed':
      return <Button onClick={() => noteGuideJob(undefined)}>{t('start.guide.failed.do')}</Button>
    case 'done':
      return (
        <Button
          onClick={() => {
            endGuide()
            navigate(`/jobs/${encodeURIComponent(job?.id ?? '')}`)
          }}
        >
          {t('start.guide.done.do')}
        </Button>
      )
  }
}

function Strip() {
  const t = useText()
  const { step, job } = useStep()
  return (
    <section className={styles['strip']} aria-label={t('start.guide')}>
      <Stations step={step} />
      <Text size="sm" flex={1} miw={180} role="status">
        {t(`start.guide.${step}`)}
        {step === 'printing' && job !== undefined ? ` ${Math.round(job.progress * 100)} %` : ''}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <NextButton step={step} job={job} />
        <CloseButton aria-label={t('start.guide.end')} onClick={endGuide} />
      </Group>
    </section>
  )
}

/** Leads a newcomer from the sample on the plate to a finished job: where they are, what it means, and one button for what comes next. */
export function GuideStrip() {
  const isActive = useGuide((guide) => guide.isActive)
  return isActive ? <Strip /> : undefined
}
