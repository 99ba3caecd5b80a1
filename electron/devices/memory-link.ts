import type { DeviceEnd } from './device-end'
import type { Link } from './link'
import { LinkEvents } from './link-events'

/** A link without an operating system: for tests, and where there is no pty. */
export interface MemoryPair {
  readonly host: Link
  readonly device: DeviceEnd
}

/**
 * Makes both ends. Bytes arrive in a later microtask, in order, as they would from a port. `onDtr` is what the machine does when
 * the host pulses DTR; without it the host is told that it can't.
 */
export function createMemoryPair(options: { readonly path: string; readonly baudRate: number; readonly onDtr?: () => void }): MemoryPair {
  const events = new LinkEvents()
  let toDevice: ((bytes: Uint8Array) => void) | undefined
  const host: Link = {
    path: options.path,
    baudRate: options.baudRate,
    write(bytes) {
      const at = performance.now()
      const copy = Uint8Array.from(bytes)
      queueMicrotask(() => events.closed === undefined && toDevice?.(copy))
      return at
    },
    onData: (listener) => events.onData(listener),
    onClosed: (listener) => events.onClosed(listener),
    pulseDtr: async () => {
      if (options.onDtr === undefined || events.closed !== undefined) return false
      options.onDtr()
      return true
    },
    close: async () => events.end({ kind: 'closed', detail: 'closed by the studio' }),
  }
  const device: DeviceEnd = {
    path: undefined,
    write: (bytes) => {
      const copy = Uint8Array.from(bytes)
      queueMicrotask(() => events.data(copy))
    },
    onData: (listener) => void (toDevice = listener),
    pull: () => events.end({ kind: 'lost', detail: 'the machine went away' }),
  }
  return { host, device }
}
