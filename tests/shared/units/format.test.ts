import { describe, expect, it } from 'vitest'
import { currencyDigits, formatBytes, formatDuration, formatLength, formatMass, formatMoney, formatVolume } from '../../../shared/units/format'

describe('durations', () => {
  it.each([
    [0, '0 s', '0초'],
    [59.4, '59 s', '59초'],
    [60, '1 min', '1분'],
    [125, '2 min 5 s', '2분 5초'],
    [3599, '1 h', '1시간'],
    [3600 + 300, '1 h 5 min', '1시간 5분'],
    [86_400 * 2 + 3600 * 3, '2 d 3 h', '2일 3시간'],
    [Number.NaN, '–', '–'],
  ])('of %s s', (seconds, english, korean) => {
    expect(formatDuration(seconds)).toBe(english)
    expect(formatDuration(seconds, 'ko')).toBe(korean)
  })
})

describe('money', () => {
  it('has the digits of its currency', () => {
    expect(formatMoney(125, 'EUR')).toBe('EUR 1.25')
    expect(formatMoney(1_234_567, 'KRW')).toBe('KRW 1,234,567')
    expect(formatMoney(-5, 'USD')).toBe('USD -0.05')
    expect([currencyDigits('KRW'), currencyDigits('EUR'), currencyDigits('KWD')]).toEqual([0, 2, 3])
  })
})

it('lengths, masses, volumes and sizes are short', () => {
  expect([formatLength(0.2), formatLength(999), formatLength(3850.4)]).toEqual(['0.2 mm', '999 mm', '3.85 m'])
  expect([formatMass(4.236), formatMass(42.36), formatMass(1250)]).toEqual(['4.24 g', '42.4 g', '1.25 kg'])
  expect([formatVolume(9.876), formatVolume(98.76)]).toEqual(['9.88 cm³', '98.8 cm³'])
  expect([formatBytes(12), formatBytes(3400), formatBytes(5_600_000)]).toEqual(['12 B', '3.4 kB', '5.6 MB'])
})
