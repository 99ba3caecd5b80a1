import { Button, Group, Stack, Text } from '@mantine/core'
import { compareProfiles } from '../../../shared/machine/compare-profiles'
import type { StoredProfile } from '../../../shared/machine/profile'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { saveProfile } from '../../library/profiles'
import { type EarlierProfile, useProfileHistory, useRemovedProfiles } from '../../library/profile-history'
import { useAction } from '../../ui/action'
import { formatMoment } from '../../ui/format'
import { navigate } from '../../ui/navigate'
import { Sheet } from '../../ui/sheet'
import type { ProfileKind } from './profile-lists'
import { profilePath } from './profile-path'

/** So many earlier forms are shown at first. */
const SHOWN = 10

/** Forms that a profile had before, each to be taken back into the form that is edited. */
export function EarlierForms({ draft, onTake }: { readonly draft: StoredProfile; readonly onTake: (stored: StoredProfile) => void }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const history = useProfileHistory(draft.kind, draft.profile.id)
  const differing = history.map((earlier) => ({ ...earlier, count: compareProfiles(draft.profile, earlier.stored.profile).length }))
  if (history.length === 0) return undefined
  return (
    <Sheet title={t('profiles.earlier')}>
      <Text size="sm" c="dimmed">
        {t('profiles.earlier.help')}
      </Text>
      <Stack gap={6} role="list" aria-label={t('profiles.earlier')}>
        {differing.slice(0, SHOWN).map(({ stored, savedAt, count }) => (
          <Group key={savedAt} role="listitem" justify="space-between" gap="xs">
            <Text size="sm">
              {formatMoment(savedAt, locale)} · {stored.profile.name} · {t('profiles.earlier.differs', { count })}
            </Text>
            <Button size="compact-sm" variant="default" disabled={count === 0 && stored.profile.name === draft.profile.name} aria-label={t('profiles.earlier.takeOf', { when: formatMoment(savedAt, locale) })} onClick={() => onTake(stored)}>
              {t('profiles.earlier.take')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Sheet>
  )
}

function Removed({ stored }: Pick<EarlierProfile, 'stored'>) {
  const t = useText()
  const restore = useAction(async () => {
    await saveProfile(stored)
    navigate(profilePath(stored.kind, stored.profile.id))
  })
  return (
    <Group justify="space-between" gap={4} wrap="nowrap" pl={10}>
      <Text size="sm" c="dimmed" truncate>
        {stored.profile.name}
      </Text>
      <Button size="compact-xs" variant="subtle" loading={restore.busy} aria-label={t('profiles.removed.restoreOf', { name: stored.profile.name })} onClick={restore.run}>
        {t('profiles.removed.restore')}
      </Button>
    </Group>
  )
}

/** Profiles of a kind that were deleted: none is lost. */
export function RemovedProfiles({ kind }: { readonly kind: ProfileKind }) {
  const t = useText()
  const removed = useRemovedProfiles(kind)
  if (removed.length === 0) return undefined
  return (
    <section aria-label={t('profiles.removed')}>
      <Text size="xs" fw={650} c="dimmed" px={10} pt={6}>
        {t('profiles.removed')}
      </Text>
      {removed.map(({ stored }) => (
        <Removed key={stored.profile.id} stored={stored} />
      ))}
    </section>
  )
}
