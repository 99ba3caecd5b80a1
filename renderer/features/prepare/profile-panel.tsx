import { Select, Stack } from '@mantine/core'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { useProfileChoice } from '../../workspace/profile-choice'
import { useWorkspace } from '../../workspace/workspace-store'
import { EngineChoice } from './engine-choice'
import { useChosenProfiles } from './use-plate-scene'

interface Named {
  readonly id: string
  readonly name: string
  readonly vendor?: string
}

interface ProfileSelectProps<P extends Named> {
  readonly label: string
  readonly profiles: readonly P[]
  readonly chosen: P
  readonly onChoose: (profile: P) => void
}

function ProfileSelect<P extends Named>({ label, profiles, chosen, onChoose }: ProfileSelectProps<P>) {
  const t = useText()
  const choose = (id: string | null) => {
    const profile = profiles.find((one) => one.id === id)
    if (profile !== undefined) onChoose(profile)
  }
  return (
    <Select
      label={label}
      size="xs"
      labelProps={{ size: 'xs' }}
      allowDeselect={false}
      searchable={profiles.length > 8}
      data={profiles.map((profile) => ({ value: profile.id, label: profileName(t, profile) }))}
      value={chosen.id}
      onChange={choose}
      comboboxProps={{ shadow: 'md' }}
      maxDropdownHeight={360}
    />
  )
}

/** Machine, material and quality of the print. */
export function ProfilePanel() {
  const t = useText()
  const choice = useProfileChoice()
  const chosen = useChosenProfiles()
  const { chooseMachine, chooseMaterial, chooseQuality } = useWorkspace.getState()
  return (
    <Stack gap={8}>
      <ProfileSelect label={t('prepare.machine')} profiles={choice.machines} chosen={chosen.machine} onChoose={chooseMachine} />
      <ProfileSelect label={t('prepare.material')} profiles={choice.materials} chosen={chosen.material} onChoose={chooseMaterial} />
      <ProfileSelect label={t('prepare.quality')} profiles={choice.qualities} chosen={chosen.quality} onChoose={chooseQuality} />
      <EngineChoice />
    </Stack>
  )
}
