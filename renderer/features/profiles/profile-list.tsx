import { Text } from '@mantine/core'
import { useText } from '../../i18n/text'
import { profileName } from '../../i18n/names'
import type { ListedProfile } from './profile-lists'
import { profilePath } from './profile-path'
import styles from './profiles.module.css'

/** Profiles of one kind; the user's own first, under a heading each. */
export function ProfileList({ listed, chosenId }: { readonly listed: readonly ListedProfile[]; readonly chosenId: string | undefined }) {
  const t = useText()
  const groups = [
    ['profiles.own', listed.filter(({ isOwn }) => isOwn)],
    ['profiles.builtin', listed.filter(({ isOwn }) => !isOwn)],
  ] as const
  return groups.map(
    ([heading, members]) =>
      members.length > 0 && (
        <nav key={heading} aria-label={t(heading)}>
          <Text size="xs" fw={650} c="dimmed" px={10} pt={6}>
            {t(heading)}
          </Text>
          {members.map(({ stored }) => (
            <a key={stored.profile.id} href={`#${profilePath(stored.kind, stored.profile.id)}`} className={styles['item']} aria-current={stored.profile.id === chosenId}>
              {profileName(t, stored.profile)}
            </a>
          ))}
        </nav>
      ),
  )
}
