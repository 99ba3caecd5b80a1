import { create } from 'zustand'
import { type Locale, type Translate, translator } from './text'

const STORED_AS = 'gongbang.locale'

/** The language that the browser asks for, when it is one of ours. */
export function preferredLocale(languages: readonly string[]): Locale {
  return languages.find((language) => /^(ko|en)\b/i.test(language))?.toLowerCase().startsWith('ko') === true ? 'ko' : 'en'
}

function firstLocale(): Locale {
  const stored = localStorage.getItem(STORED_AS)
  return stored === 'en' || stored === 'ko' ? stored : preferredLocale(navigator.languages)
}

interface LocaleState {
  readonly locale: Locale
  readonly t: Translate
  setLocale(locale: Locale): void
}

/** The window's language, kept over reloads. */
export const useLocale = create<LocaleState>()((set) => {
  const locale = firstLocale()
  return {
    locale,
    t: translator(locale),
    setLocale(next) {
      localStorage.setItem(STORED_AS, next)
      set({ locale: next, t: translator(next) })
    },
  }
})

/** The look-up for code outside of components. */
export function currentText(): Translate {
  return useLocale.getState().t
}
