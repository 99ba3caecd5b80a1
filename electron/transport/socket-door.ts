import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/websocket'
import { WebSocketServer, type WebSocket } from 'ws'
import { SOCKET_PATH, SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX } from '../../shared/contract/socket'
import type { CallContext, StudioRouter } from '../services/studio-router'

export interface SocketDoorParts {
  readonly router: StudioRouter
  /** Who the caller is, or undefined when it may not come in. */
  readonly contextOf: (request: IncomingMessage, token: string) => CallContext | undefined
  readonly onBug: (place: string, error: unknown) => void
}

/** A message of the contract is small: bulk goes by `/blob`. */
const MOST_BYTES = 8 * 1024 * 1024
/** A caller that reads nothing any more (stopped, asleep) is let go before what waits for it fills the memory; a window comes back by itself. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024

/** The studio's calls over a WebSocket: the token comes as a subprotocol, so that it stands in no address. */
export function createSocketDoor({ router, contextOf, onBug }: SocketDoorParts) {
  const handler = new RPCHandler<CallContext>(router)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, handleProtocols: () => SOCKET_PROTOCOL })
  const serve = (socket: WebSocket, context: CallContext) => {
    socket.binaryType = 'arraybuffer'
    const send = (message: string | Uint8Array) => (socket.bufferedAmount > MOST_WAITING_BYTES ? socket.terminate() : socket.send(message))
    const peer = { send } as unknown as Parameters<typeof handler.message>[0]
    socket.on('error', () => socket.terminate())
    socket.on('close', () => handler.close(peer))
    socket.on('message', (data: ArrayBuffer | Buffer, isBinary) => {
      const message = isBinary ? (data as ArrayBuffer) : Buffer.from(data as ArrayBuffer).toString('utf8')
      handler.message(peer, message, { context }).catch((error: unknown) => {
        // A frame that is no message of ours: whoever sends it is not our window.
        if (socket.readyState === socket.OPEN) socket.close(1003, 'malformed message')
        if (!(error instanceof SyntaxError)) onBug('socket', error)
      })
    })
  }
  return {
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      stream.on('error', () => stream.destroy())
      // Compared as it was sent: anybody may ask, and not every path can be read as an address.
      const context = request.url === SOCKET_PATH ? contextOf(request, tokenOf(request)) : undefined
      if (context === undefined) {
        stream.once('finish', () => stream.destroy())
        stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, context))
    },
    close(): void {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function tokenOf(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim())
  return offered.find((word) => word.startsWith(SOCKET_TOKEN_PREFIX))?.slice(SOCKET_TOKEN_PREFIX.length) ?? ''
}
