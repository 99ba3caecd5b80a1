import { Badge, Group, List, Modal, ScrollArea, Stack, Text, Title } from '@mantine/core'
import { problemText, remedyText } from '../../i18n/problem-text'
import { useText } from '../../i18n/text'
import { ProblemList } from '../../ui/problem-list'
import type { TakenProfiles } from './take-files'

/** Tells what was taken of other slicers' profiles and what was not, key by key. */
export function TakenNote({ taken, onClose }: { readonly taken: TakenProfiles | undefined; readonly onClose: () => void }) {
  const t = useText()
  const { profiles = [], left = [] } = taken ?? {}
  const values = left.filter(({ severity }) => severity === 'info')
  return (
    <Modal opened={taken !== undefined} onClose={onClose} size="lg" title={t('profiles.taken')} closeButtonProps={{ 'aria-label': t('frame.close') }} scrollAreaComponent={ScrollArea.Autosize}>
      <Stack gap="sm">
        {profiles.map(({ kind, profile }) => (
          <Group key={`${kind} ${profile.id}`} gap="xs" wrap="nowrap">
            <Badge variant="light">{t(`profiles.taken.kind.${kind}`)}</Badge>
            <Text size="sm">{profile.name}</Text>
          </Group>
        ))}
        <ProblemList problems={left.filter(({ severity }) => severity !== 'info')} />
        {values.length === 0 ? (
          left.length === 0 && <Text size="sm">{t('profiles.left.none')}</Text>
        ) : (
          <>
            <Title order={3} size="sm">
              {t('profiles.left', { count: values.length })}
            </Title>
            <List size="sm" spacing={4}>
              {values.map((problem) => (
                <List.Item key={`${problem.code} ${problem.place?.['profile'] ?? ''} ${problem.place?.['key'] ?? ''}`} style={{ overflowWrap: 'anywhere' }}>
                  {problemText(t, problem)} {remedyText(t, problem)}
                </List.Item>
              ))}
            </List>
          </>
        )}
      </Stack>
    </Modal>
  )
}
