import type { Job } from '../../../shared/contract/jobs'

export const JOB_FILTERS = ['all', 'active', 'done', 'failed'] as const
export type JobFilter = (typeof JOB_FILTERS)[number]

const STATES: Readonly<Record<JobFilter, readonly Job['state'][]>> = {
  all: ['queued', 'running', 'held', 'done', 'failed', 'cancelled'],
  active: ['queued', 'running', 'held'],
  done: ['done'],
  failed: ['failed', 'cancelled'],
}

/** The jobs of a filter in whose name, machine or designs every word of the search stands. */
export function filterJobs(jobs: readonly Job[], filter: JobFilter, search: string): readonly Job[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return jobs.filter((job) => {
    if (!STATES[filter].includes(job.state)) return false
    const text = [job.name, job.machineName, ...job.sources.map(({ title }) => title)].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
