import { Button, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useJobs } from '../../client/live'
import { useText } from '../../i18n/text'
import { navigate } from '../../ui/navigate'
import { Sheet } from '../../ui/sheet'
import { plateTitle } from '../../workspace/plate-summary'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import styles from './start.module.css'

function Line({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <div className={styles['line']}>
      <Text size="sm">{text}</Text>
      {children}
    </div>
  )
}

/** What was begun and isn't done: a plate, a print that was sliced, jobs that run. Nothing when all is done. */
export function Unfinished() {
  const t = useText()
  const plate = usePlate()
  const print = useWorkspace(({ madePrint, isPrintCurrent }) => (isPrintCurrent ? madePrint : undefined))
  const jobs = useJobs().filter(({ state }) => state === 'queued' || state === 'running' || state === 'held')
  if (plate.objects.length === 0 && print === undefined && jobs.length === 0) return undefined
  return (
    <Sheet title={t('start.unfinished')}>
      <div>
        {jobs.map((job) => (
          <Line key={job.id} text={t('start.unfinished.job', { name: job.name, machine: job.machineName, percent: Math.round(job.progress * 100) })}>
            <Button size="xs" variant="default" onClick={() => navigate(`/machines/${encodeURIComponent(job.machineId)}`)}>
              {t('start.unfinished.job.do')}
            </Button>
          </Line>
        ))}
        {print !== undefined && (
          <Line text={t('start.unfinished.print', { name: print.title })}>
            <Button size="xs" variant="default" onClick={() => navigate('/preview')}>
              {t('start.unfinished.print.do')}
            </Button>
          </Line>
        )}
        {plate.objects.length > 0 && print?.origin !== 'sliced' && (
          <Line text={t('start.unfinished.plate', { name: plateTitle(plate) })}>
            <Button size="xs" variant="default" onClick={() => navigate('/prepare')}>
              {t('start.unfinished.plate.do')}
            </Button>
          </Line>
        )}
      </div>
    </Sheet>
  )
}
