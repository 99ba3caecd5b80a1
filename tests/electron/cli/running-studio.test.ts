import { createServer } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../electron/cli/run-command'
import type { Terminal } from '../../../electron/cli/terminal'
import { createStudio } from '../../../electron/services/studio'
import { readOrMakeToken } from '../../../electron/transport/access-token'
import { startHostServer } from '../../../electron/transport/host-server'
import { announceStudio, findRunningStudio, tokenFile } from '../../../electron/transport/running-studio'
import { smallPrint } from '../../shared/machine/marlin/small-print'

let folder: string
let dataDir: string
const closers: (() => Promise<void> | void)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongbang-test-'))
  dataDir = join(folder, 'data')
  writeFileSync(join(folder, 'job.gcode'), smallPrint(200))
})
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

interface Words {
  readonly signal?: AbortSignal
  readonly onTell?: (line: string) => void
  readonly onProgress?: (line: string) => void
}

async function gongbang(args: readonly string[], { signal = new AbortController().signal, onTell = () => undefined, onProgress = () => undefined }: Words = {}): Promise<{ code: number; json: Record<string, unknown> }> {
  let out = ''
  const terminal: Terminal = { language: 'en', cwd: folder, env: { GONGBANG_DATA: dataDir }, signal, write: (text) => void (out += text), tell: onTell, progress: onProgress, endProgress: () => undefined }
  const code = await runCommand([...args, '--json'], terminal, '0.0.0')
  return { code, json: JSON.parse(out) as Record<string, unknown> }
}

/** A studio that serves the library, as another process would. */
async function startStudio() {
  const bugs: unknown[] = []
  const studio = await createStudio({ dataDir, door: 'host', version: '0.0.0', now: Date.now, onBug: (_place, error) => void bugs.push(error) })
  const server = await startHostServer(0, { router: studio.router, blobs: studio.blobs, token: readOrMakeToken(tokenFile(dataDir)), onBug: (_place, error) => void bugs.push(error) })
  const takeBack = announceStudio(dataDir, { origin: server.origin, door: 'host' })
  closers.push(async () => {
    takeBack()
    await server.close()
    await studio.dispose()
    expect(bugs).toEqual([])
  })
  return { studio, server }
}

describe('the terminal beside a studio that runs', () => {
  it('prints through it: the job stands in its history, and the machine of the print is gone', async () => {
    const { studio } = await startStudio()
    const before = studio.services.machines.list().map(({ id }) => id)
    const { code, json } = await gongbang(['print', 'job.gcode', '--time-scale', '10000'])
    expect(json).toMatchObject({ ok: true, state: 'done', agrees: true })
    expect(code).toBe(0)
    expect(studio.services.jobs.list({ limit: 10 })).toMatchObject([{ id: json['jobId'], name: 'job.gcode', state: 'done' }])
    expect(studio.services.machines.list().map(({ id }) => id)).toEqual(before)
  }, 60_000)

  it('prints on a machine that it remembers, by name', async () => {
    const { studio } = await startStudio()
    const machine = studio.services.machines.add({ name: 'Bench', port: 'virtual', profileId: 'virtual-printer' })
    studio.services.machines.virtual.configure({ machineId: machine.id, timeScale: 10_000 })
    expect(await gongbang(['print', 'job.gcode', '--machine', 'bench'])).toMatchObject({ code: 0, json: { state: 'done', machine: 'Bench' } })
    expect(studio.services.machines.list().find(({ id }) => id === machine.id)?.state).toBe('ready')
    expect((await gongbang(['print', 'job.gcode', '--machine', 'nobody'])).code).toBe(2)
  }, 60_000)

  it('cancels the job there on Ctrl-C', async () => {
    const { studio } = await startStudio()
    writeFileSync(join(folder, 'job.gcode'), smallPrint(3000))
    const interrupt = new AbortController()
    const { code, json } = await gongbang(['print', 'job.gcode', '--time-scale', '200'], { signal: interrupt.signal, onProgress: () => interrupt.abort() })
    expect([code, json['state']]).toEqual([130, 'cancelled'])
    expect(studio.services.jobs.isAnyRunning()).toBe(false)
  }, 60_000)

  it('tells why the studio refused', async () => {
    await startStudio()
    writeFileSync(join(folder, 'job.gcode'), 'G28\nG1 X900 F600\nG1 E1')
    expect(await gongbang(['print', 'job.gcode', '--time-scale', '10000'])).toMatchObject({ code: 1, json: { problems: [{ code: 'gcode/outside-volume' }] } })
  }, 60_000)

  it('says so when the studio ends in the middle', async () => {
    const { studio, server } = await startStudio()
    writeFileSync(join(folder, 'job.gcode'), smallPrint(3000))
    const { code, json } = await gongbang(['print', 'job.gcode', '--time-scale', '100'], { onProgress: () => void server.close() })
    expect(code).toBe(1)
    expect(json).toMatchObject({ problems: [{ code: 'cli/line-lost' }] })
    expect(studio.services.jobs.isAnyRunning()).toBe(true)
  }, 60_000)

  it('lists its machines with their states', async () => {
    await startStudio()
    expect((await gongbang(['machines'])).json['machines']).toMatchObject([{ id: 'virtual', state: 'disconnected' }, { id: 'virtual-laser', state: 'disconnected' }])
  }, 60_000)
})

