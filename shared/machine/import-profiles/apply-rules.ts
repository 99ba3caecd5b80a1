import { SETTINGS, type SettingDefinition, type SettingKey, type SettingValues } from '../../slicing/settings'
import type { Problem } from '../../units/problem'
import { leftOut, type ForeignProfile } from './foreign-profile'
import type { Conversion, Rule } from './rules'

type Values = ForeignProfile['values']
const MAX_DEPTH = 5
/** A line's width where a profile leaves it to the program, mm. */
const USUAL_WIDTH_MM = 0.4

/**
 * Settings of ours that a foreign profile's values say by the rules; the first rule of a setting that finds a value wins. Values that ours don't have are
 * left out with `import-profile/no-such-value`, `/not-a-value` or `/out-of-range`.
 */
export function applyRules({ name, values }: Pick<ForeignProfile, 'name' | 'values'>, rules: readonly Rule[]): { settings: SettingValues; left: readonly Problem[] } {
  const settings: Partial<Record<SettingKey, unknown>> = {}
  const left: Problem[] = []
  for (const rule of rules) {
    if (settings[rule.to] !== undefined || !isMet(rule, values)) continue
    const key = rule.from.find((from) => isGiven(values.get(from), rule))
    const text = key === undefined ? undefined : values.get(key)
    if (key === undefined || text === undefined) continue
    const converted = convert(rule, text, values)
    if (converted.value === undefined) left.push(leftOut(converted.code, name, key, text))
    else settings[rule.to] = converted.value
  }
  return { settings: settings as SettingValues, left }
}

/** Every foreign key that the rules look at. */
export function keysOfRules(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ from, when, also, how }) => [...from, ...[when, also].flatMap((condition) => (condition === undefined ? [] : [condition.key])), ...(how.as === 'number' ? (how.percentOf ?? []) : how.as === 'density' ? how.widthKeys : how.as === 'layers' ? [how.heightKey] : [])]))
}

/** The first of a list of values, as for the first extruder; quotes go. */
export function firstValue(text: string): string {
  const [first = ''] = text.includes(';') ? text.split(';') : text.split(',')
  return first.trim().replace(/^"(.*)"$/, '$1')
}

function isMet({ when, also }: Rule, values: Values): boolean {
  return [when, also].every((condition) => condition === undefined || condition.in.includes(firstValue(values.get(condition.key) ?? '').toLowerCase()))
}

function isGiven(text: string | undefined, { isZeroNone }: Rule): boolean {
  const value = text === undefined ? '' : firstValue(text)
  return value !== '' && value !== 'nil' && !(isZeroNone === true && /^0(\.0*)?%?$/.test(value))
}

type Converted = { readonly value: unknown; readonly code: '' } | { readonly value: undefined; readonly code: string }

function convert({ to, how }: Rule, text: string, values: Values): Converted {
  const definition: SettingDefinition = SETTINGS[to]
  const plain = firstValue(text)
  if (how.as === 'choice') {
    const wanted = plain.toLowerCase()
    return Object.hasOwn(how.values, wanted) ? typed(definition, how.values[wanted]) : { value: undefined, code: 'import-profile/no-such-value' }
  }
  if (how.as === 'flag') {
    if (!/^(0|1|true|false)$/i.test(plain)) return { value: undefined, code: 'import-profile/not-a-value' }
    return { value: /^(1|true)$/i.test(plain) !== (how.isInverted === true), code: '' }
  }
  const number = derived(how, plain, values)
  return number === undefined ? { value: undefined, code: 'import-profile/not-a-value' } : typed(definition, String(number))
}

/** A choice or number of a rule as the setting has it. */
function typed(definition: SettingDefinition, text: string | undefined): Converted {
  if (text === undefined) return { value: undefined, code: 'import-profile/no-such-value' }
  if (definition.kind === 'boolean') return { value: text === 'true', code: '' }
  if (definition.kind === 'choice') return definition.choices.includes(text) ? { value: text, code: '' } : { value: undefined, code: 'import-profile/no-such-value' }
  const number = Number(text)
  const value = definition.integer === true ? Math.round(number) : Math.round(number * 1e6) / 1e6
  if (value < definition.min || value > definition.max) return { value: undefined, code: 'import-profile/out-of-range' }
  return { value, code: '' }
}

/** A number that isn't said as ours is, or one that is. */
function derived(how: Conversion, text: string, values: Values): number | undefined {
  const number = toNumber(how.as === 'percent' || how.as === 'share' || how.as === 'number' ? how : { as: 'number' }, text, values, 0)
  if (number === undefined) return undefined
  if (how.as === 'complement') return 90 - number
  if (how.as === 'layers') {
    const heightMm = Number(firstValue(values.get(how.heightKey) ?? ''))
    if (!(heightMm > 0)) return undefined
    // A gap stays a gap, however small.
    return number > 0 ? Math.max(1, Math.round(number / heightMm)) : number
  }
  if (how.as !== 'density') return number
  const widths = how.widthKeys.map((key) => Number(firstValue(values.get(key) ?? '')))
  const widthMm = widths.find((width) => width > 0) ?? USUAL_WIDTH_MM
  return number < 0 ? undefined : (100 * widthMm) / (widthMm + number)
}

function toNumber(how: Conversion, text: string, values: Values, depth: number): number | undefined {
  const match = /^(-?\d+(?:\.\d*)?|-?\.\d+)\s*(%?)$/.exec(text)
  if (!match || depth > MAX_DEPTH) return undefined
  const number = Number(match[1])
  const isPercent = match[2] === '%'
  if (how.as === 'percent') return number
  if (how.as === 'share') return isPercent ? number : number * 100
  if (how.as !== 'number') return undefined
  if (!isPercent) return number * (how.factor ?? 1)
  const [first, ...rest] = how.percentOf ?? []
  const base = first === undefined ? undefined : values.get(first)
  if (base === undefined) return undefined
  const whole = toNumber({ as: 'number', percentOf: rest }, firstValue(base), values, depth + 1)
  return whole === undefined ? undefined : (whole * number) / 100
}
