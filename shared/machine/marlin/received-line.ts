import { parseTemperatures, type Temperatures } from './temperatures'

export interface ReportedPosition {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly e: number
}

/** What an `Error:` line is about. `line`: a line came broken, a `Resend` follows. */
export type ErrorKind = 'line' | 'halted' | 'thermal' | 'stopped' | 'fatal' | 'other'

/** A line of the firmware, understood as far as it is certain. */
export type Received =
  | { readonly kind: 'ok'; readonly n?: number; readonly plannerFree?: number; readonly slotsFree?: number; readonly temperatures?: Temperatures }
  | { readonly kind: 'resend'; readonly n?: number }
  | { readonly kind: 'busy'; readonly what: string }
  /** `isWaiting`: printed by M109 or M190 while they wait. */
  | { readonly kind: 'temperatures'; readonly temperatures: Temperatures; readonly isWaiting: boolean }
  | { readonly kind: 'position'; readonly position: ReportedPosition }
  /** `isGlued`: behind the rest of a torn line; only a banner after it makes it sure. */
  | { readonly kind: 'start'; readonly isGlued: boolean }
  | { readonly kind: 'banner' }
  | { readonly kind: 'firmware'; readonly name: string; readonly machineType?: string; readonly uuid?: string; readonly extruderCount?: number }
  | { readonly kind: 'capability'; readonly name: string; readonly has: boolean }
  | { readonly kind: 'unknown-command'; readonly text: string }
  | { readonly kind: 'cold-extrusion' }
  | { readonly kind: 'error'; readonly error: ErrorKind; readonly heater?: string; readonly fault?: string; readonly text: string }
  | { readonly kind: 'action'; readonly action: string; readonly text: string }
  | { readonly kind: 'wait' }
  | { readonly kind: 'note'; readonly text: string }

/** Reads one line, without its end; `\r` and spaces around it don't count. */
export function parseReceived(raw: string): Received {
  const line = raw.trim()
  if (line === 'ok') return PLAIN_OK
  if (line.startsWith('ok ')) return parseOk(line)
  if (line === 'wait') return { kind: 'wait' }
  if (line === 'start') return { kind: 'start', isGlued: false }
  for (const parse of PARSERS) {
    const received = parse(line)
    if (received) return received
  }
  return { kind: 'note', text: line }
}

const PLAIN_OK: Received = { kind: 'ok' }

/** `ok`, `ok N3 P15 B3` (ADVANCED_OK), `ok T:19.38 /0.00 ...` (M105). */
function parseOk(line: string): Received {
  const temperatures = parseTemperatures(line)
  if (temperatures) return { kind: 'ok', temperatures }
  const words = /^ok(?: N(\d+))?(?: P(\d+))?(?: B(\d+))?$/.exec(line)
  // `ok T:1` cut short, or `ok` before some text: an ok whose words can't be trusted.
  if (!words) return line.startsWith('ok T') ? { kind: 'ok', temperatures: { hotends: [] } } : PLAIN_OK
  const [, n, p, b] = words
  return { kind: 'ok', ...(n !== undefined && { n: Number(n) }), ...(p !== undefined && { plannerFree: Number(p) }), ...(b !== undefined && { slotsFree: Number(b) }) }
}

type Parse = (line: string) => Received | undefined

/** `Resend: 3`, `Resend:3`, `rs 3`, `rs N3`, `rs N:3`; also without a number. */
const parseResend: Parse = (line) => {
  const match = /^(?:resend|rs)\b[:\s]*(?:N:?\s*)?(\d+)?/i.exec(line)
  if (!match) return undefined
  return match[1] === undefined ? { kind: 'resend' } : { kind: 'resend', n: Number(match[1]) }
}

/** `echo:busy: processing`, `busy: paused for user`. */
const parseBusy: Parse = (line) => {
  const match = /^(?:echo:\s*)?busy:\s*(.*)$/i.exec(line)
  return match ? { kind: 'busy', what: match[1] ?? '' } : undefined
}

const parseUnknown: Parse = (line) => {
  const match = /Unknown command:\s*"?(.*?)"?$/i.exec(line)
  return match ? { kind: 'unknown-command', text: match[1] ?? '' } : undefined
}

const parseColdExtrusion: Parse = (line) => (/^echo:\s*cold extrusion prevented/i.test(line) ? { kind: 'cold-extrusion' } : undefined)

const LINE_ERROR = /checksum mismatch|Line Number is not Last Line Number|No Checksum with line|No Line Number with checksum|format error/i
const THERMAL_ERROR = /MAXTEMP|MINTEMP|Heating failed|Thermal Runaway|Thermal Malfunction|temp(?:erature)? fault/i

