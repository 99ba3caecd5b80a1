import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useJobs, useLiveJobs } from '../../client/live'
import { useText } from '../../i18n/text'
import { EmptyState } from '../../ui/empty-state'
import { navigate, useRoute } from '../../ui/navigate'
import { Page } from '../../ui/page'
import { JobList } from './job-list'
import { JobPage } from './job-page'

function AllJobs() {
  const t = useText()
  const jobs = useJobs()
  const isKnown = useLiveJobs((live) => live.items !== undefined)
  return (
    <Page title={t('frame.jobs')} lead={t('jobs.lead')}>
      {!isKnown && <EmptyState icon={IconHistory} title={t('jobs.away')} help={t('frame.connection.closed.help')} />}
      {isKnown && jobs.length === 0 && (
        <EmptyState icon={IconHistory} title={t('jobs.none')} help={t('jobs.none.help')}>
          <Button onClick={() => navigate('/prepare')}>{t('jobs.none.start')}</Button>
        </EmptyState>
      )}
      {jobs.length > 0 && <JobList jobs={jobs} />}
    </Page>
  )
}

/** The history of jobs, or one of them. */
export function JobsScreen() {
  const t = useText()
  const { id } = useRoute()
  const job = useJobs().find((one) => one.id === id)
  if (id === undefined) return <AllJobs />
  if (job !== undefined) return <JobPage key={id} job={job} />
  return (
    <EmptyState icon={IconHistory} title={t('jobs.gone')}>
      <Button variant="default" onClick={() => navigate('/jobs')}>
        {t('jobs.all')}
      </Button>
    </EmptyState>
  )
}
