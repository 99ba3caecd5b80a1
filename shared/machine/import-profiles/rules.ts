import type { SettingKey } from '../../slicing/settings'
import type { ProfileKind } from './foreign-profile'

/** How the text of a foreign value becomes one of ours. */
export type Conversion =
  /** A number; `50%` is that share of the first of `percentOf` that the profile has, itself converted the same way. */
  | { readonly as: 'number'; readonly factor?: number; readonly percentOf?: readonly string[] }
  /** 0..100, with or without the sign. */
  | { readonly as: 'percent' }
  /** A share of 1, or with a sign of 100. */
  | { readonly as: 'share' }
  /** An angle from the bed, where ours is from the vertical, degrees. */
  | { readonly as: 'complement' }
  /** A height in mm, where ours counts layers of the height that the key says. */
  | { readonly as: 'layers'; readonly heightKey: string }
  /** The gap between lines in mm, where ours is how much of the area they cover; their width is that of the first key that has one. */
  | { readonly as: 'density'; readonly widthKeys: readonly string[] }
  | { readonly as: 'flag'; readonly isInverted?: boolean }
  | { readonly as: 'choice'; readonly values: Readonly<Record<string, string>> }

interface Condition {
  readonly key: string
  readonly in: readonly string[]
}

/** One line of a mapping table: foreign keys to one of our settings. */
export interface Rule {
  readonly kind: ProfileKind
  /** The first one that holds something is taken. */
  readonly from: readonly string[]
  readonly to: SettingKey
  readonly how: Conversion
  /** A zero stands for “as the next key says”, or for nothing at all. */
  readonly isZeroNone?: boolean
  /** The rule holds only where other keys have one of these values. */
  readonly when?: Condition
  readonly also?: Condition
}

type More = Pick<Rule, 'isZeroNone' | 'when' | 'also'>
type Make = (to: SettingKey, from: string | readonly string[], how?: Conversion, more?: More) => Rule

const make = (kind: ProfileKind): Make => (to, from, how = NUMBER, more = {}) => ({ kind, from: typeof from === 'string' ? [from] : from, to, how, ...more })

export const NUMBER: Conversion = { as: 'number' }
export const PERCENT: Conversion = { as: 'percent' }
export const SHARE: Conversion = { as: 'share' }
export const FLAG: Conversion = { as: 'flag' }

/** Makes rules of profiles of machines, materials and qualities. */
export const machine = make('machine')
export const material = make('material')
export const quality = make('quality')

/** A number, or a percentage of another key's value. */
export function ofKeys(...percentOf: readonly string[]): Conversion {
  return { as: 'number', percentOf }
}

/** One of our choices for each of theirs. */
export function choices(values: Readonly<Record<string, string>>): Conversion {
  return { as: 'choice', values }
}
