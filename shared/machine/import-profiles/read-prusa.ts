import type { Problem } from '../../units/problem'
import { missingParent, type ForeignProfile, type ProfileKind } from './foreign-profile'
import { parseIni, type IniSection } from './parse-ini'

const KINDS: Readonly<Record<string, ProfileKind>> = { print: 'quality', filament: 'material', printer: 'machine' }
const MARKS: Readonly<Record<ProfileKind, readonly string[]>> = {
  quality: ['layer_height', 'perimeters', 'fill_density'],
  material: ['filament_diameter', 'filament_type', 'extrusion_multiplier'],
  machine: ['bed_shape', 'nozzle_diameter', 'gcode_flavor'],
}
const MAX_PARENTS = 30

/** Whether a text is a configuration or config bundle of PrusaSlicer. */
export function isPrusaText(text: string): boolean {
  return /^\s*\[(print|filament|printer|vendor):?/m.test(text) || /^[\s;]*(layer_height|filament_diameter|bed_shape|nozzle_diameter)\s*=/m.test(text)
}

/**
 * The profiles of a PrusaSlicer `.ini`: a bundle's sections with what they inherit (several parents, the last strongest; names between asterisks are
 * parents only), or a configuration's print, filament and printer part.
 */
export function readPrusa(text: string, title: string): { profiles: readonly ForeignProfile[]; problems: readonly Problem[] } {
  const sections = parseIni(text)
  const named = sections.filter(({ name }) => KINDS[name.split(':')[0] ?? ''] !== undefined && name.includes(':'))
  if (named.length === 0) return { profiles: flatProfiles(sections.flatMap(({ values }) => [...values]), title), problems: [] }
  const problems: Problem[] = []
  const byName = new Map(named.map((section) => [section.name, section]))
  const profiles = named.flatMap((section): ForeignProfile[] => {
    const [type = '', ...rest] = section.name.split(':')
    const [kind, name] = [KINDS[type], rest.join(':').trim()]
    if (kind === undefined || /^\*.*\*$/.test(name)) return []
    return [{ program: 'PrusaSlicer', kind, name, values: inherited(section, byName, problems, []) }]
  })
  return { profiles, problems }
}

/** The parts of one flat list of keys, as a configuration or a 3MF project holds it. */
function flatProfiles(entries: readonly (readonly [string, string])[], title: string): readonly ForeignProfile[] {
  const values = new Map(entries)
  const names: Readonly<Record<ProfileKind, string>> = { quality: 'print_settings_id', material: 'filament_settings_id', machine: 'printer_settings_id' }
  return (['machine', 'material', 'quality'] as const)
    .filter((kind) => MARKS[kind].some((key) => values.has(key)))
    .map((kind) => ({ program: 'PrusaSlicer' as const, kind, name: (values.get(names[kind]) ?? '').replace(/^"|"$/g, '').split(';')[0]?.replace(/"/g, '').trim() || title, values }))
}

function inherited(section: IniSection, byName: ReadonlyMap<string, IniSection>, problems: Problem[], path: readonly string[]): ReadonlyMap<string, string> {
  const [type = ''] = section.name.split(':')
  const values = new Map<string, string>()
  for (const parent of (section.values.get('inherits') ?? '').split(';').map((name) => name.trim()).filter((name) => name !== '')) {
    const found = byName.get(`${type}:${parent}`)
    if (found === undefined) problems.push(missingParent(section.name.slice(type.length + 1), parent))
    else if (path.length < MAX_PARENTS && !path.includes(found.name)) for (const [key, value] of inherited(found, byName, problems, [...path, section.name])) values.set(key, value)
  }
  for (const [key, value] of section.values) values.set(key, value)
  return values
}
