import { Group, Progress, Text } from '@mantine/core'
import type { Job } from '../../shared/contract/jobs'
import { useJobs } from '../client/live'
import { useLocale } from '../i18n/locale'
import { useText } from '../i18n/text'
import { formatDuration } from '../ui/format'
import styles from './frame.module.css'

function isActive(job: Job): boolean {
  return job.state === 'running' || job.state === 'held'
}

/** Progress of the job that runs now, and the way to its machine. */
export function ActiveJob() {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const active = useJobs().filter(isActive)
  const job = active[0]
  if (job === undefined) return undefined
  const percent = Math.round(job.progress * 100)
  const state = job.state === 'held' ? t('frame.job.held') : job.remainingS === undefined ? '' : t('frame.job.left', { time: formatDuration(job.remainingS, locale) })
  return (
    <a href={`#/machines/${encodeURIComponent(job.machineId)}`} className={styles['job']} aria-label={t('frame.job.open', { name: job.name })}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="xs" truncate>
          {job.name}
          {active.length > 1 && ` ${t('frame.job.more', { count: active.length - 1 })}`}
        </Text>
        <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
          {`${percent} %${state === '' ? '' : ` · ${state}`}`}
        </Text>
      </Group>
      <Progress value={percent} size={5} color={job.state === 'held' ? 'yellow' : 'celadon'} aria-label={job.name} />
    </a>
  )
}
