import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { useJobs } from '../../client/live'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatMoment } from '../../ui/format'
import { JobStateBadge } from '../../ui/job-state'
import styles from './library.module.css'

const MOST_SHOWN = 10

/** What was made of a design, newest first. */
export function MadeHistory({ designId }: { readonly designId: string }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const made = useJobs().filter((job) => job.sources.some((source) => source.designId === designId))
  return (
    <section aria-label={t('library.made')}>
      <Title order={2} mb={6}>
        {t('library.made')}
      </Title>
      {made.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('library.made.none')}
        </Text>
      )}
      <div role="list">
        {made.slice(0, MOST_SHOWN).map((job) => (
          <div key={job.id} className={styles['entry']} role="listitem">
            <Group justify="space-between" wrap="nowrap">
              <Stack gap={0} miw={0}>
                <Anchor size="sm" fw={600} c="inherit" truncate href={`#/jobs/${encodeURIComponent(job.id)}`}>
                  {job.name}
                </Anchor>
                <Text size="xs" c="dimmed" truncate>
                  {[formatMoment(job.createdAt, locale), job.machineName, job.material].filter(Boolean).join(' · ')}
                </Text>
              </Stack>
              <JobStateBadge state={job.state} />
            </Group>
          </div>
        ))}
      </div>
      {made.length > MOST_SHOWN && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('frame.andMore', { count: made.length - MOST_SHOWN })}
        </Text>
      )}
    </section>
  )
}
