import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallContext, StudioRouter } from '../services/studio-router'
import { FailureLimit, isToken } from './access-token'
import { type BlobPort, answerBlob } from './answer-blob'
import { CONTENT_SECURITY_POLICY } from './content-security-policy'
import { answerClientFile, decodePath, refuse } from './static-files'
import { sendWebResponse, toWebRequest } from './web-request'
import { createSocketDoor } from './socket-door'

export interface HostServerParts {
  readonly router: StudioRouter
  readonly blobs: BlobPort
  /** Folder of the built window. */
  readonly clientDir: string
  /** What a caller must show: as `Authorization: Bearer` for blobs, as a subprotocol for the socket. */
  readonly token: string
  readonly now: () => number
  readonly onBug: (place: string, error: unknown) => void
}

export interface HostServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string
  close(): Promise<void>
}

/** Only this computer: the LAN must be switched on, and isn't yet. */
const ADDRESS = '127.0.0.1'

/** The names under which this computer may ask; any other `Host` is a page of somebody else's that was pointed at us (DNS rebinding). */
function isOurHost(host: string | undefined, port: number): boolean {
  return host === `${ADDRESS}:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`
}

/**
 * Serves the window, its blobs and the studio's calls on this computer.
 * @throws the system's error (`EADDRINUSE` ...) when it can't listen on the port
 */
export async function startHostServer(port: number, parts: HostServerParts): Promise<HostServer> {
  const limit = new FailureLimit(parts.now)
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, portOf(server))
      .catch((error: unknown) => {
        parts.onBug(`http ${incoming.method ?? ''} ${incoming.url ?? ''}`, error)
        return refuse(500, 'Internal error')
      })
      .then((response) => send(response, incoming, outgoing))
  })
  server.requestTimeout = 0
  const isKnown = (given: string) => {
    if (limit.isOver()) return false
    const known = isToken(given, parts.token)
    if (!known) limit.count()
    return known
  }
  const door = createSocketDoor({
    router: parts.router,
    onBug: parts.onBug,
    contextOf: (request: IncomingMessage, token: string): CallContext | undefined => {
      const isFromUs = isOurHost(request.headers.host, portOf(server)) && isOurOrigin(request.headers.origin, portOf(server))
      return isFromUs && isKnown(token) ? { role: 'owner' } : undefined
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

  async function answer(incoming: IncomingMessage, at: number): Promise<Response> {
    if (!isOurHost(incoming.headers.host, at)) return refuse(421, 'Not our host')
    const request = toWebRequest(incoming, `http://${ADDRESS}:${at}`)
    const pathname = decodePath(rawPath(incoming.url))
    if (pathname === undefined) return refuse(403, 'Malformed path')
    const [, sha256] = /^\/blob\/([^/]+)$/.exec(pathname) ?? []
    if (sha256 === undefined) return request.method === 'GET' ? answerClientFile(parts.clientDir, pathname, CONTENT_SECURITY_POLICY) : refuse(405, 'Only GET')
    if (request.headers.has('origin') && !isOurOrigin(request.headers.get('origin') ?? undefined, at)) return refuse(403, 'Not our origin')
    const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? []
    if (limit.isOver()) return refuse(429, 'Too many wrong tokens; wait a minute')
    if (!isKnown(token)) return refuse(401, 'The token is missing or wrong')
    return answerBlob(parts.blobs, request, sha256)
  }
}

function isOurOrigin(origin: string | undefined, port: number): boolean {
  return origin === `http://${ADDRESS}:${port}` || origin === `http://localhost:${port}` || origin === `http://[::1]:${port}`
}

/** The path as it was sent: `URL` would fold `..` away before it is seen. */
function rawPath(url: string | undefined): string {
  return (url ?? '/').replace(/[?#].*$/, '')
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0
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
