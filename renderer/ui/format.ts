import type { Locale } from '../i18n/text'

const MINUTE_S = 60
const HOUR_S = 3600

/** A length of time in words: `1 h 24 min`, `1시간 24분`; seconds only below an hour. */
export function formatDuration(seconds: number, locale: Locale): string {
  const words = locale === 'ko' ? { h: '시간', m: '분', s: '초', gap: '' } : { h: 'h', m: 'min', s: 's', gap: ' ' }
  const whole = Math.max(0, Math.round(seconds))
  const h = Math.floor(whole / HOUR_S)
  const m = Math.floor((whole % HOUR_S) / MINUTE_S)
  const s = whole % MINUTE_S
  const part = (amount: number, word: string) => `${amount}${words.gap}${word}`
  if (h > 0) return `${part(h, words.h)} ${part(m, words.m)}`
  if (m > 0) return m >= 10 || s === 0 ? part(m, words.m) : `${part(m, words.m)} ${part(s, words.s)}`
  return part(s, words.s)
}

/** A number with the language's separators and at most `digits` decimals. */
export function formatNumber(value: number, locale: Locale, digits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
}

/** A length of filament: metres, or millimetres below one metre. */
export function formatFilament(mm: number, locale: Locale): string {
  return mm < 1000 ? `${formatNumber(mm, locale, mm < 10 ? 1 : 0)} mm` : `${formatNumber(mm / 1000, locale, 2)} m`
}

/** Bytes as kB, MB or GB. */
export function formatBytes(bytes: number, locale: Locale): string {
  const steps = ['B', 'kB', 'MB', 'GB']
  const step = Math.min(steps.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${formatNumber(bytes / 1000 ** step, locale, step === 0 ? 0 : 1)} ${steps[step] ?? 'B'}`
}

/** The time of day to the second. */
export function formatClock(atMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(atMs)
}

/** A moment, short: date and time to the minute; the year only when it isn't this one. */
export function formatMoment(atMs: number, locale: Locale): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date().getFullYear()
  return new Intl.DateTimeFormat(locale, { ...(!isThisYear && { year: 'numeric' }), month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs)
}
