import { Anchor, Group, Progress, SegmentedControl, Table, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Job } from '../../../shared/contract/jobs'
import { useLocale } from '../../i18n/locale'
import { jobMachineName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { formatDuration, formatMoment, formatNumber } from '../../ui/format'
import { JOB_COLORS, JobStateBadge } from '../../ui/job-state'
import { JOB_FILTERS, type JobFilter, filterJobs } from './filter-jobs'
import { JobPicture } from './job-picture'

/** How long the machine worked at it, s; until now is not counted. */
export function tookS({ startedAt, endedAt }: Pick<Job, 'startedAt' | 'endedAt'>): number | undefined {
  return startedAt !== undefined && endedAt !== undefined ? (endedAt - startedAt) / 1000 : undefined
}

function JobRow({ job }: { readonly job: Job }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const took = tookS(job)
  const isActive = job.state === 'running' || job.state === 'held'
  return (
    <Table.Tr>
      <Table.Td w={64}>
        <JobPicture job={job} size={44} />
      </Table.Td>
      <Table.Td>
        <Anchor href={`#/jobs/${encodeURIComponent(job.id)}`} fw={600} c="inherit">
          {job.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {[job.material, job.quality].filter(Boolean).join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td>{jobMachineName(t, job)}</Table.Td>
      <Table.Td miw={120}>
        <JobStateBadge state={job.state} />
        {isActive && <Progress value={job.progress * 100} color={JOB_COLORS[job.state]} size="sm" mt={6} aria-label={job.name} />}
      </Table.Td>
      <Table.Td className="tabular">{formatMoment(job.startedAt ?? job.createdAt, locale)}</Table.Td>
      <Table.Td className="tabular">{took === undefined ? '–' : formatDuration(took, locale)}</Table.Td>
      <Table.Td className="tabular">{job.massG === undefined ? '–' : `${formatNumber(job.massG, locale, 1)} g`}</Table.Td>
    </Table.Tr>
  )
}

/** Jobs, newest first, with search and filter. */
export function JobList({ jobs }: { readonly jobs: readonly Job[] }) {
  const t = useText()
  const [filter, setFilter] = useState<JobFilter>('all')
  const [search, setSearch] = useState('')
  const found = useMemo(() => filterJobs(jobs, filter, search), [jobs, filter, search])
  return (
    <>
      <Group>
        <TextInput flex={1} maw={360} leftSection={<IconSearch size={16} aria-hidden />} aria-label={t('jobs.search')} placeholder={t('jobs.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <SegmentedControl aria-label={t('jobs.filter')} value={filter} onChange={(value) => setFilter(value as JobFilter)} data={JOB_FILTERS.map((value) => ({ value, label: t(`jobs.filter.${value}`) }))} />
      </Group>
      {found.length === 0 ? (
        <Text c="dimmed">{t('jobs.noneFound')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={820}>
          <Table verticalSpacing="xs" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th aria-hidden />
                {(['name', 'machine', 'state', 'when', 'took', 'filament'] as const).map((column) => (
                  <Table.Th key={column}>{t(`jobs.${column}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((job) => (
                <JobRow key={job.id} job={job} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  )
}