describe('gongbang serve', () => {
  it('shows the address of the studio that serves the library already, and ends', async () => {
    const { server } = await startStudio()
    const told: string[] = []
    expect(await gongbang(['serve'], { onTell: (line) => told.push(line) })).toEqual({ code: 0, json: { ok: true, url: server.origin, isRunningAlready: true } })
    expect(told.join('\n')).toContain(`${server.origin}/#token=${readOrMakeToken(tokenFile(dataDir))}`)
  }, 60_000)

  it('says which port another program has, and leaves the library free', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    closers.push(() => new Promise<void>((resolve) => other.close(() => resolve())))
    await new Promise((resolve) => other.once('listening', resolve))
    expect(await gongbang(['serve', '--port', String((other.address() as { port: number }).port)])).toMatchObject({ code: 1, json: { problems: [{ code: 'host/port-taken' }] } })
    expect((await gongbang(['machines'])).json['machines']).not.toBeNull()
  }, 60_000)

  it('is found while it runs, and not afterwards', async () => {
    const stop = new AbortController()
    const seen: unknown[] = []
    const look = async () => {
      seen.push((await findRunningStudio(dataDir))?.door)
      stop.abort()
    }
    const free = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const port = String((free.address() as { port: number }).port)
    await new Promise((resolve) => free.close(resolve))
    const serving = gongbang(['serve', '--port', port], { signal: stop.signal, onTell: (line) => void (line.includes('#token=') && look()) })
    expect(await serving).toMatchObject({ code: 0, json: { ok: true, url: `http://127.0.0.1:${port}` } })
    expect(seen).toEqual(['host'])
    expect(await findRunningStudio(dataDir)).toBeUndefined()
  }, 60_000)
})

describe('finding a running studio', () => {
  it('names its token to no other program that listens at an address of old', async () => {
    const token = readOrMakeToken(tokenFile(dataDir))
    const heard: string[] = []
    const other = createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
      response.end('f'.repeat(64))
    }).listen(0, '127.0.0.1')
    closers.push(() => new Promise<void>((resolve) => other.close(() => resolve())))
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    announceStudio(dataDir, { origin: `http://127.0.0.1:${port}`, door: 'host' })
    expect(await findRunningStudio(dataDir)).toBeUndefined()
    expect(heard).toHaveLength(1)
    expect(heard.join()).not.toContain(token)
  })

  it('believes no proof that a studio made for another address', async () => {
    const { server } = await startStudio()
    const relay = createServer((request, response) => void fetch(`${server.origin}${request.url}`).then(async (answer) => response.end(await answer.text()))).listen(0, '127.0.0.1')
    closers.push(() => new Promise<void>((resolve) => (relay.closeAllConnections(), relay.close(() => resolve()))))
    await new Promise((resolve) => relay.once('listening', resolve))
    announceStudio(dataDir, { origin: `http://127.0.0.1:${(relay.address() as { port: number }).port}`, door: 'host' })
    expect(await findRunningStudio(dataDir)).toBeUndefined()
  })

  it.each(['https://evil.example', 'http://127.0.0.1:80@evil.example', 'http://127.0.0.1:7483/x', 'file:///etc/passwd'])('asks nobody at %s', async (origin) => {
    readOrMakeToken(tokenFile(dataDir))
    announceStudio(dataDir, { origin, door: 'host' })
    expect(await findRunningStudio(dataDir)).toBeUndefined()
  })
})
