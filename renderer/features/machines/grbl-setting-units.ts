/** Units of Grbl's settings, by number. */
export const SETTING_UNITS: Readonly<Record<string, string>> = {
  0: 'µs', 1: 'ms', 11: 'mm', 12: 'mm', 24: 'mm/min', 25: 'mm/min', 26: 'ms', 27: 'mm', 100: 'steps/mm', 101: 'steps/mm', 102: 'steps/mm', 110: 'mm/min', 111: 'mm/min', 112: 'mm/min', 120: 'mm/s²', 121: 'mm/s²', 122: 'mm/s²', 130: 'mm', 131: 'mm', 132: 'mm',
}
