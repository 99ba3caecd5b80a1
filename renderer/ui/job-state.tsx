import { Badge } from '@mantine/core'
import type { JobState } from '../../shared/contract/jobs'
import { useText } from '../i18n/text'

export const JOB_COLORS: Readonly<Record<JobState, string>> = { queued: 'gray', running: 'celadon', held: 'yellow', done: 'celadon', failed: 'red', cancelled: 'gray' }

/** The state of a job in a word. */
export function JobStateBadge({ state }: { readonly state: JobState }) {
  const t = useText()
  return (
    <Badge color={JOB_COLORS[state]} variant="light" tt="none" fw={600}>
      {t(`jobs.state.${state}`)}
    </Badge>
  )
}
