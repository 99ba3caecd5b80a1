import { SETTINGS, type SettingKey, type SlicingSettings } from '../../slicing/settings'
import { CURA_RULES } from '../import-profiles/cura-rules'
import type { ForeignProgram } from '../import-profiles/foreign-profile'
import { ORCA_RULES } from '../import-profiles/orca-rules'
import { PRUSA_RULES } from '../import-profiles/prusa-rules'
import type { Rule } from '../import-profiles/rules'

const RULES: Readonly<Record<ForeignProgram, readonly Rule[]>> = { PrusaSlicer: PRUSA_RULES, OrcaSlicer: ORCA_RULES, Cura: CURA_RULES }

/** Our settings in a program's keys, and those that it has no key or no value for. */
export interface ReversedSettings {
  /** By foreign key, as text of that program. */
  readonly values: Map<string, string>
  /** Without those that are what they are unless set. */
  readonly left: readonly SettingKey[]
}

/** Reads the tables of the import backwards: what a setting of ours is called and how its value is written. `skipped` are those that the caller writes itself. */
export function reverseRules(program: ForeignProgram, settings: SlicingSettings, skipped: ReadonlySet<SettingKey>): ReversedSettings {
  const values = new Map<string, string>()
  const left: SettingKey[] = []
  for (const key of Object.keys(SETTINGS) as SettingKey[]) {
    if (skipped.has(key)) continue
    const rules = RULES[program].filter(({ to, from }) => to === key && from.length > 0)
    const isWritten = rules.some((rule) => write(rule, settings[key], { program, values }))
    if (!isWritten && settings[key] !== SETTINGS[key].default) left.push(key)
  }
  return { values, left }
}

function write(rule: Rule, value: string | number | boolean, { program, values }: { program: ForeignProgram; values: Map<string, string> }): boolean {
  const [key] = rule.from
  const text = foreignText(rule, value, program)
  if (key === undefined || text === undefined) return false
  // A zero that stands for “as another says” is left to the program.
  if (rule.isZeroNone === true && value === 0) return true
  const isOff = value === 0 || value === false
  // What only counts while something is on switches it on.
  for (const condition of rule.when === undefined || isOff ? [] : [rule.when].flat()) {
    const [first] = condition.in
    if (first !== undefined && condition.key !== key) values.set(condition.key, first)
  }
  values.set(key, text)
  return true
}

function foreignText({ how }: Rule, value: string | number | boolean, program: ForeignProgram): string | undefined {
  switch (how.as) {
    case 'choice':
      return Object.entries(how.values).find(([, ours]) => ours === String(value))?.[0]
    case 'flag': {
      const isOn = (value === true) !== (how.isInverted === true)
      return program === 'Cura' ? String(isOn) : isOn ? '1' : '0'
    }
    case 'percent':
      return program === 'Cura' ? String(value) : `${value}%`
    case 'share':
      return String(round(Number(value) / 100))
    case 'number':
      return String(round(Number(value) / (how.factor ?? 1)))
    default:
      // What is worked out of several keys is written by the plan of each engine.
      return undefined
  }
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
