import type { Axes } from './program'

/** A status report as far as it was said; what it left out is undefined. */
export interface StatusReport {
  readonly state: string
  readonly sub: number | undefined
  readonly machine: Axes | undefined
  readonly work: Axes | undefined
  readonly workOffset: Axes | undefined
  readonly blocksFree: number | undefined
  readonly bytesFree: number | undefined
  readonly feed: number | undefined
  readonly power: number | undefined
  /** Feed, rapid, spindle; percent. */
  readonly overrides: Axes | undefined
  /** Letters of the inputs that are active; undefined where none was told (then none is). */
  readonly pins: string | undefined
  /** Spindle and coolant: S, C, F, M. */
  readonly accessories: string | undefined
  readonly line: number | undefined
  /** Fields of other firmware, as they came. */
  readonly others: Readonly<Record<string, string>>
}

export const STATES = ['Idle', 'Run', 'Hold', 'Jog', 'Alarm', 'Door', 'Check', 'Home', 'Sleep', 'Tool'] as const

const LINE = /^<([A-Za-z]+)(?::(\d+))?((?:\|[A-Za-z0-9]+:[^|<>]*)*)>$/
const NUMBER = /^-?\d+(?:\.\d+)?$/

function numbers(text: string, count: number): number[] | undefined {
  const parts = text.split(',')
  return parts.length >= count && parts.every((part) => NUMBER.test(part)) ? parts.map(Number) : undefined
}

/**
 * Reads `<Idle|MPos:0.000,0.000,0.000|FS:0,0>`; a torn or garbled one is undefined as a whole, never half.
 * @param unitMm 1, or 25.4 where `$13` reports inches
 * @see https://github.com/gnea/grbl/wiki/Grbl-v1.1-Interface#real-time-status-reports
 */
export function parseStatus(line: string, unitMm = 1): StatusReport | undefined {
  const match = LINE.exec(line)
  if (!match || !(STATES as readonly string[]).includes(match[1] as string)) return undefined
  const others: Record<string, string> = {}
  const fields = new Map<string, string>()
  for (const part of (match[3] as string).split('|').slice(1)) {
    const colon = part.indexOf(':')
    const name = part.slice(0, colon)
    if (KNOWN.has(name)) fields.set(name, part.slice(colon + 1))
    else others[name] = part.slice(colon + 1)
  }
  const axes = (name: string): Axes | undefined => {
    const found = fields.has(name) ? numbers(fields.get(name) as string, 3) : undefined
    return found && [(found[0] as number) * unitMm, (found[1] as number) * unitMm, (found[2] as number) * unitMm]
  }
  const list = (name: string, count: number) => (fields.has(name) ? numbers(fields.get(name) as string, count) : undefined)
  // A field that can't be read makes the whole report doubtful.
  for (const [name, text] of fields) if (name !== 'Pn' && name !== 'A' && !numbers(text, COUNTS[name] ?? 1)) return undefined
  const feeds = list('FS', 2) ?? list('F', 1)
  const overrides = list('Ov', 3)
  const buffer = list('Bf', 2)
  return {
    state: match[1] as string, sub: match[2] === undefined ? undefined : Number(match[2]),
    machine: axes('MPos'), work: axes('WPos'), workOffset: axes('WCO'), blocksFree: buffer?.[0], bytesFree: buffer?.[1],
    feed: feeds?.[0] === undefined ? undefined : feeds[0] * unitMm, power: feeds?.[1], overrides: overrides && [overrides[0] as number, overrides[1] as number, overrides[2] as number],
    pins: fields.get('Pn'), accessories: fields.get('A'), line: list('Ln', 1)?.[0], others,
  }
}

const KNOWN = new Set(['MPos', 'WPos', 'WCO', 'Bf', 'FS', 'F', 'Ov', 'Pn', 'A', 'Ln'])
const COUNTS: Readonly<Record<string, number>> = { MPos: 3, WPos: 3, WCO: 3, Bf: 2, FS: 2, Ov: 3 }
