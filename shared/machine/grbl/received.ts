import type { Axes } from './program'
import { parseStatus, type StatusReport } from './status-report'

/** A line of Grbl, read as far as it is certain. */
export type Received =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'alarm'; readonly code: number }
  | { readonly kind: 'banner'; readonly name: string; readonly version: string }
  | { readonly kind: 'status'; readonly report: StatusReport }
  | { readonly kind: 'setting'; readonly id: string; readonly value: string }
  /** `[G54:1.000,2.000,3.000]`, `[TLO:0.000]` */
  | { readonly kind: 'offset'; readonly name: string; readonly at: Axes }
  | { readonly kind: 'probe'; readonly at: Axes; readonly hasTouched: boolean }
  | { readonly kind: 'modes'; readonly words: string }
  /** `[VER:…]`, `[OPT:…]`, `[FIRMWARE:…]` and others of `$I`. */
  | { readonly kind: 'info'; readonly name: string; readonly value: string }
  | { readonly kind: 'message'; readonly text: string }
  /** Start-up lines (`>G21:ok`), `$N0=`, help: nothing that answers a line of ours. */
  | { readonly kind: 'other' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'garbage' }

const BANNER = /^(grbl\w*|fluidnc) +v?(\d[\w.-]*)/i
const OFFSET = /^\[(G5[4-9](?:\.[1-3])?|G28|G30|G92|TLO):(-?[\d.]+(?:,-?[\d.]+)*)\]$/
const PROBE = /^\[PRB:(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)(?:,[^:\]]*)?:([01])\]$/

/** Reads one line, without its end. Torn lines are `garbage`: an `ok` counts only when nothing else is in its line. */
export function parseReceived(raw: string, unitMm = 1): Received {
  const line = raw.replace(/\r$/, '')
  if (line === '') return { kind: 'empty' }
  if (line === 'ok') return { kind: 'ok' }
  const coded = /^(error|ALARM):(\d+)$/.exec(line)
  if (coded) return { kind: coded[1] === 'error' ? 'error' : 'alarm', code: Number(coded[2]) }
  if (line.startsWith('<')) {
    const report = parseStatus(line, unitMm)
    return report ? { kind: 'status', report } : { kind: 'garbage' }
  }
  const banner = BANNER.exec(line)
  if (banner) return { kind: 'banner', name: banner[1] as string, version: banner[2] as string }
  const setting = /^\$(\d+)=([-\d.\w]*)/.exec(line)
  if (setting) return { kind: 'setting', id: setting[1] as string, value: setting[2] as string }
  if (line.startsWith('[')) return parseBracket(line, unitMm)
  return /^>.*:(ok|error:\d+)$/.test(line) || line.startsWith('$') ? { kind: 'other' } : { kind: 'garbage' }
}

function parseBracket(line: string, unitMm: number): Received {
  if (!line.endsWith(']')) return { kind: 'garbage' }
  const offset = OFFSET.exec(line)
  if (offset) {
    const parts = (offset[2] as string).split(',').map((part) => Number(part) * unitMm)
    const at: Axes = offset[1] === 'TLO' ? [0, 0, parts.at(-1) ?? 0] : [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0]
    return { kind: 'offset', name: offset[1] as string, at }
  }
  const probe = PROBE.exec(line)
  if (probe) return { kind: 'probe', at: [Number(probe[1]) * unitMm, Number(probe[2]) * unitMm, Number(probe[3]) * unitMm], hasTouched: probe[4] === '1' }
  const named = /^\[([A-Z ]+):(.*)\]$/.exec(line)
  if (named?.[1] === 'GC') return { kind: 'modes', words: named[2] as string }
  if (named?.[1] === 'MSG' || named?.[1] === 'echo') return { kind: 'message', text: named[2] as string }
  return named ? { kind: 'info', name: named[1] as string, value: named[2] as string } : { kind: 'other' }
}
