import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { os } from '@orpc/server'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBlobStore } from '../../../electron/store/blob-store'
import { type HostServer, startHostServer } from '../../../electron/transport/host-server'
import { SOCKET_PATH, SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX } from '../../../shared/contract/socket'

const TOKEN = '0123456789abcdef'.repeat(4)
let folder = ''
let server: HostServer
const bugs: string[] = []
let floodsEnded = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'host-'))
  mkdirSync(join(folder, 'client/assets'), { recursive: true })
  writeFileSync(join(folder, 'client/index.html'), '<!doctype html><title>studio</title>')
  writeFileSync(join(folder, 'client/assets/a-1.js'), 'export const a = 1')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'client/link.txt'))
  const flood = os.handler(async function* () {
    try {
      for (;;) {
        yield 'x'.repeat(1_000_000)
        await new Promise((resolve) => setImmediate(resolve))
      }
    } finally {
      floodsEnded += 1
    }
  })
  const router = { ping: os.handler(() => 'pong'), flood } as never
  server = await startHostServer(0, { router, blobs: await createBlobStore(join(folder, 'blobs')), clientDir: join(folder, 'client'), token: TOKEN, onBug: (place, error) => void bugs.push(`${place}: ${String(error)}`) })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A request as it is written: `fetch` would mend paths and hosts. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {}): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin)
    const call = request({ hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: answer.headers }))
    })
    call.on('error', reject)
    call.end(options.body)
  })
}
const authorised = { authorization: `Bearer ${TOKEN}` }
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** How the host answers a socket: the status of its refusal, or 101. */
function knock(protocols: string[], headers: { origin?: string; host?: string }): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + SOCKET_PATH, protocols, { headers: { ...headers } })
    socket.on('open', () => (socket.close(), resolve(101)))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

/** The first line's status of an upgrade to any path, as it is written. */
function upgrade(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin)
    const call = request({ hostname, port, path, headers: { connection: 'Upgrade', upgrade: 'websocket', origin: server.origin, 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'sec-websocket-protocol': [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + TOKEN].join(', ') } }, (answer) => (answer.resume(), resolve(answer.statusCode ?? 0)))
    call.on('error', reject)
    call.end()
  })
}

