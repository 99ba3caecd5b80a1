import { Table, Text } from '@mantine/core'
import { compareProfiles } from '../../../shared/machine/compare-profiles'
import type { StoredProfile } from '../../../shared/machine/profile'
import { type TextKey, isTextKey, useText } from '../../i18n/text'
import { profileName } from '../../i18n/names'
import { Sheet } from '../../ui/sheet'
import { valueText } from './profile-lists'

/** Names of fields that aren't settings; all others are told by their path. */
const FIELDS: Readonly<Record<string, TextKey>> = {
  vendor: 'profiles.vendor',
  firmware: 'profiles.firmware',
  type: 'profiles.type',
  baudRate: 'machines.baud',
  'volume.xMm': 'profiles.volume.x',
  'volume.yMm': 'profiles.volume.y',
  'volume.zMm': 'profiles.volume.z',
  'volume.shape': 'profiles.shape',
  'volume.origin': 'profiles.origin',
  heatedBed: 'profiles.heatedBed',
  maxHotendC: 'profiles.maxHotend',
  maxBedC: 'profiles.maxBed',
  startGcode: 'profiles.startGcode',
  endGcode: 'profiles.endGcode',
  'headClearance.leftMm': 'profiles.head.left',
  'headClearance.rightMm': 'profiles.head.right',
  'headClearance.frontMm': 'profiles.head.front',
  'headClearance.backMm': 'profiles.head.back',
  'headClearance.gantryHeightMm': 'profiles.head.gantry',
  headClearance: 'profiles.head',
  extruders: 'profiles.extruders',
  sharedNozzle: 'profiles.sharedNozzle',
  toolChangeS: 'profiles.toolChange',
  purgeMm3: 'prepare.purge',
  'motion.maxFeedMmPerS': 'profiles.maxFeed',
  'motion.maxAccelerationMmPerS2': 'profiles.maxAcceleration',
  'motion.printAccelerationMmPerS2': 'profiles.acceleration.print',
  'motion.travelAccelerationMmPerS2': 'profiles.acceleration.travel',
  'motion.retractAccelerationMmPerS2': 'profiles.acceleration.retract',
  'motion.cornering': 'profiles.cornering',
  'motion.cornering.kind': 'profiles.cornering',
  'motion.cornering.junctionDeviationMm': 'profiles.cornering.deviation',
}

/** What a profile changes against the one that it was copied from. */
export function Differences({ stored, parent }: { readonly stored: StoredProfile; readonly parent: StoredProfile | undefined }) {
  const t = useText()
  if (parent === undefined) return undefined
  const differences = compareProfiles(parent.profile, stored.profile)
  const name = (path: string) => {
    const key: string = FIELDS[path] ?? `setting.${path.replace(/^settings\./, '')}`
    return isTextKey(key) ? t(key) : path
  }
  return (
    <Sheet title={t('profiles.differences', { name: profileName(t, parent.profile) })}>
      {differences.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('profiles.differences.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={420}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('profiles.field')}</Table.Th>
                <Table.Th>{profileName(t, parent.profile)}</Table.Th>
                <Table.Th>{stored.profile.name}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map(({ path, parent: theirs, own }) => (
                <Table.Tr key={path}>
                  <Table.Td>{name(path)}</Table.Td>
                  <Table.Td>{valueText(theirs)}</Table.Td>
                  <Table.Td>{valueText(own)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Sheet>
  )
}
