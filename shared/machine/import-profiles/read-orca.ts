import type { Problem } from '../../units/problem'
import { missingParent, type ForeignProfile, type ProfileKind } from './foreign-profile'

type Json = Readonly<Record<string, unknown>>
const KINDS: Readonly<Record<string, ProfileKind>> = { process: 'quality', print: 'quality', filament: 'material', machine: 'machine', printer: 'machine' }
const MARKS: readonly (readonly [string, ProfileKind])[] = [['wall_loops', 'quality'], ['layer_height', 'quality'], ['sparse_infill_density', 'quality'], ['filament_type', 'material'], ['nozzle_temperature', 'material'], ['printable_area', 'machine'], ['nozzle_diameter', 'machine']]
const MAX_PARENTS = 30

/** A preset's JSON with the name of its file. */
export interface OrcaFile {
  readonly title: string
  readonly json: Json
}

/** Whether a JSON object is a preset or project configuration of OrcaSlicer (Bambu Studio writes the same form). */
export function isOrcaJson(json: Json): boolean {
  return (typeof json['type'] === 'string' && Object.hasOwn(KINDS, json['type'])) || kindByKeys(json) !== undefined
}

/** The presets of OrcaSlicer files; what one inherits is looked up by name among them all. Files that only others build on (`instantiation` false) give none. */
export function readOrca(files: readonly OrcaFile[]): { profiles: readonly ForeignProfile[]; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const byName = new Map(files.map((file) => [`${kindOf(file.json) ?? ''} ${nameOf(file)}`, file]))
  const profiles = files.flatMap((file): ForeignProfile[] => {
    if (file.json['instantiation'] === 'false' || file.json['type'] === 'machine_model') return []
    if (isProject(file.json)) return projectProfiles(file)
    const kind = kindOf(file.json)
    return kind === undefined ? [] : [{ program: 'OrcaSlicer', kind, name: nameOf(file), values: inherited(file, byName, problems, []) }]
  })
  return { profiles, problems }
}

/** A project's configuration holds machine, filaments and process in one. */
function isProject(json: Json): boolean {
  return json['printer_settings_id'] !== undefined && json['wall_loops'] !== undefined
}

function projectProfiles({ title, json }: OrcaFile): ForeignProfile[] {
  const values = textValues(json)
  const names = { machine: 'printer_settings_id', material: 'filament_settings_id', quality: 'print_settings_id' } as const
  return (['machine', 'material', 'quality'] as const).map((kind) => ({ program: 'OrcaSlicer' as const, kind, name: (values.get(names[kind]) ?? '').split(';')[0] || title, values }))
}

function inherited(file: OrcaFile, byName: ReadonlyMap<string, OrcaFile>, problems: Problem[], path: readonly string[]): ReadonlyMap<string, string> {
  const parent = typeof file.json['inherits'] === 'string' ? file.json['inherits'] : ''
  const found = parent === '' ? undefined : byName.get(`${kindOf(file.json) ?? ''} ${parent}`)
  if (parent !== '' && found === undefined) problems.push(missingParent(nameOf(file), parent))
  const isNew = found !== undefined && found !== file && path.length < MAX_PARENTS && !path.includes(parent)
  return new Map([...(isNew ? inherited(found, byName, problems, [...path, parent]) : []), ...textValues(file.json)])
}

/** Values as text; lists joined, of texts by semicolons as they may hold commas. */
function textValues(json: Json): Map<string, string> {
  return new Map(Object.entries(json).flatMap(([key, value]): [string, string][] => {
    if (Array.isArray(value)) return [[key, value.map((item) => plain(item)).join(';')]]
    return typeof value === 'object' && value !== null ? [] : [[key, plain(value)]]
  }))
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function kindOf(json: Json): ProfileKind | undefined {
  const type = json['type']
  return typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : kindByKeys(json)
}

function kindByKeys(json: Json): ProfileKind | undefined {
  return MARKS.find(([key]) => json[key] !== undefined)?.[1]
}

function nameOf({ title, json }: OrcaFile): string {
  return typeof json['name'] === 'string' && json['name'] !== '' ? json['name'] : title
}
