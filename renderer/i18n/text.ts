import { createContext, useContext } from 'react'
import { english } from './english'
import { korean } from './korean'
import { settleParticles } from './korean-particles'

export type Locale = 'en' | 'ko'
export type TextKey = keyof typeof english
export type TextValues = Readonly<Record<string, string | number>>
/** Looks up a text and fills its `{values}` in. */
export type Translate = (key: TextKey, values?: TextValues) => string

const DICTIONARIES: Readonly<Record<Locale, Readonly<Record<TextKey, string>>>> = { en: english, ko: korean }

/** Makes the look-up for a locale. */
export function translator(locale: Locale): Translate {
  const settle = locale === 'ko' ? settleParticles : (text: string) => text
  return (key, values) => (values ? settle(fill(DICTIONARIES[locale][key], values)) : DICTIONARIES[locale][key])
}

/** True when a text exists for a key that was put together at run time, such as `problem.stl/empty`. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(english, key)
}

function fill(text: string, values: TextValues): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole))
}

export const LocaleContext = createContext<{ readonly locale: Locale; readonly t: Translate }>({ locale: 'en', t: translator('en') })

/** The look-up for the window's locale. */
export function useText(): Translate {
  return useContext(LocaleContext).t
}
