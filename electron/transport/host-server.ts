import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallContext, StudioRouter } from '../services/studio-router'
import { isToken, proofOf } from './access-token'
import { type BlobPort, answerBlob } from './answer-blob'
import { CONTENT_SECURITY_POLICY } from './content-security-policy'
import { answerClientFile, decodePath, refuse } from './static-files'
import { sendWebResponse, toWebRequest } from './web-request'
import { createSocketDoor } from './socket-door'

export interface HostServerParts {
  readonly router: StudioRouter
  readonly blobs: BlobPort
  /** Folder of the built window; without one only programs are served, no browsers. */
  readonly clientDir?: string
  /** What a caller must show: as `Authorization: Bearer` for blobs, as a subprotocol for the socket. */
  readonly token: string
  readonly onBug: (place: string, error: unknown) => void
}

export interface HostServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string
  close(): Promise<void>
}

/** Only this computer: the LAN must be switched on, and isn't yet. */
const ADDRESS = '127.0.0.1'
/** A transfer that stands still for so long is given up. Sockets of the window are not meant: they may be silent. */
const STILL_MS = 120_000
const BLOB_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT'])

/** The names under which this computer may ask; any other `Host` is a page of somebody else's that was pointed at us (DNS rebinding). */
function isOurHost(host: string | undefined, port: number): boolean {
  return host === `${ADDRESS}:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`
}

function isOurOrigin(origin: string | undefined, port: number): boolean {
  return origin?.startsWith('http://') === true && isOurHost(origin.slice('http://'.length), port)
}

/**
 * Serves the window, its blobs and the studio's calls on this computer.
 * @throws the system's error (`EADDRINUSE` ...) when it can't listen on the port
 */
export async function startHostServer(port: number, parts: HostServerParts): Promise<HostServer> {
  const server = createServer((incoming, outgoing) => {
    // A caller that goes away in the middle is no bug; nobody is there to be answered.
    incoming.on('error', () => undefined)
    void answer(incoming, portOf(server), parts)
      .catch((error: unknown) => {
        if (!isGone(incoming)) parts.onBug(`http ${incoming.method ?? ''} ${incoming.url ?? ''}`, error)
        return refuse(500, 'Internal error')
      })
      .then((response) => send(response, incoming, outgoing))
      .catch((error: unknown) => parts.onBug('http answer', error))
  })
  server.requestTimeout = 0
  server.timeout = STILL_MS
  const door = createSocketDoor({
    router: parts.router,
    onBug: parts.onBug,
    contextOf: (request: IncomingMessage, token: string): CallContext | undefined => {
      const isFromUs = isOurHost(request.headers.host, portOf(server)) && isOurOrigin(request.headers.origin, portOf(server))
      return isFromUs && isToken(token, parts.token) ? { role: 'owner' } : undefined
    },
  })
  server.on('upgrade', door.upgrade)
  await listen(server, port)
  return {
    origin: `http://${ADDRESS}:${portOf(server)}`,
    async close() {
      door.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(incoming: IncomingMessage, port: number, parts: HostServerParts): Promise<Response> {
  if (!isOurHost(incoming.headers.host, port)) return refuse(421, 'Not our host')
  const pathname = decodePath(rawPath(incoming.url))
  if (pathname === undefined) return refuse(403, 'Malformed path')
  const { method = '' } = incoming
  const [, kind, name = ''] = /^\/(blob|proof)\/([^/]+)$/.exec(pathname) ?? []
  if (kind === 'blob' && BLOB_METHODS.has(method)) return answerCaller(toWebRequest(incoming, `http://${ADDRESS}:${port}/blob`), name, { port, parts })
  if (method !== 'GET') return refuse(405, 'Only GET')
  if (kind === 'proof') return /^[0-9a-f]{64}$/.test(name) ? new Response(proofOf(parts.token, name, `http://${ADDRESS}:${port}`)) : refuse(400, 'A nonce has 64 digits of 0-9 a-f')
  return parts.clientDir === undefined ? refuse(404, 'This studio has a window of its own') : answerClientFile(parts.clientDir, pathname, CONTENT_SECURITY_POLICY)
}

/** A blob for whoever shows the token. */
async function answerCaller(request: Request, sha256: string, { port, parts }: { readonly port: number; readonly parts: HostServerParts }): Promise<Response> {
  if (request.headers.has('origin') && !isOurOrigin(request.headers.get('origin') ?? undefined, port)) return refuse(403, 'Not our origin')
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? []
  if (!isToken(token, parts.token)) return refuse(401, 'The token is missing or wrong')
  return answerBlob(parts.blobs, request, sha256)
}

/** The path as it was sent: `URL` would fold `..` away before it is seen. */
function rawPath(url: string | undefined): string {
  return (url ?? '/').replace(/[?#].*$/, '')
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0
}

function isGone(incoming: IncomingMessage): boolean {
  return incoming.errored !== null || (incoming.destroyed && !incoming.complete)
}

/** Sends; what the caller still uploads after a refusal is not read. */
async function send(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (response.status >= 400) outgoing.setHeader('connection', 'close')
  await sendWebResponse(response, outgoing)
  if (!incoming.complete) incoming.destroy()
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, ADDRESS, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