describe('the host', () => {
  it('serves the window with its policy', async () => {
    const { status, body, headers } = await ask('/')
    expect([status, body]).toEqual([200, '<!doctype html><title>studio</title>'])
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect((await ask('/assets/a-1.js')).headers['content-type']).toContain('text/javascript')
  })

  it.each([
    ['a foreign host', '/', { headers: { host: 'evil.example' } }, 421],
    ['a path that climbs', '/%2e%2e/secret.txt', {}, 403],
    ['a path that climbs undisguised', '/../secret.txt', {}, 403],
    ['a link that leads outside', '/link.txt', {}, 404],
    ['another method', '/', { method: 'POST' }, 405],
    ['a blob without the token', `/blob/${'0'.repeat(64)}`, {}, 401],
    ['a blob with a wrong token', `/blob/${'0'.repeat(64)}`, { headers: { authorization: `Bearer ${'0'.repeat(64)}` } }, 401],
    ['a blob for a foreign page', `/blob/${'0'.repeat(64)}`, { headers: { ...authorised, origin: 'http://evil.example' } }, 403],
    ['a blob that is not there', `/blob/${'0'.repeat(64)}`, { headers: authorised }, 404],
    ['a name that is no hash', '/blob/..', { headers: authorised }, 403],
    ['a short name', '/blob/abc', { headers: authorised }, 400],
  ])('refuses %s', async (_title, path, options, status) => {
    expect((await ask(path, options)).status).toBe(status)
  })

  it('takes a blob, and gives it back whole, in part, and by its head', async () => {
    const bytes = Buffer.from('a model file')
    const path = `/blob/${sha256(bytes)}`
    expect((await ask(path, { method: 'PUT', headers: authorised, body: bytes })).status).toBe(201)
    expect((await ask(path, { method: 'PUT', headers: authorised, body: bytes })).status).toBe(200)
    expect((await ask(path, { headers: authorised })).body).toBe('a model file')
    const part = await ask(path, { headers: { ...authorised, range: 'bytes=2-6' } })
    expect([part.status, part.body, part.headers['content-range']]).toEqual([206, 'model', 'bytes 2-6/12'])
    expect((await ask(path, { method: 'HEAD', headers: authorised })).headers['content-length']).toBe('12')
    expect((await ask(path, { headers: { ...authorised, range: 'bytes=99-' } })).status).toBe(416)
  })

  it('keeps nothing of an upload whose bytes have another hash', async () => {
    const path = `/blob/${sha256(Buffer.from('promised'))}`
    expect((await ask(path, { method: 'PUT', headers: authorised, body: Buffer.from('sent') })).status).toBe(460)
    expect((await ask(path, { headers: authorised })).status).toBe(404)
  })

  it('opens a socket to our own page with the token, and to nobody else', async () => {
    const ours = [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + TOKEN]
    expect(await knock(ours, { origin: server.origin })).toBe(101)
    expect(await knock(ours, { origin: 'http://evil.example' })).toBe(401)
    expect(await knock(ours, {})).toBe(401)
    expect(await knock([SOCKET_PROTOCOL], { origin: server.origin })).toBe(401)
    expect(await knock([SOCKET_PROTOCOL, `${SOCKET_TOKEN_PREFIX}${'f'.repeat(64)}`], { origin: server.origin })).toBe(401)
  })

  it('closes a socket that sends what is no message, and goes on', async () => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + SOCKET_PATH, [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + TOKEN], { origin: server.origin })
    await new Promise((resolve) => socket.once('open', resolve))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.send('{ no json')
    expect(await closed).toBe(1003)
    expect((await ask('/')).status).toBe(200)
  })

  it('lets nobody lock the owner out by many wrong tokens', async () => {
    for (let i = 0; i < 100; i++) expect((await ask(`/blob/${'0'.repeat(64)}`)).status).toBe(401)
    expect((await ask(`/blob/${'0'.repeat(64)}`, { headers: authorised })).status).toBe(404)
  })

  it.each(['//', '//evil.example/studio', '/%', 'http://evil.example/studio', '/studio?token=x', '*'])('outlives a socket that knocks at %s', async (path) => {
    expect(await upgrade(path)).toBe(401)
    expect((await ask('/')).status).toBe(200)
  })

  it.each([
    ['//', 'GET', 404],
    ['//user:pass@evil.example/', 'GET', 404],
    ['/%', 'GET', 403],
    ['/%00', 'GET', 403],
    ['/..%5csecret.txt', 'GET', 403],
    ['/', 'TRACE', 405],
    [`/blob/${'0'.repeat(64)}`, 'TRACE', 405],
    [`/blob/${'0'.repeat(64)}`, 'DELETE', 405],
    ['/proof/abc', 'GET', 400],
  ])('answers the odd request %s %s', async (path, method, status) => {
    expect((await ask(path, { method })).status).toBe(status)
  })

  it('closes a socket that sends more than a message may have', async () => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + SOCKET_PATH, [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + TOKEN], { origin: server.origin })
    await new Promise((resolve) => socket.once('open', resolve))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    socket.send(Buffer.alloc(9 * 1024 * 1024))
    expect([1006, 1009]).toContain(await closed)
    expect((await ask('/')).status).toBe(200)
  })

  it('lets a caller go that reads nothing of what it asked for', async () => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + SOCKET_PATH, [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + TOKEN], { origin: server.origin })
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('open', resolve))
    const client = createORPCClient<{ flood(): Promise<AsyncIterator<string>> }>(new SocketLink({ websocket: socket as never }))
    expect((await (await client.flood()).next()).value).toHaveLength(1_000_000)
    socket.pause()
    await expect.poll(() => floodsEnded, { timeout: 30_000 }).toBe(1)
    socket.terminate()
    expect((await ask('/')).status).toBe(200)
  }, 60_000)

  it('leaves nothing of an upload that its sender breaks off, and calls it no bug', async () => {
    const { hostname, port } = new URL(server.origin)
    const uploads = join(folder, 'blobs/uploads')
    const call = request({ hostname, port, path: `/blob/${sha256(Buffer.alloc(2_000_000))}`, method: 'PUT', headers: { ...authorised, 'content-length': '2000000' } })
    call.on('error', () => undefined)
    call.write(Buffer.alloc(1_000_000))
    await expect.poll(() => readdirSync(uploads).length).toBe(1)
    call.destroy()
    await expect.poll(() => readdirSync(uploads).length).toBe(0)
    expect(bugs).toEqual([])
  })

  it('answers a large upload of what it has already, after its last byte', async () => {
    const bytes = Buffer.alloc(16_000_000, 'c')
    const path = `/blob/${sha256(bytes)}`
    await ask(path, { method: 'PUT', headers: authorised, body: bytes })
    const { hostname, port } = new URL(server.origin)
    let isSent = false
    const call = request({ hostname, port, path, method: 'PUT', headers: { ...authorised, 'content-length': String(bytes.length) } })
    const answered = new Promise<readonly [number | undefined, boolean]>((resolve, reject) => {
      call.on('response', (answer) => (answer.resume(), resolve([answer.statusCode, isSent])))
      call.on('error', reject)
    })
    call.write(bytes.subarray(0, 1_000_000))
    for (let others = 0; others < 3; others++) await ask(path, { method: 'HEAD', headers: authorised })
    isSent = true
    call.end(bytes.subarray(1_000_000))
    expect(await answered).toEqual([200, true])
  })

  it('takes the same blob from two senders at once', async () => {
    const bytes = Buffer.alloc(3_000_000, 'a')
    const path = `/blob/${sha256(bytes)}`
    const answers = await Promise.all([0, 1, 2].map(() => ask(path, { method: 'PUT', headers: authorised, body: bytes })))
    expect(answers.map(({ status }) => status).every((status) => status === 200 || status === 201)).toBe(true)
    expect((await ask(path, { method: 'HEAD', headers: authorised })).headers['content-length']).toBe('3000000')
    expect(readdirSync(join(folder, 'blobs/uploads'))).toEqual([])
  })

  it.each([['bytes=0-999999999999999999999999', 206], ['bytes=999999999999999999999999-', 416], ['bytes=-999999999999999999999999', 206], ['bytes=-0', 416], ['bytes=0-1,3-4', 200], ['lines=1-2', 200]])('answers the range %s', async (range, status) => {
    const bytes = Buffer.from('ranged')
    await ask(`/blob/${sha256(bytes)}`, { method: 'PUT', headers: authorised, body: bytes })
    expect((await ask(`/blob/${sha256(bytes)}`, { headers: { ...authorised, range } })).status).toBe(status)
  })

  it('heals a blob that is damaged on the disk when its bytes are brought again', async () => {
    const bytes = Buffer.from('healthy')
    const path = `/blob/${sha256(bytes)}`
    await ask(path, { method: 'PUT', headers: authorised, body: bytes })
    writeFileSync(join(folder, 'blobs', sha256(bytes).slice(0, 2), sha256(bytes)), 'ill')
    expect((await ask(path, { method: 'PUT', headers: { ...authorised, 'content-length': '7' }, body: bytes })).status).toBe(201)
    expect((await ask(path, { headers: authorised })).body).toBe('healthy')
  })

  it('goes on when a reader leaves in the middle of a large blob', async () => {
    const bytes = Buffer.alloc(20_000_000, 'b')
    await ask(`/blob/${sha256(bytes)}`, { method: 'PUT', headers: authorised, body: bytes })
    const { hostname, port } = new URL(server.origin)
    await new Promise<void>((resolve) => {
      const call = request({ hostname, port, path: `/blob/${sha256(bytes)}`, headers: authorised }, (response) => response.once('data', () => (call.destroy(), resolve())))
      call.on('error', () => undefined)
      call.end()
    })
    expect((await ask(`/blob/${sha256(bytes)}`, { method: 'HEAD', headers: authorised })).status).toBe(200)
    expect(bugs).toEqual([])
  })

  it('has met no bug in all of this', () => expect(bugs).toEqual([]))
})
