import { closeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ReadStream } from 'node:tty'
import type { DeviceEnd } from './device-end'

/** Bytes that may wait for a host that doesn't read. */
const WAITING_BYTES = 1 << 16

/** The part of node-pty's native module that opens a pair of terminals without a process in it. */
interface NativePty {
  open(columns: number, rows: number): { readonly master: number; readonly slave: number; readonly pty: string }
}

/**
 * Opens a pty whose slave is a serial port to any program; undefined where the system has none (Windows) or none is left.
 * The slave is kept open here, so that the pty outlives the programs that open and close it.
 */
export function openPty(): DeviceEnd | undefined {
  const native = process.platform === 'win32' ? undefined : loadNativePty()
  if (native === undefined) return undefined
  try {
    const { master, slave, pty } = native.open(80, 24)
    return deviceEnd(new ReadStream(master), slave, pty)
  } catch {
    return undefined
  }
}

function loadNativePty(): NativePty | undefined {
  try {
    const require = createRequire(import.meta.url)
    const { requireBinary } = require('@lydell/node-pty/requireBinary.js') as { requireBinary(file: string): NativePty }
    return requireBinary('pty.node')
  } catch {
    return undefined
  }
}

function deviceEnd(master: ReadStream, slave: number, path: string): DeviceEnd {
  let isOpen = true
  let listener: ((bytes: Uint8Array) => void) | undefined
  // A stream of Node without an error listener ends the process; what it would say is that the pty is gone.
  master.on('error', () => undefined)
  master.on('data', (bytes: Buffer) => listener?.(bytes))
  return {
    path,
    write: (bytes) => {
      if (isOpen && master.writableLength < WAITING_BYTES) master.write(bytes)
    },
    onData: (next) => void (listener = next),
    pull: () => {
      if (!isOpen) return
      isOpen = false
      closeSync(slave)
      master.destroy()
    },
  }
}