/** `Error:MAXTEMP triggered, system stopped! Heater_ID: E0`, `Error:Printer halted. kill() called!`, `!! ...`, `fatal: ...`. */
const parseError: Parse = (line) => {
  if (/^!!|^fatal:/i.test(line)) return { kind: 'error', error: 'fatal', text: line }
  const match = /^Error:\s*(.*)$/i.exec(line)
  if (!match) return undefined
  const text = match[1] ?? ''
  if (LINE_ERROR.test(text)) return { kind: 'error', error: 'line', text }
  const fault = THERMAL_ERROR.exec(text)?.[0]
  if (fault !== undefined) return { kind: 'error', error: 'thermal', fault, heater: /Heater_ID:\s*(\w+)/i.exec(text)?.[1] ?? '?', text }
  if (/kill\(\) called|printer halted/i.test(text)) return { kind: 'error', error: 'halted', text }
  if (/stopped due to errors/i.test(text)) return { kind: 'error', error: 'stopped', text }
  return { kind: 'error', error: 'other', text }
}

/** `//action:prompt_begin Nozzle Parked`, `// action:pause`. */
const parseAction: Parse = (line) => {
  const match = /^\/\/\s*action:\s*(\w+)\s*(.*)$/.exec(line)
  return match ? { kind: 'action', action: match[1] ?? '', text: match[2] ?? '' } : undefined
}

/**
 * `X:50.0000 Y:50.0000 Z:5.0000 E:0.0000 Count X:4000 ...`; RepRapFirmware has ` E0:0.0` before `Count`. Klipper ends at three
 * decimals of E; any other line without `Count` may be torn.
 */
const parsePosition: Parse = (line) => {
  const match = /^X:(-?\d+\.\d+) Y:(-?\d+\.\d+) Z:(-?\d+\.\d+) E:(-?\d+\.\d+)(?:(?: E\d+:-?[\d.]+)* Count\b|(?<=\.\d{3})$)/.exec(line)
  if (!match) return undefined
  const [, x, y, z, e] = match.map(Number)
  return { kind: 'position', position: { x: x as number, y: y as number, z: z as number, e: e as number } }
}

/** `FIRMWARE_NAME:Marlin bugfix-2.1.x (Nov 23 2026) SOURCE_CODE_URL:... MACHINE_TYPE:... UUID:...` */
const parseFirmware: Parse = (line) => {
  const at = line.indexOf('FIRMWARE_NAME:')
  if (at < 0) return undefined
  const fields = new Map<string, string>()
  for (const [, key = '', value = ''] of line.slice(at).matchAll(/([A-Z][A-Z_]{2,}):(.*?)(?=\s+[A-Z][A-Z_]{2,}:|$)/g)) fields.set(key, value.trim())
  const [machineType, uuid, extruders] = [fields.get('MACHINE_TYPE'), fields.get('UUID'), Number(fields.get('EXTRUDER_COUNT'))]
  return { kind: 'firmware', name: fields.get('FIRMWARE_NAME') ?? '', ...(machineType !== undefined && { machineType }), ...(uuid !== undefined && { uuid }), ...(extruders >= 1 && { extruderCount: extruders }) }
}

/** `Cap:EMERGENCY_PARSER:1` */
const parseCapability: Parse = (line) => {
  const match = /^Cap:([A-Z0-9_]+):([01])$/.exec(line)
  return match ? { kind: 'capability', name: match[1] ?? '', has: match[2] === '1' } : undefined
}

const parseHeat: Parse = (line) => {
  const temperatures = parseTemperatures(line)
  return temperatures ? { kind: 'temperatures', temperatures, isWaiting: /\sW:\s*(?:\?|\d+)\s*$/.test(line) } : undefined
}

const BANNER = /^(?:PowerUp|External Reset|Brown out Reset|Watchdog Reset|Software Reset|Marlin\s|echo:\s*Last Updated:|echo:\s*Compiled:)/

/** `start` glued to the rest of a line that the reset tore: ` T:19.38 /200.00start`. */
const parseBoot: Parse = (line) => {
  if (BANNER.test(line)) return { kind: 'banner' }
  return line.endsWith('start') && !/^(?:echo:|\/\/)/.test(line) ? { kind: 'start', isGlued: true } : undefined
}

const PARSERS: readonly Parse[] = [parseResend, parseBusy, parseUnknown, parseColdExtrusion, parseError, parseAction, parseBoot, parsePosition, parseFirmware, parseCapability, parseHeat]
