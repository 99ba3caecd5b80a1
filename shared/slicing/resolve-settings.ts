import { failure, success, type Problem, type Result } from '../units/problem'
import { checkTogether } from './check-settings'
import { SETTINGS, type SettingDefinition, type SettingKey, type SettingValues, type SlicingSettings } from './settings'

/** Values with the name of where they come from. */
export interface NamedSettings {
  readonly source: string
  readonly values: SettingValues
}

export interface ResolvedSettings {
  readonly settings: SlicingSettings
  /** Where each value comes from: a layer's source, or `default`. */
  readonly sources: Readonly<Record<SettingKey, string>>
}

const KEYS = Object.keys(SETTINGS) as SettingKey[]

/**
 * Lays settings over the defaults, the weakest first, and checks them one by one and together.
 *
 * Problems: `setting/unknown`, `setting/bad-kind`, `setting/out-of-range`, `setting/bad-choice`, those of `checkTogether`.
 */
export function resolveSettings(layers: readonly NamedSettings[]): Result<ResolvedSettings> {
  const values: Record<string, unknown> = Object.fromEntries(KEYS.map((key) => [key, SETTINGS[key].default]))
  const sources: Record<string, string> = Object.fromEntries(KEYS.map((key) => [key, 'default']))
  const problems: Problem[] = []
  for (const { source, values: laid } of layers) {
    for (const [key, value] of Object.entries(laid)) {
      if (value === undefined) continue
      const problem = checkValue(key, value)
      if (problem) {
        problems.push({ ...problem, values: { ...problem.values, source } })
        continue
      }
      values[key] = value
      sources[key] = source
    }
  }
  if (problems.length > 0) return failure(...problems)
  const settings = values as unknown as SlicingSettings
  const together = checkTogether(settings)
  if (together.some(({ severity }) => severity === 'error')) return failure(...together)
  return success({ settings, sources: sources as Record<SettingKey, string> }, together)
}

/** Reads one setting as it is written on a command line: `parseSetting('infillPercent', '20')` is `{ infillPercent: 20 }`. A unit or % behind a number is allowed. */
export function parseSetting(key: string, text: string): Result<SettingValues> {
  if (!isSettingKey(key)) return failure(unknownKey(key))
  const value = parseValue(SETTINGS[key], text.trim())
  const problem = checkValue(key, value)
  return problem ? failure(problem) : success({ [key]: value } as SettingValues)
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}

function parseValue(definition: SettingDefinition, text: string): unknown {
  if (definition.kind === 'choice') return text
  if (definition.kind === 'boolean') {
    if (/^(true|yes|on|1)$/i.test(text)) return true
    return /^(false|no|off|0)$/i.test(text) ? false : text
  }
  const bare = definition.unit !== '' && text.endsWith(definition.unit) ? text.slice(0, -definition.unit.length).trim() : text
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : text
}

function checkValue(key: string, value: unknown): Problem | undefined {
  if (!isSettingKey(key)) return unknownKey(key)
  const definition: SettingDefinition = SETTINGS[key]
  switch (definition.kind) {
    case 'number':
      return checkNumber(key, value, definition)
    case 'choice':
      return typeof value === 'string' && definition.choices.includes(value) ? undefined : badChoice(key, value, definition.choices)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : badChoice(key, value, ['true', 'false'])
    default:
      return definition satisfies never
  }
}

function checkNumber(key: SettingKey, value: unknown, { min, max, unit, integer }: Extract<SettingDefinition, { kind: 'number' }>): Problem | undefined {
  const place = { key }
  const shown = spell(value)
  if (typeof value !== 'number' || !Number.isFinite(value) || (integer === true && !Number.isInteger(value))) {
    const kind = integer === true ? 'whole number' : 'number'
    return { code: integer === true ? 'setting/no-whole-number' : 'setting/no-number', severity: 'error', place, values: { key, value: shown, min, max, unit }, message: `${key} takes a ${kind} from ${min} to ${max}${unit && ` ${unit}`}, not “${shown}”.` }
  }
  if (value >= min && value <= max) return undefined
  return { code: 'setting/out-of-range', severity: 'error', place, values: { key, value, min, max, unit }, message: `${key} is ${value}; it must be ${min} to ${max}${unit && ` ${unit}`}.` }
}

function badChoice(key: SettingKey, value: unknown, choices: readonly string[]): Problem {
  return { code: 'setting/bad-choice', severity: 'error', place: { key }, values: { key, value: spell(value), choices: choices.join(', ') }, message: `${key} must be one of ${choices.join(', ')}, not “${spell(value)}”.` }
}

function unknownKey(key: string): Problem {
  const nearest = nearestKey(key)
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  return { code: 'setting/unknown', severity: 'error', place: { key }, values: { key, nearest: nearest ?? '', valid: KEYS.join(', ') }, message: `There is no setting “${key}”.${hint} Settings are: ${KEYS.join(', ')}.` }
}

function spell(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}

/** The key that differs least from what was written, if it differs little; the unit at the end need not be there. */
function nearestKey(written: string): SettingKey | undefined {
  const plain = (key: string) => key.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const bare = (key: string) => plain(key).replace(/(mmpers|mm3pers|percent|deg|mm)$/, '')
  let nearest: SettingKey | undefined
  let least = Math.max(2, Math.floor(bare(written).length / 2.5))
  for (const key of KEYS) {
    const distance = Math.min(editDistance(plain(written), plain(key)), editDistance(bare(written), bare(key)))
    if (distance >= least) continue
    least = distance
    nearest = key
  }
  return nearest
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
