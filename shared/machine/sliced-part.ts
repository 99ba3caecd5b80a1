import type { ModelModifier, SlicedPart } from '../formats/model'
import type { Mesh } from '../mesh/mesh'
import { meshBox } from '../mesh/mesh-box'
import { heldValues, type SettingHolder } from '../slicing/object-settings'
import type { SettingValues } from '../slicing/settings'
import type { Problem } from '../units/problem'
import { applyRules, keysOfRules } from './import-profiles/apply-rules'
import { leftOut } from './import-profiles/foreign-profile'
import { ORCA_RULES } from './import-profiles/orca-rules'
import { PRUSA_RULES } from './import-profiles/prusa-rules'
import { MOST_MODIFIER_TRIANGLES, type ObjectModifier, shapeOfMesh } from './object-modifier'
import type { ProjectObject } from './project-file'

/** What a part of another slicer's project has of its own, and what of it is left out. */
export interface CarriedPart {
  readonly own: ProjectObject
  readonly left: readonly Problem[]
}

/** Carries over what another slicer's project says of a part: settings by the rules of its profiles, modifiers as they lie in the part. */
export function carryPart(name: string, { program, config, modifiers }: SlicedPart): CarriedPart {
  const left: Problem[] = []
  const values = carried(name, { program, config, holder: 'object' }, left)
  const kept = modifiers.flatMap((modifier, i) => carriedModifier(modifier, { id: `${i + 1}`, program, left }))
  return { own: { ...(Object.keys(values).length > 0 && { values }), ...(kept.length > 0 && { modifiers: kept }) }, left }
}

interface Source {
  readonly program: SlicedPart['program']
  readonly config: Readonly<Record<string, string>>
  readonly holder: SettingHolder
}

function carried(name: string, { program, config, holder }: Source, left: Problem[]): SettingValues {
  const rules = program === 'PrusaSlicer' ? PRUSA_RULES : ORCA_RULES
  const known = keysOfRules(rules)
  const { settings, left: unread } = applyRules({ name, values: new Map(Object.entries(config)) }, rules)
  left.push(...unread)
  const values = heldValues(holder, settings)
  // What only the whole plate, or the whole object, can have.
  const isDropped = (key: string) => rules.some(({ to, from }) => from.includes(key) && settings[to] !== undefined && values[to] === undefined)
  for (const [key, value] of Object.entries(config)) if (!known.has(key) || isDropped(key)) left.push(leftOut('import-profile/no-such-setting', name, key, value))
  return values
}

function carriedModifier({ kind, name, mesh, config }: ModelModifier, { id, program, left }: { readonly id: string; readonly program: SlicedPart['program']; readonly left: Problem[] }): ObjectModifier[] {
  const count = mesh.indices.length / 3
  if (count > MOST_MODIFIER_TRIANGLES) {
    left.push({ code: 'plate/modifier-too-fine', severity: 'warning', values: { count, max: MOST_MODIFIER_TRIANGLES }, message: `The modifier ${name} has ${count} triangles; a modifier may have ${MOST_MODIFIER_TRIANGLES}. It was left out.` })
    return []
  }
  const { min, max } = meshBox(mesh)
  const middle = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2] as const
  const values = kind === 'settings' ? carried(name, { program, config, holder: 'modifier' }, left) : {}
  return [{ id, name: name === '' ? `${id}` : name, kind, shape: shapeOfMesh(moved(mesh, middle)), transform: { positionMm: middle, rotation: [0, 0, 0, 1], scale: [1, 1, 1] }, values }]
}

/** Around the origin, so that handles are at its middle. */
function moved({ positions, indices }: Mesh, middle: readonly [number, number, number]): Mesh {
  return { positions: positions.map((value, i) => value - (middle[i % 3] ?? 0)), indices }
}
