import { strFromU8, unzipSync } from 'fflate'
import { evaluateExpression, ExpressionError } from '../../gcode/evaluate-expression'
import { failure, success, type Problem, type Result } from '../../units/problem'
import { leftOut, missingParent, type ForeignProfile } from './foreign-profile'
import { parseIni } from './parse-ini'

type Json = Readonly<Record<string, unknown>>
const MAX_UNPACKED_BYTES = 20_000_000
const MAX_ENTRIES = 100
const MAX_PARENTS = 30
/** What all of Cura's machines build on; its defaults are Cura's, not the machine's. */
const ROOTS = new Set(['fdmprinter', 'fdmextruder'])

/** A definition's JSON with the name that others inherit it by. */
export interface CuraFile {
  readonly title: string
  readonly json: Json
}

interface Read {
  readonly profiles: readonly ForeignProfile[]
  readonly problems: readonly Problem[]
}

/** Whether a JSON object is a definition of Cura. */
export function isCuraJson(json: Json): boolean {
  return isJson(json['metadata']) && (isJson(json['overrides']) || isJson(json['settings'])) && (json['version'] === 2 || json['version'] === undefined)
}

/** The quality of a `.curaprofile`: a zip of ini files, one for the machine and one an extruder; the first extruder's values stand over the machine's. */
export function readCuraProfile(bytes: Uint8Array, title: string): Result<Read> {
  const entries = unpack(bytes)
  if (entries === undefined) return failure({ code: 'import-profile/damaged', severity: 'error', values: { name: title }, message: `${title} is damaged or no Cura profile.` })
  const parts = entries.map((text) => {
    const sections = parseIni(text)
    const at = (name: string) => sections.find((section) => section.name === name)?.values
    return { name: at('general')?.get('name') ?? title, position: at('metadata')?.get('position'), values: at('values') ?? new Map<string, string>() }
  })
  const used = [...parts.filter(({ position }) => position === undefined), ...parts.filter(({ position }) => position === '0')]
  if (used.length === 0) return failure({ code: 'import-profile/damaged', severity: 'error', values: { name: title }, message: `${title} is damaged or no Cura profile.` })
  const name = used[0]?.name ?? title
  const raw = new Map(used.flatMap(({ values }) => [...values]))
  const { values, problems } = evaluated(raw, name)
  return success({ profiles: [{ program: 'Cura', kind: 'quality', name, values }], problems })
}

/** The machines of Cura definitions: each with what it inherits among the given files; hidden ones (`visible` false) and those that others build on give none. */
export function readCuraDefinitions(files: readonly CuraFile[]): Read {
  const problems: Problem[] = []
  const byTitle = new Map(files.map((file) => [file.title, file]))
  const parents = new Set(files.map(({ json }) => json['inherits']))
  const profiles = files.flatMap((file): ForeignProfile[] => {
    if (ROOTS.has(file.title) || parents.has(file.title)) return []
    const name = typeof file.json['name'] === 'string' ? file.json['name'] : file.title
    const found = evaluated(inherited(file, byTitle, problems, []), name)
    problems.push(...found.problems)
    const metadata = isJson(file.json['metadata']) ? file.json['metadata'] : {}
    const values = new Map(found.values)
    if (typeof metadata['manufacturer'] === 'string') values.set('manufacturer', metadata['manufacturer'])
    return [{ program: 'Cura', kind: 'machine', name, values }]
  })
  return { profiles, problems }
}

function unpack(bytes: Uint8Array): readonly string[] | undefined {
  let total = 0
  let count = 0
  try {
    const entries = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize
        if (total > MAX_UNPACKED_BYTES || ++count > MAX_ENTRIES) throw new RangeError('too large')
        return true
      },
    })
    return Object.values(entries).map((entry) => strFromU8(entry))
  } catch {
    // Not a zip, cut short, or a bomb: none of them is a profile.
    return undefined
  }
}

function inherited(file: CuraFile, byTitle: ReadonlyMap<string, CuraFile>, problems: Problem[], path: readonly string[]): ReadonlyMap<string, string> {
  const parent = typeof file.json['inherits'] === 'string' ? file.json['inherits'] : ''
  const found = byTitle.get(parent)
  if (parent !== '' && found === undefined && !ROOTS.has(parent)) problems.push(missingParent(file.title, parent))
  const isNew = found !== undefined && path.length < MAX_PARENTS && !path.includes(parent)
  const values = new Map(isNew ? inherited(found, byTitle, problems, [...path, parent]) : [])
  if (isJson(file.json['settings'])) takeTree(file.json['settings'], values, 0)
  if (isJson(file.json['overrides'])) for (const [key, entry] of Object.entries(file.json['overrides'])) takeEntry(key, entry, values)
  return values
}

/** Settings stand in a tree: categories, settings, and settings under settings. */
function takeTree(tree: Json, values: Map<string, string>, depth: number): void {
  for (const [key, entry] of Object.entries(tree)) {
    if (!isJson(entry) || depth > MAX_PARENTS) continue
    if (entry['type'] !== 'category') takeEntry(key, entry, values)
    if (isJson(entry['children'])) takeTree(entry['children'], values, depth + 1)
  }
}

/** A calculation (`value`) goes before a plain value (`default_value`). */
function takeEntry(key: string, entry: unknown, values: Map<string, string>): void {
  if (!isJson(entry)) return
  const { value, default_value: plain } = entry
  if (value !== undefined && value !== null) values.set(key, typeof value === 'string' ? `=${value}` : String(value))
  else if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') values.set(key, String(plain))
  else if (Array.isArray(plain)) values.set(key, JSON.stringify(plain))
}

/** Values with simple calculations (numbers, other keys, + - * /, comparison, min, max) done; others are left out. */
function evaluated(raw: ReadonlyMap<string, string>, name: string): { values: ReadonlyMap<string, string>; problems: readonly Problem[] } {
  const values = new Map<string, string>()
  const problems: Problem[] = []
  const open = new Map<string, string>()
  for (const [key, text] of raw) (text.startsWith('=') ? open : values).set(key, text.startsWith('=') ? text.slice(1) : text)
  for (let round = 0, before = -1; open.size !== before && round < MAX_PARENTS; round++) {
    before = open.size
    const known = Object.fromEntries([...values].map(([key, text]) => [key, /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text]))
    for (const [key, expression] of open) {
      const value = calculate(expression, known)
      if (value === undefined) continue
      values.set(key, value)
      open.delete(key)
    }
  }
  for (const [key, expression] of open) problems.push(leftOut('import-profile/calculation', name, key, expression))
  return { values, problems }
}

function calculate(expression: string, known: Readonly<Record<string, number | string | boolean>>): string | undefined {
  if (/^(True|False)$/.test(expression.trim())) return expression.trim().toLowerCase()
  try {
    return String(evaluateExpression(expression, known))
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
