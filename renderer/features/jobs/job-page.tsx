import { Anchor, Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconDownload, IconEye, IconRepeat, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../../shared/contract/jobs'
import { getBlobBytes } from '../../client/blobs'
import { getClient } from '../../client/client'
import { useLocale } from '../../i18n/locale'
import { jobMachineName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { CodedAlert } from '../../ui/coded-alert'
import { Confirm } from '../../ui/confirm'
import { Figures } from '../../ui/figures'
import { formatBytes, formatDuration, formatFilament, formatMoment, formatNumber } from '../../ui/format'
import { JOB_COLORS, JobStateBadge } from '../../ui/job-state'
import { navigate } from '../../ui/navigate'
import { Page } from '../../ui/page'
import { saveFile } from '../../ui/save-file'
import { Sheet } from '../../ui/sheet'
import { useWorkspace } from '../../workspace/workspace-store'
import { tookS } from './job-list'
import { JobPicture } from './job-picture'
import { ResumeButton } from './resume-dialog'

async function openInPreview(job: Job, then: '/preview' | '/print'): Promise<void> {
  const bytes = new Uint8Array(await (await getBlobBytes(job.gcodeSha256)).arrayBuffer())
  await useWorkspace.getState().openGcode({ name: `${job.name}.gcode`, bytes })
  navigate(then)
}

function JobActions({ job }: { readonly job: Job }) {
  const t = useText()
  const [removing, setRemoving] = useState(false)
  const show = useAction(() => openInPreview(job, '/preview'))
  const again = useAction(() => openInPreview(job, '/print'))
  const download = useAction(async () => saveFile(`${job.name}.gcode`, await getBlobBytes(job.gcodeSha256)))
  const remove = useAction(async () => {
    await getClient().jobs.remove({ jobId: job.id })
    navigate('/jobs')
  })
  const isOver = job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
  return (
    <>
      {isOver ? (
        <Button leftSection={<IconRepeat size={17} aria-hidden />} loading={again.busy} onClick={again.run}>
          {t('jobs.again')}
        </Button>
      ) : (
        <Button onClick={() => navigate(`/machines/${encodeURIComponent(job.machineId)}`)}>{t('jobs.openMachine')}</Button>
      )}
      {job.state === 'failed' && job.linesAcknowledged > 0 && <ResumeButton job={job} />}
      <Button variant="default" leftSection={<IconEye size={17} aria-hidden />} loading={show.busy} onClick={show.run}>
        {t('jobs.openGcode')}
      </Button>
      <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} loading={download.busy} onClick={download.run}>
        {t('jobs.download')}
      </Button>
      {isOver && (
        <Button variant="subtle" color="red" leftSection={<IconTrash size={17} aria-hidden />} loading={remove.busy} onClick={() => setRemoving(true)}>
          {t('jobs.remove')}
        </Button>
      )}
      <Confirm opened={removing} title={t('jobs.remove')} text={t('jobs.remove.text', { name: job.name })} action={t('jobs.remove')} onConfirm={remove.run} onClose={() => setRemoving(false)} />
    </>
  )
}

function Outcome({ job }: { readonly job: Job }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const heat = job.lastHeat
  const percent = job.progress * 100
  return (
    <Sheet title={t('jobs.outcome')} actions={<JobStateBadge state={job.state} />}>
      <Progress value={percent} color={JOB_COLORS[job.state]} size="lg" aria-label={t('jobs.progress')} />
      <CodedAlert reason={job.reason} color={job.state === 'failed' ? 'red' : 'yellow'} />
      {heat !== undefined && job.state === 'failed' && (
        <Stack gap={0}>
          <Text size="xs" c="dimmed">
            {t('jobs.heat')}
          </Text>
          <Text size="sm">
            {t('jobs.heat.text', { hotend: formatNumber(heat.hotendC, locale), hotendTarget: heat.hotendTargetC, bed: formatNumber(heat.bedC, locale), bedTarget: heat.bedTargetC, time: formatMoment(heat.atMs, locale) })}
          </Text>
        </Stack>
      )}
    </Sheet>
  )
}

function Facts({ job }: { readonly job: Job }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const number = (value: number | undefined, unit: string, digits = 1) => (value === undefined ? undefined : `${formatNumber(value, locale, digits)}${unit}`)
  const moment = (atMs: number | undefined) => (atMs === undefined ? undefined : formatMoment(atMs, locale))
  const took = tookS(job)
  const figures = [
    ['jobs.machine', jobMachineName(t, job)],
    ['jobs.material', job.material],
    ['jobs.quality', job.quality],
    ['jobs.created', moment(job.createdAt)],
    ['jobs.started', moment(job.startedAt)],
    ['jobs.ended', moment(job.endedAt)],
    ['jobs.estimate', job.estimateS === undefined ? undefined : formatDuration(job.estimateS, locale)],
    ['jobs.took', took === undefined ? undefined : formatDuration(took, locale)],
    ['jobs.filament', job.filamentMm === undefined ? undefined : formatFilament(job.filamentMm, locale)],
    ['jobs.mass', number(job.massG, ' g')],
    ['jobs.layers', job.layerCount === undefined ? undefined : `${job.layer ?? 0} / ${job.layerCount}`],
    ['jobs.lines', `${formatNumber(job.linesAcknowledged, locale)} / ${formatNumber(job.lineCount, locale)}`],
    ['jobs.resends', job.resends === 0 ? undefined : String(job.resends)],
    ['jobs.file', formatBytes(job.gcodeBytes, locale)],
  ] as const
  return (
    <Sheet title={t('jobs.facts')}>
      <Figures figures={figures.map(([key, value]) => ({ label: t(key), value }))} />
    </Sheet>
  )
}

function Sources({ job }: { readonly job: Job }) {
  const t = useText()
  return (
    <Sheet title={t('jobs.from')}>
      {job.resumedFrom !== undefined && (
        <Group gap="xs">
          <Text size="sm">{t('jobs.resumedFrom')}</Text>
          <Anchor size="sm" href={`#/jobs/${encodeURIComponent(job.resumedFrom.jobId)}`}>{t('jobs.resumedFrom.job', { line: job.resumedFrom.line })}</Anchor>
        </Group>
      )}
      {job.sources.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('jobs.from.file')}
        </Text>
      )}
      {job.sources.map(({ designId, versionId, title, copies }) => (
        <Group key={versionId} gap="xs">
          <Anchor href={`#/library/${encodeURIComponent(designId)}`}>{copies > 1 ? t('jobs.from.copies', { title, count: copies }) : title}</Anchor>
          <Text size="sm" c="dimmed" className="tabular">
            {t('jobs.from.version', { version: versionId.slice(0, 8) })}
          </Text>
        </Group>
      ))}
    </Sheet>
  )
}

/** One job: what came of it, its figures, what it was made from. */
export function JobPage({ job }: { readonly job: Job }) {
  const t = useText()
  return (
    <Page title={job.name} maxWidth={1100} actions={<JobActions job={job} />} back={{ href: '#/jobs', label: t('jobs.all') }}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack>
          <Outcome job={job} />
          <Facts job={job} />
        </Stack>
        <Stack>
          <Sheet>
            <Group justify="center">
              <JobPicture job={job} size={256} />
            </Group>
          </Sheet>
          <Sources job={job} />
        </Stack>
      </SimpleGrid>
    </Page>
  )
}
