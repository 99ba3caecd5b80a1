import { afterEach, describe, expect, it } from 'vitest'
import type { Link } from '../../../electron/devices/link'
import { openSerial } from '../../../electron/devices/open-serial'
import { openPty } from '../../../electron/devices/pty'
import { type VirtualPrinter, type VirtualPrinterOptions, createVirtualPrinter } from '../../../electron/devices/virtual-printer'
import { virtualAccountSchema } from '../../../shared/contract/machines'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { numbered } from '../../virtual/board'

const profile = BUILTIN_MACHINES.find(({ id }) => id === 'creality-ender-3')!
const probe = openPty()
probe?.pull()
const printers: VirtualPrinter[] = []
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.dispose()))
})

function printerWith(options: Partial<VirtualPrinterOptions> = {}): VirtualPrinter {
  const printer = createVirtualPrinter({ profile, timeScale: 10_000, ...options })
  printers.push(printer)
  return printer
}

/** A host on a link that waits for text. */
class Host {
  text = ''
  private wake: () => void = () => undefined

  constructor(readonly link: Link) {
    link.onData((bytes) => {
      this.text += Buffer.from(bytes).toString('latin1')
      this.wake()
    })
    link.onClosed(() => this.wake())
  }

  async hears(what: string | RegExp): Promise<void> {
    while (typeof what === 'string' ? !this.text.includes(what) : !what.test(this.text)) await new Promise<void>((resolve) => (this.wake = resolve))
  }

  /** Sends, and waits for so many answers. */
  async ask(text: string, oks = 1): Promise<string> {
    this.text = ''
    this.link.write(new TextEncoder().encode(text))
    while ((this.text.match(/^ok/gm) ?? []).length < oks) await new Promise<void>((resolve) => (this.wake = resolve))
    return this.text
  }
}

const booted = '//action:prompt_end\n'

async function connected(printer: VirtualPrinter): Promise<Host> {
  const host = new Host(await printer.openLink({ baudRate: 115_200 }))
  await host.hears(booted)
  return host
}

const transports = [...(probe === undefined ? [] : (['pty'] as const)), 'memory'] as const

