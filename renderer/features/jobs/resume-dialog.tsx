import { Button, Checkbox, Group, List, Modal, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Job, ResumePlan } from '../../../shared/contract/jobs'
import { getClient } from '../../client/client'
import { isConnected, useMachines } from '../../client/live'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { formatNumber } from '../../ui/format'
import { navigate } from '../../ui/navigate'

function Risks({ plan }: { readonly plan: ResumePlan }) {
  const t = useText()
  return (
    <List size="sm" spacing="xs">
      <List.Item>{t('jobs.resume.risk.part')}</List.Item>
      <List.Item>{t('jobs.resume.risk.z')}</List.Item>
      <List.Item>{t('jobs.resume.risk.prime', { length: plan.primeMm, x: Math.round(plan.primeAtMm.x), y: Math.round(plan.primeAtMm.y) })}</List.Item>
      <List.Item>{t('jobs.resume.risk.seam')}</List.Item>
      {plan.mayMissMoves && <List.Item>{t('jobs.resume.risk.moves')}</List.Item>}
      {plan.usesLevelling && <List.Item>{t('jobs.resume.risk.levelling')}</List.Item>}
    </List>
  )
}

function Choices({ plan, line, onChange }: { readonly plan: ResumePlan; readonly line: number; readonly onChange: (line: number) => void }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  return (
    <Radio.Group label={t('jobs.resume.from')} value={String(line)} onChange={(value) => onChange(Number(value))}>
      <Stack gap="xs" mt="xs">
        {plan.choices.map((choice) => (
          <Radio
            key={`${choice.kind} ${choice.line}`}
            value={String(choice.line)}
            label={t(choice.kind === 'place' ? 'jobs.resume.from.place' : 'jobs.resume.from.layer', { line: formatNumber(choice.line, locale), layer: choice.layer, z: formatNumber(choice.zMm, locale, 2) })}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function ResumeForm({ job, plan, onClose }: { readonly job: Job; readonly plan: ResumePlan; readonly onClose: () => void }) {
  const t = useText()
  const machine = useMachines().find(({ id }) => id === job.machineId)
  const isReady = machine?.state === 'ready'
  const [line, setLine] = useState(plan.choices[0]?.line ?? 1)
  const [standsAtZMm, setStandsAtZMm] = useState<number | string>(plan.standsAtZMm)
  const [isAccepted, setAccepted] = useState(false)
  const connect = useAction(() => getClient().machines.connect({ machineId: job.machineId }))
  const go = useAction(async () => {
    await getClient().jobs.resumeFrom({ jobId: job.id, line, standsAtZMm: Number(standsAtZMm) })
    onClose()
    navigate(`/machines/${encodeURIComponent(job.machineId)}`)
  })
  return (
    <Stack>
      <Text size="sm">{t('jobs.resume.lead', { hotend: plan.hotendC, bed: plan.bedC })}</Text>
      <Choices plan={plan} line={line} onChange={setLine} />
      <NumberInput label={t('jobs.resume.z')} description={t('jobs.resume.z.help')} suffix=" mm" decimalScale={3} min={0} max={2000} value={standsAtZMm} onChange={setStandsAtZMm} />
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {t('jobs.resume.risks')}
        </Text>
        <Risks plan={plan} />
      </Stack>
      <Checkbox label={t('jobs.resume.accept')} checked={isAccepted} onChange={(event) => setAccepted(event.currentTarget.checked)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        {machine !== undefined && !isConnected(machine) ? (
          <Button loading={connect.busy} onClick={connect.run}>
            {t('jobs.resume.connect')}
          </Button>
        ) : (
          <Button loading={go.busy} disabled={!isReady || !isAccepted || standsAtZMm === ''} onClick={go.run}>
            {t('jobs.resume.go')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** Goes on with a failed job, after the account of what that risks. */
export function ResumeButton({ job }: { readonly job: Job }) {
  const t = useText()
  const [plan, setPlan] = useState<ResumePlan>()
  const open = useAction(async () => setPlan(await getClient().jobs.resumePlan({ jobId: job.id })))
  const close = () => setPlan(undefined)
  return (
    <>
      <Button variant="default" loading={open.busy} onClick={open.run}>
        {t('jobs.resume')}
      </Button>
      <Modal size="lg" opened={plan !== undefined} onClose={close} title={t('jobs.resume.title', { name: job.name })} closeButtonProps={{ 'aria-label': t('frame.close') }}>
        {plan !== undefined && <ResumeForm job={job} plan={plan} onClose={close} />}
      </Modal>
    </>
  )
}
