/** What differs between firmwares that speak Marlin's protocol. */
export interface FirmwareQuirks {
  /** Lines that may be under way at once: places of its queue less one, for M112. */
  readonly maxWindow: 1 | 2 | 3
  /** No `ok` follows the message that a command is unknown. */
  readonly isUnknownAnswered: boolean
}

interface QuirkRow extends FirmwareQuirks {
  /** Matched with FIRMWARE_NAME of M115. */
  readonly pattern: RegExp
}

/** A new firmware is a row. @see the firmwares' own sources of their queues; the facts are listed in BEHAVIOUR.md, row 65 */
const ROWS: readonly QuirkRow[] = [
  { pattern: /^Prusa-Firmware/i, maxWindow: 3, isUnknownAnswered: false },
  { pattern: /^Marlin/i, maxWindow: 3, isUnknownAnswered: false },
  { pattern: /^Repetier/i, maxWindow: 3, isUnknownAnswered: false },
  { pattern: /^Klipper/i, maxWindow: 3, isUnknownAnswered: false },
  // Reads a line, acts, answers: nothing is gained by more.
  { pattern: /^Smoothie/i, maxWindow: 1, isUnknownAnswered: false },
  { pattern: /^RepRapFirmware/i, maxWindow: 2, isUnknownAnswered: false },
  { pattern: /^Teacup/i, maxWindow: 1, isUnknownAnswered: true },
]

/** Nothing is known of its queue: one line at a time is always right. */
const UNKNOWN: FirmwareQuirks = { maxWindow: 1, isUnknownAnswered: false }

/** The quirks of a firmware by the name that it gave; without a name those of any. */
export function quirksOf(firmwareName: string | undefined): FirmwareQuirks {
  return ROWS.find(({ pattern }) => pattern.test(firmwareName ?? '')) ?? UNKNOWN
}
