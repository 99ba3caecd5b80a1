import { useMemo } from 'react'
import type { ObjectModifier } from '../../../shared/machine/object-modifier'
import { canHold } from '../../../shared/slicing/object-settings'
import type { SettingKey, SettingValues, SlicingSettings } from '../../../shared/slicing/settings'
import type { SettingInput } from '../../ui/setting-field'
import { withOwnValue, withoutOwnValues } from '../../workspace/object-edits'
import type { PlateDocument, PlateObject } from '../../workspace/plate'
import { plateSettings } from '../../workspace/plate-settings'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { usePrepare } from './prepare-state'
import { useChosenProfiles } from './use-plate-scene'

/** Whose settings are shown: the plate's, an object's or a modifier's. */
interface Holder {
  readonly object: PlateObject | undefined
  readonly modifier: ObjectModifier | undefined
}

/** Settings as they are edited in one place: what holds there, and what would hold without its own values. */
export interface SettingTarget {
  readonly base: SlicingSettings
  readonly values: SlicingSettings
  readonly own: SettingValues
  readonly canHave: (key: SettingKey) => boolean
}

function onlyObject({ objects }: PlateDocument, selection: readonly string[]): PlateObject | undefined {
  return selection.length === 1 ? objects.find(({ id }) => id === selection[0]) : undefined
}

function modifierIn(object: PlateObject | undefined, modifierId: string | undefined): ObjectModifier | undefined {
  return object?.modifiers?.find(({ id }) => id === modifierId)
}

/** The only object that is chosen. */
export function useOnlyObject(): PlateObject | undefined {
  const plate = usePlate()
  const selection = useWorkspace((state) => state.selection)
  return onlyObject(plate, selection)
}

/** The modifier in hand with its object. */
export function useHeldModifier(): { readonly object: PlateObject; readonly modifier: ObjectModifier } | undefined {
  const object = useOnlyObject()
  const modifier = modifierIn(object, usePrepare((state) => state.modifierId))
  return useMemo(() => (object !== undefined && modifier !== undefined ? { object, modifier } : undefined), [object, modifier])
}

function holderNow(): Holder {
  const { history, selection } = useWorkspace.getState()
  const { scope, modifierId } = usePrepare.getState()
  const object = onlyObject(history.present, selection)
  const modifier = modifierIn(object, modifierId)
  return { object: modifier === undefined && scope === 'plate' ? undefined : object, modifier }
}

/** The settings that the screen shows. */
export function useSettingTarget(): SettingTarget {
  const { overrides } = usePlate()
  const profiles = useChosenProfiles()
  const chosen = useOnlyObject()
  const held = useHeldModifier()
  const scope = usePrepare((state) => state.scope)
  return useMemo(() => {
    const plate = plateSettings(profiles, overrides)
    const object = held?.object ?? (scope === 'object' ? chosen : undefined)
    if (object === undefined) return { ...plate, own: overrides, canHave: () => true }
    const ofObject = { ...plate.values, ...object.values } as SlicingSettings
    if (held === undefined) return { base: plate.values, values: ofObject, own: object.values ?? {}, canHave: (key: SettingKey) => canHold('object', key) }
    return { base: ofObject, values: { ...ofObject, ...held.modifier.values } as SlicingSettings, own: held.modifier.values, canHave: (key: SettingKey) => canHold('modifier', key) }
  }, [profiles, overrides, chosen, held, scope])
}

/** Sets a value in the place that is shown; what would hold there anyway is no change. Values come from fields that the table made. */
export function putSetting(key: SettingKey, value: SettingInput | undefined, base: SettingInput | undefined): void {
  const { object, modifier } = holderNow()
  const next = value === base ? undefined : (value as SettingValues[SettingKey])
  if (object === undefined) {
    const { setOverride } = useWorkspace.getState() as { setOverride(key: SettingKey, value: SettingValues[SettingKey]): void }
    setOverride(key, next)
    return
  }
  const merge = typeof value === 'number' ? { merge: `setting ${object.id} ${modifier?.id ?? ''} ${key}` } : undefined
  useWorkspace.getState().edit({ key: 'prepare.edit.setting', values: { setting: key } }, (plate) => withOwnValue(plate, { objectId: object.id, modifierId: modifier?.id }, key, next), merge)
}

/** Takes away all own values of the place that is shown. */
export function clearSettings(): void {
  const { object, modifier } = holderNow()
  if (object === undefined) useWorkspace.getState().clearOverrides()
  else useWorkspace.getState().edit({ key: 'prepare.edit.settings' }, (plate) => withoutOwnValues(plate, { objectId: object.id, modifierId: modifier?.id }))
}
