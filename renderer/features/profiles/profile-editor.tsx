import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconCopy, IconDownload, IconRestore, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { exportProfiles } from '../../../shared/machine/profile-file'
import type { StoredProfile } from '../../../shared/machine/profile'
import { validateProfile } from '../../../shared/machine/validate-profile'
import { SETTINGS, type SettingKey, type SettingValues } from '../../../shared/slicing/settings'
import { useText } from '../../i18n/text'
import { profileName } from '../../i18n/names'
import { removeProfile, saveProfile } from '../../library/profiles'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { navigate } from '../../ui/navigate'
import { notifySuccess } from '../../ui/notify'
import { ProblemList } from '../../ui/problem-list'
import { saveFile } from '../../ui/save-file'
import { SettingField, type SettingInput } from '../../ui/setting-field'
import { SettingGroups } from '../../ui/setting-groups'
import { Sheet } from '../../ui/sheet'
import { Differences } from './differences'
import { EarlierForms } from './earlier-forms'
import { MachineFields } from './machine-fields'
import { type ListedProfile, copyProfile, parentOf } from './profile-lists'
import { profilePath } from './profile-path'
import styles from './profiles.module.css'

export interface EditorProps {
  readonly listed: ListedProfile
  readonly own: readonly StoredProfile[]
}

type ChangeProfile = (change: Readonly<Record<string, unknown>>) => void

function Head({ draft, listed, isChanged, own, onReset }: EditorProps & { readonly draft: StoredProfile; readonly isChanged: boolean; readonly onReset: (profile: StoredProfile) => void }) {
  const t = useText()
  const [removing, setRemoving] = useState(false)
  const checked = validateProfile(draft)
  const parent = parentOf(draft, own)
  const save = useAction(async () => {
    await saveProfile(draft)
    notifySuccess('profiles.saved', { name: draft.profile.name })
  })
  const copy = useAction(async () => {
    const made = copyProfile(draft, { id: crypto.randomUUID(), name: t('profiles.copyOf', { name: draft.profile.name }) })
    await saveProfile(made)
    navigate(profilePath(made.kind, made.profile.id))
  })
  const remove = useAction(async () => {
    await removeProfile(draft.kind, draft.profile.id)
    navigate(`/profiles/${draft.kind}`)
  })
  return (
    <Group gap="xs">
      {listed.isOwn && (
        <Button loading={save.busy} disabled={!isChanged || !checked.ok} onClick={save.run}>
          {t('frame.save')}
        </Button>
      )}
      <Button variant={listed.isOwn ? 'default' : 'filled'} leftSection={<IconCopy size={16} aria-hidden />} loading={copy.busy} onClick={copy.run}>
        {t(listed.isOwn ? 'profiles.copy' : 'profiles.copyToChange')}
      </Button>
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => saveFile(`${draft.profile.name}.json`, new Blob([exportProfiles([draft])], { type: 'application/json' }))}>
        {t('profiles.export')}
      </Button>
      {listed.isOwn && parent !== undefined && (
        <Button variant="subtle" leftSection={<IconRestore size={16} aria-hidden />} onClick={() => onReset({ ...draft, profile: { ...parent.profile, id: draft.profile.id, name: draft.profile.name } } as StoredProfile)}>
          {t('profiles.reset')}
        </Button>
      )}
      {listed.isOwn && (
        <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden />} loading={remove.busy} onClick={() => setRemoving(true)}>
          {t('frame.delete')}
        </Button>
      )}
      <Confirm opened={removing} title={t('profiles.remove')} text={t('profiles.remove.text', { name: draft.profile.name })} action={t('frame.delete')} onConfirm={remove.run} onClose={() => setRemoving(false)} />
    </Group>
  )
}

function Settings({ draft, parent, disabled, change }: { readonly draft: StoredProfile; readonly parent: StoredProfile | undefined; readonly disabled: boolean; readonly change: ChangeProfile }) {
  const t = useText()
  const { settings } = draft.profile
  const keys = Object.keys(SETTINGS) as SettingKey[]
  const set = (key: SettingKey, value: SettingInput | undefined) => {
    const { [key]: _before, ...rest } = settings
    change({ settings: (value === undefined ? rest : { ...rest, [key]: value }) as SettingValues })
  }
  return (
    <Sheet title={t('profiles.settings')}>
      <Text size="sm" c="dimmed">
        {t('profiles.settings.help')}
      </Text>
      <SettingGroups
        order={3}
        keys={keys.filter((key) => settings[key] !== undefined)}
        renderField={(key) => <SettingField key={key} name={key} value={settings[key] ?? SETTINGS[key].default} base={parent?.profile.settings[key]} onChange={set} readOnly={disabled} />}
      />
      {!disabled && (
        <Select
          searchable
          label={t('profiles.settings.add')}
          placeholder={t('profiles.settings.choose')}
          value={null}
          data={keys.filter((key) => settings[key] === undefined).map((key) => ({ value: key, label: t(`setting.${key}`) }))}
          onChange={(key) => key !== null && set(key as SettingKey, SETTINGS[key as SettingKey].default)}
        />
      )}
    </Sheet>
  )
}

/** A profile: looked at when it comes with the studio, changed when it is the user's own. */
export function ProfileEditor({ listed, own }: EditorProps) {
  const t = useText()
  const [draft, setDraft] = useState(listed.stored)
  const disabled = !listed.isOwn
  const change: ChangeProfile = (part) => setDraft((before) => ({ ...before, profile: { ...before.profile, ...part } }) as StoredProfile)
  const checked = validateProfile(draft)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(listed.stored)
  return (
    <Stack className={styles['editor']} gap="md">
      <Head listed={listed} own={own} draft={draft} isChanged={isChanged} onReset={setDraft} />
      {!checked.ok && <ProblemList problems={checked.problems} />}
      <Sheet title={profileName(t, draft.profile)}>
        <TextInput label={t('profiles.name')} value={draft.profile.name} maxLength={80} readOnly={disabled} variant={disabled ? 'unstyled' : 'default'} onChange={(event) => change({ name: event.currentTarget.value })} />
        {draft.kind === 'material' && <TextInput label={t('profiles.type')} value={draft.profile.type} maxLength={40} readOnly={disabled} variant={disabled ? 'unstyled' : 'default'} onChange={(event) => change({ type: event.currentTarget.value })} />}
        {draft.profile.source !== '' && (
          <Text size="xs" c="dimmed">
            {t('profiles.source', { source: draft.profile.source })}
          </Text>
        )}
      </Sheet>
      {draft.kind === 'machine' && <MachineFields profile={draft.profile} disabled={disabled} change={change} />}
      {!(draft.kind === 'machine' && draft.profile.firmware === 'grbl') && <Settings draft={draft} parent={parentOf(draft, own)} disabled={disabled} change={change} />}
      <Differences stored={draft} parent={parentOf(draft, own)} />
      {listed.isOwn && <EarlierForms draft={draft} onTake={setDraft} />}
    </Stack>
  )
}
