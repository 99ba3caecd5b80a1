import { Alert, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { Problem } from '../../shared/units/problem'
import { problemText, remedyText } from '../i18n/problem-text'
import { useText } from '../i18n/text'

const LOOKS = {
  error: { color: 'red', Icon: IconCircleX },
  warning: { color: 'yellow', Icon: IconAlertTriangle },
  info: { color: 'celadon', Icon: IconInfoCircle },
} as const
const MOST_SHOWN = 8

function ProblemLine({ problem }: { readonly problem: Problem }) {
  const t = useText()
  const remedy = remedyText(t, problem)
  return (
    <Stack gap={0}>
      <Text size="sm">{problemText(t, problem)}</Text>
      {remedy !== undefined && (
        <Text size="sm" c="dimmed">
          {remedy}
        </Text>
      )}
    </Stack>
  )
}

/** Problems by severity, worst first, each with what to do. Nothing when there are none. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const t = useText()
  const groups = (['error', 'warning', 'info'] as const).map((severity) => ({ severity, found: problems.filter((problem) => problem.severity === severity) })).filter(({ found }) => found.length > 0)
  if (groups.length === 0) return undefined
  return (
    <Stack gap="xs">
      {groups.map(({ severity, found }) => {
        const { color, Icon } = LOOKS[severity]
        return (
          <Alert key={severity} color={color} icon={<Icon size={18} aria-hidden />} role={severity === 'error' ? 'alert' : 'note'} py="xs">
            <List listStyleType="none" spacing={4}>
              {found.slice(0, MOST_SHOWN).map((problem, index) => (
                <List.Item key={`${problem.code}-${index}`}>
                  <ProblemLine problem={problem} />
                </List.Item>
              ))}
            </List>
            {found.length > MOST_SHOWN && (
              <Group mt={4}>
                <Text size="sm">{t('frame.andMore', { count: found.length - MOST_SHOWN })}</Text>
              </Group>
            )}
          </Alert>
        )
      })}
    </Stack>
  )
}
