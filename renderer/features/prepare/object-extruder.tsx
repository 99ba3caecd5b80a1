import { ActionIcon, Menu } from '@mantine/core'
import { useMemo } from 'react'
import { profileName } from '../../i18n/names'
import { useText } from '../../i18n/text'
import { ToolSwatch } from '../../viewer/tool-swatch'
import { withOwnValue } from '../../workspace/object-edits'
import type { PlateObject } from '../../workspace/plate'
import { plateSettings } from '../../workspace/plate-settings'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { useChosenProfiles } from './use-plate-scene'

/** The number (from 1) of the extruder that prints an object, and of the plate's; undefined where the machine has one only. */
export function useExtruder(object: PlateObject): { readonly number: number; readonly ofPlate: number } | undefined {
  const profiles = useChosenProfiles()
  const { overrides } = usePlate()
  const ofPlate = useMemo(() => plateSettings(profiles, overrides).values.extruder, [profiles, overrides])
  return profiles.moreMaterials === undefined ? undefined : { number: object.values?.extruder ?? ofPlate, ofPlate }
}

/** Chooses which extruder prints an object, where the machine has several. */
export function ObjectExtruder({ object }: { readonly object: PlateObject }) {
  const t = useText()
  const { material: first, moreMaterials = [] } = useChosenProfiles()
  const extruder = useExtruder(object)
  if (extruder === undefined) return undefined
  const { number, ofPlate } = extruder
  const materials = [first, ...moreMaterials]
  const choose = (next: number) => useWorkspace.getState().edit({ key: 'prepare.edit.setting', values: { setting: 'extruder' } }, (plate) => withOwnValue(plate, { objectId: object.id, modifierId: undefined }, 'extruder', next === ofPlate ? undefined : next))
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('prepare.extruderOf', { name: object.name, number })}>
          <ToolSwatch tool={number - 1} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {materials.map((material, tool) => (
          // oxlint-disable-next-line react/no-array-index-key -- an extruder is its number
          <Menu.Item key={tool} leftSection={<ToolSwatch tool={tool} />} onClick={() => choose(tool + 1)}>
            {t('prepare.extruderWith', { number: tool + 1, material: profileName(t, material) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
