/**
 * A hybrid logical clock as sortable text: `<ms, 12 hex>-<counter, 4 hex>-<device>`.
 *
 * Text order is time order, then the order of events of one moment, then the device: a total order without ties between devices.
 * @see Kulkarni et al., "Logical Physical Clocks", 2014
 */
export type Hlc = string

/** How far ahead of a studio's clock an operation may be stamped, ms. */
export const MAX_DRIFT_MS = 5 * 60_000

const MAX_COUNTER = 0xffff
const FORM = /^[0-9a-f]{12}-[0-9a-f]{4}-.+$/

function formatHlc(ms: number, counter: number, dev: string): Hlc {
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${dev}`
}

/** Whether a text is a clock reading. */
export function isHlc(text: string): boolean {
  return FORM.test(text)
}

/** The wall clock part, ms since 1970. */
export function hlcMs(t: Hlc): number {
  return Number.parseInt(t.slice(0, 12), 16)
}

function hlcCounter(t: Hlc): number {
  return Number.parseInt(t.slice(13, 17), 16)
}

/** The next reading: later than `last`, and not before the wall clock. */
export function tickHlc(last: Hlc | undefined, nowMs: number, dev: string): Hlc {
  const lastMs = last === undefined ? -1 : hlcMs(last)
  if (last === undefined || nowMs > lastMs) return formatHlc(nowMs, 0, dev)
  const counter = hlcCounter(last) + 1
  return counter > MAX_COUNTER ? formatHlc(lastMs + 1, 0, dev) : formatHlc(lastMs, counter, dev)
}

/**
 * What the clock remembers after it has seen another's reading: the later of both.
 *
 * There is no limit here: a studio has checked the drift before it took the operation, and a device whose own clock is slow
 * must follow, or its edits would lose to older ones.
 */
export function recvHlc(last: Hlc | undefined, seen: Hlc): Hlc {
  return last === undefined || seen > last ? seen : last
}