describe.each(transports)('the virtual printer over %s', (transport) => {
  it('boots when it is opened, and answers', async () => {
    const host = await connected(printerWith({ transport }))
    expect(host.text.startsWith('start\n')).toBe(true)
    expect(await host.ask('M115\n')).toContain(`MACHINE_TYPE:${profile.name} `)
  })

  it('prints a small file and accounts for it', async () => {
    const printer = printerWith({ transport })
    const host = await connected(printer)
    await host.ask('M110 N0\nG28\nM109 S200\n', 3)
    const lines = Array.from({ length: 500 }, (_, i) => numbered(i + 1, `G1 X${20 + 100 * (i % 2)} Y${20 + i * 0.2} E${(i + 1) * 2} F3000`))
    for (const line of lines) await host.ask(line)
    await host.ask('M400\n')
    const account = printer.account()
    expect(account).toMatchObject({ linesReceived: 504, linesInOrder: true, checksumErrors: 0, resendsRequested: 0, refused: [], movesExecuted: 500, timeScale: 10_000 })
    expect(account.extrudedMm).toBeCloseTo(1000, 6)
    expect(account.finalPositionMm.y).toBeCloseTo(119.8, 6)
    expect(virtualAccountSchema.parse(account)).toEqual(account)
    // 500 moves of 100 mm at 50 mm/s take at least 1000 s of the machine's time, whatever the host's pace.
    expect(account.simulatedS).toBeGreaterThan(1000)
    expect(account.simulatedS).toBeLessThan(1400)
  })

  it('is lost when it is unplugged, and boots again when it is opened again', async () => {
    const printer = printerWith({ transport })
    const host = await connected(printer)
    const closed = new Promise((resolve) => host.link.onClosed(resolve))
    printer.unplug()
    expect(printer.ptyPath).toBeUndefined()
    expect(await closed).toMatchObject({ kind: 'lost' })
    const again = await connected(printer)
    expect(await again.ask('M105\n')).toMatch(/^ok T:/m)
  })

  it('is unplugged by a fault in the middle of a job', async () => {
    const printer = printerWith({ transport })
    const host = await connected(printer)
    printer.configure({ faults: { unplugAtLine: 3 } })
    const closed = new Promise((resolve) => host.link.onClosed(resolve))
    host.link.write(new TextEncoder().encode('M105\nM105\nM105\nM105\n'))
    expect(await closed).toMatchObject({ kind: 'lost' })
    expect(printer.account().linesReceived).toBe(3)
  })

  it('keeps one host at a time', async () => {
    const printer = printerWith({ transport })
    const host = await connected(printer)
    await expect(printer.openLink({ baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/port-busy' })
    await host.link.close()
    const both = await Promise.allSettled([printer.openLink({ baudRate: 115_200 }), printer.openLink({ baudRate: 115_200 })])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it('begins with its banner when it is opened again, whatever it was saying before', async () => {
    const printer = printerWith({ transport, faults: { delayMs: 500 } })
    const host = await connected(printer)
    await host.ask('M155 S1\n')
    await host.link.close()
    const again = await connected(printer)
    expect(again.text.startsWith('start\n')).toBe(true)
  })

  it('carries noise at another rate than its own, and speaks at its own', async () => {
    const printer = printerWith({ transport, baudRate: 250_000 })
    const wrong = new Host(await printer.openLink({ baudRate: 115_200 }))
    while (wrong.text.length < 200) await new Promise((resolve) => setImmediate(resolve))
    expect(wrong.text).not.toMatch(/start|[\x20-\x7e]/)
    await wrong.link.close()
    const right = new Host(await printer.openLink({ baudRate: 250_000 }))
    await right.hears(booted)
    expect(await right.ask('M105\n')).toMatch(/^ok T:/m)
  })

  it('takes faults whose other fields are named but undefined', async () => {
    const printer = printerWith({ transport })
    const host = await connected(printer)
    printer.configure({ faults: { seed: 3, dropByte: undefined, delayMs: undefined, loseOk: undefined } as never })
    expect(await host.ask('M105\n')).toMatch(/^ok T:/m)
  })

  it('is reset by DTR', async () => {
    const host = await connected(printerWith({ transport }))
    host.text = ''
    expect(await host.link.pulseDtr()).toBe(true)
    await host.hears('start\n')
  })

  it('dies by M112 and comes back when it is opened again', async () => {
    const printer = printerWith({ transport })
    const host = await connected(printer)
    host.link.write(new TextEncoder().encode('M112\n'))
    await host.hears('//action:poweroff')
    await host.link.close()
    const again = await connected(printer)
    expect(await again.ask('M105\n')).toMatch(/^ok T:/m)
  })

  it('takes its time at real speed, and less when it is told to', async () => {
    const printer = printerWith({ transport, timeScale: 1, traits: { waitReports: false } })
    printer.configure({ timeScale: 100 })
    const host = await connected(printer)
    printer.configure({ timeScale: 1 })
    const from = performance.now()
    await host.ask('G4 P120\n')
    expect(performance.now() - from).toBeGreaterThanOrEqual(119)
    printer.configure({ timeScale: 1000 })
    const quick = performance.now()
    await host.ask('G4 S30\n')
    expect(performance.now() - quick).toBeLessThan(1000)
  })

  it('does not flood a host with reports at 10,000 times', async () => {
    const host = await connected(printerWith({ transport }))
    await host.ask('M155 S1\n')
    host.text = ''
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(host.text.split('\n').length).toBeLessThan(6)
  })
})

describe('the virtual printer', () => {
  it.skipIf(probe === undefined)('can be opened by its path by any serial program', async () => {
    const printer = printerWith()
    const host = new Host(await openSerial(printer.ptyPath!, { baudRate: 250_000 }))
    expect(await host.ask('M105\n')).toMatch(/^ok T:20\.00 /m)
    await host.link.close()
  })

  it('runs on a clock that is handed in', async () => {
    let now = 0
    const printer = printerWith({ transport: 'memory', timeScale: 1, now: () => now })
    const host = new Host(await printer.openLink({ baudRate: 115_200 }))
    now = 1000
    printer.account()
    await host.hears(booted)
    host.link.write(new TextEncoder().encode('G4 S1\n'))
    await new Promise((resolve) => setImmediate(resolve))
    now = 1999
    printer.account()
    expect(host.text).not.toMatch(/^ok/m)
    now = 2000
    printer.account()
    await host.hears(/^ok/m)
    expect(printer.account().simulatedS).toBeCloseTo(2, 6)
  })

  it('opens nothing after it was disposed', async () => {
    const printer = printerWith({ transport: 'memory' })
    await printer.dispose()
    await expect(printer.openLink({ baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/port-gone' })
  })
})
