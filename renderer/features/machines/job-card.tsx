import { Anchor, Button, Group, Progress, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../../shared/contract/jobs'
import { getClient } from '../../client/client'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { formatDuration, formatNumber } from '../../ui/format'
import { JOB_COLORS } from '../../ui/job-state'
import { Figures } from '../../ui/figures'
import { Sheet } from '../../ui/sheet'
import { CodedAlert } from '../../ui/coded-alert'
import styles from './machines.module.css'

function JobButtons({ job }: { readonly job: Job }) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  const jobId = job.id
  const start = useAction(() => getClient().jobs.start({ jobId }))
  const hold = useAction(() => getClient().jobs.hold({ jobId }))
  const resume = useAction(() => getClient().jobs.resume({ jobId }))
  const cancel = useAction(() => getClient().jobs.cancel({ jobId }))
  if (job.state === 'done' || job.state === 'failed' || job.state === 'cancelled') return undefined
  return (
    <Group gap="xs">
      {job.state === 'queued' && (
        <Button leftSection={<IconPlayerPlay size={17} aria-hidden />} loading={start.busy} onClick={start.run}>
          {t('machines.job.start')}
        </Button>
      )}
      {job.state === 'running' && (
        <Button variant="default" leftSection={<IconPlayerPause size={17} aria-hidden />} loading={hold.busy} onClick={hold.run}>
          {t('machines.job.hold')}
        </Button>
      )}
      {job.state === 'held' && (
        <Button leftSection={<IconPlayerPlay size={17} aria-hidden />} loading={resume.busy} onClick={resume.run}>
          {t('machines.job.resume')}
        </Button>
      )}
      <Button variant="default" leftSection={<IconX size={17} aria-hidden />} loading={cancel.busy} onClick={() => setAsking(true)}>
        {t('machines.job.cancel')}
      </Button>
      <Confirm opened={asking} title={t('machines.job.cancel')} text={t('machines.job.cancel.text', { name: job.name })} action={t('machines.job.cancel')} onConfirm={cancel.run} onClose={() => setAsking(false)} />
    </Group>
  )
}

/** The job of a machine: how far it is, and hold, resume, cancel; why it ended, unless the machine tells the same. */
export function JobCard({ job, isReasonTold }: { readonly job: Job; readonly isReasonTold: boolean }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const percent = job.progress * 100
  const isOver = job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
  const tookS = job.startedAt !== undefined && job.endedAt !== undefined ? (job.endedAt - job.startedAt) / 1000 : undefined
  return (
    <Sheet title={job.name} actions={<JobButtons job={job} />}>
      <Group align="center" wrap="nowrap">
        <Text className={styles['bigNumber']} c={JOB_COLORS[job.state] === 'red' ? 'red' : undefined}>
          {`${formatNumber(percent, locale, percent < 10 && percent > 0 ? 1 : 0)} %`}
        </Text>
        <Text role="status">{t(`jobs.state.${job.state}`)}</Text>
        {isOver && (
          <Anchor href={`#/jobs/${encodeURIComponent(job.id)}`} size="sm" ml="auto">
            {t('machines.job.details')}
          </Anchor>
        )}
      </Group>
      <Progress value={percent} color={JOB_COLORS[job.state]} size="lg" aria-label={t('machines.job.progress')} />
      <Figures
        inLine
        figures={[
          { label: t('machines.job.left'), value: isOver || job.remainingS === undefined ? undefined : formatDuration(job.remainingS, locale) },
          { label: t('machines.job.took'), value: tookS === undefined ? undefined : formatDuration(tookS, locale) },
          { label: t('machines.job.layer'), value: job.layerCount === 0 ? undefined : job.layerCount === undefined ? job.layer : `${job.layer ?? 0} / ${job.layerCount}` },
          { label: t('machines.job.lines'), value: `${formatNumber(job.linesAcknowledged, locale)} / ${formatNumber(job.lineCount, locale)}` },
          { label: t('machines.job.resends'), value: job.resends === 0 ? undefined : formatNumber(job.resends, locale) },
        ]}
      />
      <CodedAlert reason={isReasonTold ? undefined : job.reason} color={job.state === 'failed' ? 'red' : 'yellow'} />
    </Sheet>
  )
}
