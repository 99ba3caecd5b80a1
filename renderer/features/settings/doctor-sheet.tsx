import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconRefresh } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { DoctorCheck } from '../../../shared/contract/system'
import { getClient } from '../../client/client'
import { type TextKey, isTextKey, useText } from '../../i18n/text'
import { notifyError } from '../../ui/notify'
import { Sheet } from '../../ui/sheet'

const LOOKS = {
  ok: { Icon: IconCircleCheck, color: 'celadon' },
  warning: { Icon: IconAlertTriangle, color: 'yellow' },
  missing: { Icon: IconCircleX, color: 'red' },
  unknown: { Icon: IconHelpCircle, color: 'gray' },
} as const

function Check({ check }: { readonly check: DoctorCheck }) {
  const t = useText()
  const { Icon, color } = LOOKS[check.state]
  const text = (key: string, otherwise: string | undefined) => (isTextKey(key) ? t(key satisfies TextKey, check.values) : otherwise)
  const base = `doctor.${check.id}`
  const remedy = check.remedy === undefined ? undefined : text(`${base}.${check.case}.remedy`, check.remedy)
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm" component="li">
      <Icon size={20} color={`var(--mantine-color-${color}-text)`} style={{ flexShrink: 0, marginTop: 2 }} role="img" aria-label={t(`settings.doctor.${check.state}`)} />
      <Stack gap={0} miw={0}>
        <Text size="sm" fw={600}>
          {text(`${base}.title`, check.id)}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {text(`${base}.${check.case}`, check.message)}
        </Text>
        {remedy !== undefined && (
          <Text size="sm" c="dimmed">
            {remedy}
          </Text>
        )}
      </Stack>
    </Group>
  )
}

/** What this computer has and lacks for making things, and what to do about it. */
export function DoctorSheet() {
  const t = useText()
  const [checks, setChecks] = useState<readonly DoctorCheck[]>()
  const look = useCallback(() => {
    setChecks(undefined)
    getClient()
      .system.doctor()
      .then(setChecks, (error: unknown) => (setChecks([]), notifyError(error)))
  }, [])
  useEffect(look, [look])
  return (
    <Sheet
      title={t('settings.doctor')}
      actions={
        <Button size="xs" variant="default" leftSection={<IconRefresh size={15} aria-hidden />} loading={checks === undefined} onClick={look}>
          {t('settings.doctor.again')}
        </Button>
      }
    >
      {checks === undefined ? (
        <Loader size="sm" aria-label={t('frame.loading')} />
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {checks.map((check) => (
            <Check key={check.id} check={check} />
          ))}
        </Stack>
      )}
    </Sheet>
  )
}
