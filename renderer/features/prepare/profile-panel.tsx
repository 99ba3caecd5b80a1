import { Select, Stack } from '@mantine/core'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { ToolSwatch } from '../../viewer/tool-swatch'
import { useProfileChoice } from '../../workspace/profile-choice'
import { useWorkspace } from '../../workspace/workspace-store'
import { EngineChoice } from './engine-choice'
import { PurgePanel } from './extruder-panel'
import { useChosenProfiles } from './use-plate-scene'

interface Named {
  readonly id: string
  readonly name: string
  readonly vendor?: string
}

interface ProfileSelectProps<P extends Named> {
  readonly label: string
  /** Whose it is, where there are several. */
  readonly tool?: number
  readonly profiles: readonly P[]
  readonly chosen: P
  readonly onChoose: (profile: P) => void
}

function ProfileSelect<P extends Named>({ label, tool, profiles, chosen, onChoose }: ProfileSelectProps<P>) {
  const t = useText()
  const choose = (id: string | null) => {
    const profile = profiles.find((one) => one.id === id)
    if (profile !== undefined) onChoose(profile)
  }
  return (
    <Select
      label={label}
      {...(tool !== undefined && { leftSection: <ToolSwatch tool={tool} /> })}
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
      {[chosen.material, ...(chosen.moreMaterials ?? [])].map((material, tool, all) => (
        <ProfileSelect
          // oxlint-disable-next-line react/no-array-index-key -- an extruder is its number
          key={tool}
          label={all.length === 1 ? t('prepare.material') : t('prepare.materialOf', { number: tool + 1 })}
          {...(all.length > 1 && { tool })}
          profiles={choice.materials}
          chosen={material}
          onChoose={(profile) => chooseMaterial(profile, tool)}
        />
      ))}
      <PurgePanel />
      <ProfileSelect label={t('prepare.quality')} profiles={choice.qualities} chosen={chosen.quality} onChoose={chooseQuality} />
      <EngineChoice />
    </Stack>
  )
}
