import { expect, it } from 'vitest'
import type { Link, LinkClosed } from '../../electron/devices/link'

/** The machine's end, as the suite needs it. */
export interface FarEnd {
  write(bytes: Uint8Array): void
  onData(listener: (bytes: Uint8Array) => void): void
  pull(): void
}

/** A fresh link with its far end. */
export type MakeLink = () => Promise<{ readonly link: Link; readonly far: FarEnd }>

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (chunks: readonly Uint8Array[]) => chunks.map((chunk) => Buffer.from(chunk).toString('latin1')).join('')

/** Waits until something is so; a link's bytes come when the system likes. */
async function until(isSo: () => boolean): Promise<void> {
  const endAt = performance.now() + 5000
  while (!isSo()) {
    if (performance.now() > endAt) throw new Error('it did not happen within 5 s')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What every link does, whatever carries its bytes. Call it inside a `describe`. */
export function itIsALink(make: MakeLink): void {
  it('carries bytes to the machine in order', async () => {
    const { link, far } = await make()
    const heard: Uint8Array[] = []
    far.onData((bytes) => heard.push(bytes))
    for (let i = 0; i < 200; i++) link.write(bytesOf(`N${i} G1 X${i}\n`))
    const all = Array.from({ length: 200 }, (_, i) => `N${i} G1 X${i}\n`).join('')
    await until(() => textOf(heard).length >= all.length)
    expect(textOf(heard)).toBe(all)
    await link.close()
  })

  it('carries bytes from the machine in order, all 256 of them unchanged', async () => {
    const { link, far } = await make()
    const heard: Uint8Array[] = []
    link.onData((bytes) => heard.push(Uint8Array.from(bytes)))
    const all = Uint8Array.from({ length: 256 * 8 }, (_, i) => i % 256)
    for (let i = 0; i < all.length; i += 100) far.write(all.subarray(i, i + 100))
    await until(() => Buffer.concat(heard).length >= all.length)
    expect(Buffer.concat(heard).equals(Buffer.from(all))).toBe(true)
    await link.close()
  })

  it('keeps what came before the first listener', async () => {
    const { link, far } = await make()
    far.write(bytesOf('start\n'))
    far.write(bytesOf('PowerUp\n'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    const heard: Uint8Array[] = []
    link.onData((bytes) => heard.push(bytes))
    await until(() => textOf(heard).length >= 14)
    expect(textOf(heard)).toBe('start\nPowerUp\n')
    await link.close()
  })

  it('stops telling a listener that unsubscribed, and goes on telling the others', async () => {
    const { link, far } = await make()
    const gone: Uint8Array[] = []
    const stays: Uint8Array[] = []
    const stop = link.onData((bytes) => gone.push(bytes))
    link.onData((bytes) => stays.push(bytes))
    stop()
    far.write(bytesOf('ok\n'))
    await until(() => textOf(stays) === 'ok\n')
    expect(gone).toEqual([])
    await link.close()
  })

  it('says when bytes were handed over', async () => {
    const { link } = await make()
    const before = performance.now()
    const at = link.write(bytesOf('M112\n'))
    expect(at).toBeGreaterThanOrEqual(before)
    expect(at).toBeLessThanOrEqual(performance.now())
    await link.close()
  })

  it('ends once as closed when it is closed, also for those who ask later', async () => {
    const { link } = await make()
    const told: LinkClosed[] = []
    link.onClosed((closed) => told.push(closed))
    await Promise.all([link.close(), link.close()])
    await link.close()
    link.onClosed((closed) => told.push(closed))
    expect(told.map(({ kind }) => kind)).toEqual(['closed', 'closed'])
  })

  it('ends as lost within a second when the cable is pulled, with a reason', async () => {
    const { link, far } = await make()
    const told: LinkClosed[] = []
    link.onClosed((closed) => told.push(closed))
    link.onData(() => undefined)
    const from = performance.now()
    far.pull()
    await until(() => told.length > 0)
    expect(performance.now() - from).toBeLessThan(1000)
    expect(told).toEqual([{ kind: 'lost', detail: expect.stringMatching(/./) }])
    await link.close()
    expect(told).toHaveLength(1)
  })

  it('is lost even when nobody listens for bytes', async () => {
    const { link, far } = await make()
    let closed: LinkClosed | undefined
    link.onClosed((how) => (closed = how))
    far.pull()
    await until(() => closed !== undefined)
    expect(closed?.kind).toBe('lost')
  })

  it('takes writes after its end without harm', async () => {
    const { link, far } = await make()
    far.pull()
    for (let i = 0; i < 50; i++) link.write(bytesOf('M105\n'))
    await link.close()
    link.write(bytesOf('M105\n'))
    expect(await link.pulseDtr()).toBe(false)
  })

  it('closes within a second and a half with much still to be written', async () => {
    const { link } = await make()
    for (let i = 0; i < 5000; i++) link.write(bytesOf(`G1 X${i} Y${i} E${i}\n`))
    const from = performance.now()
    await link.close()
    expect(performance.now() - from).toBeLessThan(1500)
  })

  it('tells nobody anything after its end', async () => {
    const { link, far } = await make()
    const heard: Uint8Array[] = []
    link.onData((bytes) => heard.push(bytes))
    await link.close()
    far.write(bytesOf('ok\n'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(heard).toEqual([])
  })
}
