import { isatty } from 'node:tty'
import { SerialPort } from 'serialport'
import { StudioError } from '../../shared/units/studio-error'
import type { Link, LinkClosed } from './link'
import { LinkEvents } from './link-events'

export interface SerialOptions {
  readonly baudRate: number
  /** Leave DTR alone when the port is closed, for boards that must not reset (hupcl off). */
  readonly keepsDtr?: boolean
}

const CLOSE_LIMIT_MS = 800
const OPEN_LIMIT_MS = 10_000
const DTR_LOW_MS = 250
const WATCH_MS = 200

/**
 * Opens a serial port at a baud rate.
 * @throws StudioError `machine/port-busy`, `machine/no-permission`, `machine/port-gone`, `machine/not-a-port`, `machine/port-failed`.
 */
export async function openSerial(path: string, options: SerialOptions): Promise<Link> {
  const port = new SerialPort({ path, baudRate: options.baudRate, autoOpen: false, hupcl: options.keepsDtr !== true })
  const link = new SerialLink(port, path, options.baudRate)
  try {
    await within(OPEN_LIMIT_MS, (done) => port.open(done))
    return link
  } catch (error) {
    // When it opens after all, nobody wants it any more.
    port.once('open', () => void link.close())
    throw portError(path, error instanceof Error ? error.message : String(error))
  }
}

/** Calls something that answers by callback; fails after a time, since serialport's callbacks don't always come. */
function within(limitMs: number, act: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs)
    act((error) => {
      clearTimeout(timer)
      if (error === null || error === undefined) resolve()
      else reject(error)
    })
  })
}

/** serialport's errors have no code: they are told apart by their text (Linux, macOS, Windows). */
function portError(path: string, text: string): StudioError {
  const values = { port: path, detail: text }
  if (/cannot lock|temporarily unavailable|resource busy|access denied/i.test(text)) return new StudioError('machine/port-busy', `${path} is in use by another program: close it (Cura, Arduino IDE, ModemManager, brltty are the usual ones), then connect again.`, values)
  if (/permission denied/i.test(text)) return new StudioError('machine/no-permission', `You may not open ${path}: on Linux run "sudo usermod -aG dialout $USER" and log in again.`, values)
  if (/no such (file|device)|file not found|device not configured/i.test(text)) return new StudioError('machine/port-gone', `${path} isn't there: is the machine switched on and plugged in?`, values)
  if (/inappropriate ioctl|not a (tty|typewriter|serial)|is a directory|invalid argument/i.test(text)) return new StudioError('machine/not-a-port', `${path} isn't a serial port: choose another one.`, values)
  return new StudioError('machine/port-failed', `${path} can't be opened (${text}): unplug it, plug it in again, then connect.`, values)
}

/** Owns one port: its reader always flows, its error listener is always on, and no write callback is trusted. */
class SerialLink implements Link {
  private readonly events = new LinkEvents()

  constructor(
    private readonly port: SerialPort,
    readonly path: string,
    readonly baudRate: number,
  ) {
    port.on('data', (bytes: Buffer) => this.events.data(bytes))
    port.on('open', () => this.watch())
    // An error after opening is a broken connection: EIO on a pulled cable, a write that was cancelled.
    port.on('error', (error: Error) => this.lose(error.message))
    port.on('close', (error?: Error | null) => this.lose(error?.message ?? 'the port was closed'))
    this.events.onClosed(() => clearInterval(this.watchdog))
  }

  private watchdog: NodeJS.Timeout | undefined

  /**
   * A cable that is pulled while serialport reads makes every read end with nothing, and serialport reads again for ever without
   * a word. A terminal that was hung up is no terminal any more: asking for that finds it on Linux and macOS.
   */
  private watch(): void {
    const { fd } = this.port.port as { readonly fd?: number | null }
    if (typeof fd !== 'number' || !isatty(fd)) return
    this.watchdog = setInterval(() => {
      if (!isatty(fd)) this.lose('the device went away')
    }, WATCH_MS)
  }

  private lose(detail: string): void {
    this.events.end({ kind: 'lost', detail })
    if (this.port.isOpen) this.port.close(() => undefined)
  }

  write(bytes: Uint8Array): number {
    const at = performance.now()
    if (this.events.closed === undefined && this.port.isOpen) this.port.write(bytes)
    return at
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    return this.events.onData(listener)
  }

  onClosed(listener: (closed: LinkClosed) => void): () => void {
    return this.events.onClosed(listener)
  }

  async pulseDtr(): Promise<boolean> {
    if (!this.port.isOpen) return false
    try {
      await within(CLOSE_LIMIT_MS, (done) => this.port.set({ dtr: false, rts: false }, done))
      await new Promise((resolve) => setTimeout(resolve, DTR_LOW_MS))
      await within(CLOSE_LIMIT_MS, (done) => this.port.set({ dtr: true, rts: true }, done))
      return true
    } catch {
      // A pty and some bridges have no such line.
      return false
    }
  }

  async close(): Promise<void> {
    this.events.end({ kind: 'closed', detail: 'closed by the studio' })
    if (!this.port.isOpen) return
    // A port whose machine doesn't read any more never ends its writes; the descriptor is given up after the time.
    await within(CLOSE_LIMIT_MS, (done) => this.port.close(done)).catch(() => this.port.destroy())
  }
}
