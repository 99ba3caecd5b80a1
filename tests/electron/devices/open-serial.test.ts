import { chmodSync, closeSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSerial } from '../../../electron/devices/open-serial'
import { openPty } from '../../../electron/devices/pty'
import { itIsALink } from '../../contracts/link'

const probe = openPty()
probe?.pull()
const folder = mkdtempSync(join(tmpdir(), 'ports-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(probe === undefined)('a serial port over a real pty', () => {
  itIsALink(async () => {
    const far = openPty()!
    return { link: await openSerial(far.path!, { baudRate: 115_200 }), far }
  })

  it.each([9600, 115_200, 250_000, 500_000, 1_000_000])('opens at %i baud', async (baudRate) => {
    const far = openPty()!
    const link = await openSerial(far.path!, { baudRate })
    expect(link).toMatchObject({ path: far.path, baudRate })
    await link.close()
    far.pull()
  })

  it('says that a pty has no DTR, and lives on', async () => {
    const far = openPty()!
    const link = await openSerial(far.path!, { baudRate: 115_200 })
    expect(await link.pulseDtr()).toBe(false)
    const heard: Uint8Array[] = []
    const came = new Promise<void>((resolve) => link.onData((bytes) => resolve(void heard.push(bytes))))
    far.write(Uint8Array.of(65))
    await came
    expect(heard).toHaveLength(1)
    await link.close()
    far.pull()
  })

  it('refuses a port that is open already as busy', async () => {
    const far = openPty()!
    const link = await openSerial(far.path!, { baudRate: 115_200 })
    await expect(openSerial(far.path!, { baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/port-busy', values: { port: far.path } })
    await link.close()
    const again = await openSerial(far.path!, { baudRate: 115_200 })
    await again.close()
    far.pull()
  })

  it('closes although the machine stopped reading in the middle of a write', async () => {
    const { requireBinary } = createRequire(import.meta.url)('@lydell/node-pty/requireBinary.js') as { requireBinary(file: string): { open(columns: number, rows: number): { master: number; slave: number; pty: string } } }
    const { master, slave, pty } = requireBinary('pty.node').open(80, 24)
    const link = await openSerial(pty, { baudRate: 115_200 })
    for (let i = 0; i < 4000; i++) link.write(new TextEncoder().encode(`N${i} G1 X${i} Y${i} E${i}\n`))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const from = performance.now()
    await link.close()
    expect(performance.now() - from).toBeLessThan(1500)
    closeSync(slave)
    closeSync(master)
  })

  it.runIf(process.platform === 'linux')('leaves no file open', async () => {
    const count = () => readdirSync('/proc/self/fd').length
    const cycle = async () => {
      const far = openPty()!
      const link = await openSerial(far.path!, { baudRate: 115_200 })
      far.pull()
      await new Promise<void>((resolve) => link.onClosed(() => resolve()))
      await link.close()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await cycle()
    const before = count()
    for (let i = 0; i < 5; i++) await cycle()
    expect(count()).toBeLessThanOrEqual(before + 1)
  })
})

describe.skipIf(process.platform === 'win32')('a port that can not be opened', () => {
  it('is gone when it is not there', async () => {
    await expect(openSerial('/dev/ttyNOPE0', { baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/port-gone', values: { port: '/dev/ttyNOPE0' } })
  })

  it('is no port when it is a file or a folder', async () => {
    const file = join(folder, 'notes.txt')
    writeFileSync(file, 'no port')
    await expect(openSerial(file, { baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/not-a-port' })
    await expect(openSerial(folder, { baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/not-a-port' })
  })

  it.skipIf(process.getuid?.() === 0)('needs permission', async () => {
    const file = join(folder, 'closed')
    writeFileSync(file, '')
    chmodSync(file, 0)
    await expect(openSerial(file, { baudRate: 115_200 })).rejects.toMatchObject({ code: 'machine/no-permission' })
  })
})
