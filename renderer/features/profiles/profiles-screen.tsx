import { Button, Group, Stack, Tabs } from '@mantine/core'
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { exportProfiles } from '../../../shared/machine/profile-file'
import type { StoredProfile } from '../../../shared/machine/profile'
import { useText } from '../../i18n/text'
import { saveProfile, useProfiles } from '../../library/profiles'
import { useAction } from '../../ui/action'
import { notifySuccess } from '../../ui/notify'
import { navigate, useRoute } from '../../ui/navigate'
import { Page } from '../../ui/page'
import { saveFile } from '../../ui/save-file'
import { RemovedProfiles } from './earlier-forms'
import { ProfileEditor } from './profile-editor'
import { ProfileList } from './profile-list'
import { PROFILE_KINDS, copyProfile, listProfiles, plainMachine } from './profile-lists'
import { parseProfilePath, profilePath } from './profile-path'
import { type TakenProfiles, takeFiles } from './take-files'
import { TakenNote } from './taken-note'
import styles from './profiles.module.css'

function Actions({ own }: { readonly own: readonly StoredProfile[] }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const [taken, setTaken] = useState<TakenProfiles>()
  const take = useAction(async (files: readonly File[]) => {
    const result = await takeFiles(files, own)
    if (result.isForeign) setTaken(result)
    else notifySuccess('profiles.imported', { count: result.profiles.length })
  })
  const add = useAction(() => addMachine(t('profiles.myPrinter')))
  return (
    <>
      <Button leftSection={<IconPlus size={17} aria-hidden />} loading={add.busy} onClick={add.run}>
        {t('profiles.new')}
      </Button>
      <Button variant="default" leftSection={<IconUpload size={17} aria-hidden />} loading={take.busy} onClick={() => input.current?.click()}>
        {t('profiles.import')}
      </Button>
      <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} disabled={own.length === 0} onClick={() => saveFile('gongbang-profiles.json', new Blob([exportProfiles(own)], { type: 'application/json' }))}>
        {t('profiles.exportAll')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,.ini,.curaprofile,application/json"
        multiple
        hidden
        aria-label={t('profiles.import')}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) take.run(files)
        }}
      />
      <TakenNote taken={taken} onClose={() => setTaken(undefined)} />
    </>
  )
}

async function addMachine(name: string): Promise<void> {
  const copied = copyProfile(plainMachine(), { id: crypto.randomUUID(), name })
  // Its maker is asked for in the form; until then it has none.
  const stored = { ...copied, profile: { ...copied.profile, vendor: '' } } as StoredProfile
  await saveProfile(stored)
  navigate(profilePath('machine', stored.profile.id))
}

/** Opens the form of a new printer when the address asks for it, once. */
function useNewMachine(isAsked: boolean): void {
  const t = useText()
  const isDone = useRef(false)
  useEffect(() => {
    if (!isAsked || isDone.current) return
    isDone.current = true
    void addMachine(t('profiles.myPrinter'))
  }, [isAsked, t])
}

/** Profiles of machines, materials and qualities: looked at, copied, changed, shared. */
export function ProfilesScreen() {
  const t = useText()
  const own = useProfiles()
  const route = useRoute()
  const { kind, id } = parseProfilePath(route.id)
  useNewMachine(route.query.get('new') === 'machine')
  const listed = listProfiles(own, kind)
  const chosen = listed.find(({ stored }) => stored.profile.id === id) ?? listed[0]
  return (
    <Page title={t('frame.profiles')} lead={t('profiles.lead')} actions={<Actions own={own} />}>
      <Tabs value={kind} onChange={(next) => navigate(`/profiles/${next ?? 'machine'}`)}>
        <Tabs.List aria-label={t('frame.profiles')}>
          {PROFILE_KINDS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`profiles.${one}s`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={kind} pt="md">
          <Group align="flex-start" wrap="nowrap" gap="md">
            <Stack className={styles['list']}>
              <ProfileList listed={listed} chosenId={chosen?.stored.profile.id} />
              <RemovedProfiles kind={kind} />
            </Stack>
            {chosen !== undefined && <ProfileEditor key={`${kind} ${chosen.stored.profile.id}`} listed={chosen} own={own} />}
          </Group>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
