/** Minor digits of currencies whose smallest unit isn't a hundredth (ISO 4217). */
const CURRENCY_DIGITS: Readonly<Record<string, number>> = { KRW: 0, JPY: 0, VND: 0, CLP: 0, ISK: 0, KWD: 3, BHD: 3, TND: 3 }

export type UnitLocale = 'en' | 'ko'

const TIME_UNITS: Readonly<Record<UnitLocale, readonly [string, string, string, string]>> = {
  en: ['d', 'h', 'min', 's'],
  ko: ['일', '시간', '분', '초'],
}

/** Digits behind the point of a currency's amounts: 2 for EUR and USD, 0 for KRW. */
export function currencyDigits(currency: string): number {
  return CURRENCY_DIGITS[currency] ?? 2
}

/** `1 h 5 min`, `1시간 5분`: the two largest units, rounded; seconds only below ten minutes. */
export function formatDuration(durationS: number, locale: UnitLocale = 'en'): string {
  const [d, h, min, s] = TIME_UNITS[locale]
  const join = (...parts: readonly (readonly [number, string])[]) =>
    parts
      .filter(([n], i) => n > 0 || (i === 0 && parts.length === 1))
      .map(([n, unit]) => (locale === 'ko' ? `${n}${unit}` : `${n} ${unit}`))
      .join(' ')
  if (!Number.isFinite(durationS)) return '–'
  const seconds = Math.max(0, Math.round(durationS))
  if (seconds < 60) return join([seconds, s])
  if (seconds < 600) return join([Math.floor(seconds / 60), min], [seconds % 60, s])
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return join([minutes, min])
  if (minutes < 1440) return join([Math.floor(minutes / 60), h], [minutes % 60, min])
  const hours = Math.round(minutes / 60)
  return join([Math.floor(hours / 24), d], [hours % 24, h])
}

/** `0.2 mm`, `12.5 mm`, `1.25 m` for filament: mm up to a metre, then metres. */
export function formatLength(lengthMm: number): string {
  return Math.abs(lengthMm) < 1000 ? `${trimmed(lengthMm, 2)} mm` : `${trimmed(lengthMm / 1000, 2)} m`
}

/** `4.2 g`, `1.25 kg`. */
export function formatMass(massG: number): string {
  return Math.abs(massG) < 1000 ? `${trimmed(massG, massG < 10 ? 2 : 1)} g` : `${trimmed(massG / 1000, 2)} kg`
}

/** `9.87 cm³`. */
export function formatVolume(volumeCm3: number): string {
  return `${trimmed(volumeCm3, volumeCm3 < 10 ? 2 : 1)} cm³`
}

/** `EUR 1.25`, `KRW 1,250`: an amount in integer minor units with its ISO 4217 code. */
export function formatMoney(amountMinor: number, currency: string): string {
  const digits = currencyDigits(currency)
  const [whole = '0', fraction] = (Math.abs(amountMinor) / 10 ** digits).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currency} ${amountMinor < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** `1.2 MB`, `340 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${trimmed(bytes / 1000, 1)} kB` : `${trimmed(bytes / 1_000_000, 1)} MB`
}

function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)))
}
