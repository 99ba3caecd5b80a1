import type { Problem } from '../../shared/units/problem'
import { type TextKey, type TextValues, type Translate, isTextKey } from './text'

/** What a problem needs to be put into words: a code, values, and English for when a text is missing. */
export type Wordable = Pick<Problem, 'code' | 'message' | 'values' | 'place'>

/** Places are counted from 0 inside and from 1 for people. */
function readablePlace(place: Problem['place']): TextValues {
  if (place === undefined) return {}
  return Object.fromEntries(Object.entries(place).map(([name, value]) => [name, typeof value === 'number' && !name.endsWith('Number') ? value + 1 : value]))
}

/** Says a problem in the window's language; in English where no text exists for its code. */
export function problemText(t: Translate, problem: Wordable): string {
  const key = `problem.${problem.code}`
  return isTextKey(key) ? t(key, { ...readablePlace(problem.place), ...problem.values }) : problem.message
}

/** What to do about a problem, when there is more to say than its sentence does. */
export function remedyText(t: Translate, problem: Wordable): string | undefined {
  const key: string = `problem.${problem.code}.remedy`
  return isTextKey(key) ? t(key satisfies TextKey, { ...readablePlace(problem.place), ...problem.values }) : undefined
}
