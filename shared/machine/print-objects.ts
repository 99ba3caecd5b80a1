import { checkHolder, heldValues } from '../slicing/object-settings'
import { resolveSettings } from '../slicing/resolve-settings'
import type { SettingValues } from '../slicing/settings'
import type { SliceModifier, SliceObject } from '../slicing/slice-input'
import type { ToolSet } from '../slicing/tools/tool-set'
import { failure, success, type Problem, type Result } from '../units/problem'
import { materialOfTool, type ToolOwners, withNozzleOf } from './print-tools'
import { machineSettingLayers } from './setting-layers'

/** An object of a print; its own values are laid over those of the plate. */
export interface PrintObject extends SliceObject {
  readonly values?: SettingValues
}

/** Which of them a line lies in is told by the bits of one number. */
const MOST_MODIFIERS = 30

/**
 * Gives objects with values of their own their settings, whole, and leaves their modifiers with what a modifier can have.
 *
 * Problems: `print/too-many-modifiers`, those of `resolveSettings` with the object's name as source; warnings of `checkHolder`.
 */
export function printObjects(objects: readonly PrintObject[], owners: ToolOwners, tools: ToolSet): Result<readonly SliceObject[]> {
  const problems: Problem[] = []
  const resolved = objects.map((object): SliceObject => {
    const { values = {}, ...rest } = object
    problems.push(...checkHolder('object', object.name, values), ...checkCount(object))
    const settings = settingsOver(object, [values], owners)
    if (!settings.ok) problems.push(...settings.problems)
    const modifiers = (object.modifiers ?? []).map((modifier) => checkedModifier(modifier, object, { owners, problems }))
    const own = settings.ok && Object.keys(values).length > 0 ? { settings: withNozzleOf(settings.value, tools) } : {}
    return { ...rest, ...own, ...(modifiers.length > 0 && { modifiers }) }
  })
  return problems.some(({ severity }) => severity === 'error') ? failure(...problems) : success(resolved, problems)
}

function checkCount({ name, modifiers = [] }: PrintObject): Problem[] {
  const count = modifiers.length
  if (count <= MOST_MODIFIERS) return []
  return [{ code: 'print/too-many-modifiers', severity: 'error', values: { name, count, max: MOST_MODIFIERS }, message: `${name} has ${count} modifiers; it may have ${MOST_MODIFIERS}. Take some out.` }]
}

function checkedModifier(modifier: SliceModifier, object: PrintObject, { owners, problems }: { readonly owners: ToolOwners; readonly problems: Problem[] }): SliceModifier {
  problems.push(...checkHolder('modifier', modifier.name, modifier.values))
  const values = heldValues('modifier', modifier.values)
  const together = settingsOver({ name: modifier.name }, [object.values ?? {}, values], owners)
  if (!together.ok) problems.push(...together.problems)
  return { ...modifier, values }
}

function settingsOver({ name }: { readonly name: string }, values: readonly SettingValues[], owners: ToolOwners) {
  const layers = machineSettingLayers({ ...owners, material: materialOfTool(owners, 0) })
  const resolved = resolveSettings([...layers, ...values.map((one) => ({ source: name, values: heldValues('object', one) }))])
  if (!resolved.ok) return resolved
  const { settings } = resolved.value
  return success(owners.machine.heatedBed ? settings : { ...settings, bedC: 0, firstLayerBedC: 0 })
}
