import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { createStudio } from '../../../electron/services/studio'
import { startHostServer } from '../../../electron/transport/host-server'
import { createInProcessClient } from '../../../electron/transport/in-process'
import { createPortServer } from '../../../electron/transport/serve-port'
import type { StudioClient } from '../../../renderer/client/client'
import { SOCKET_PATH, SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX } from '../../../shared/contract/socket'
import { studioContract } from '../../contracts/studio-contract'

async function openStudio() {
  const dataDir = mkdtempSync(join(tmpdir(), 'doors-'))
  const bugs: unknown[] = []
  const studio = await createStudio({ dataDir, door: 'process', version: '0.0.0', now: () => Date.now(), onBug: (_place, error) => bugs.push(error) })
  const close = async () => {
    await studio.dispose()
    rmSync(dataDir, { recursive: true, force: true })
    if (bugs.length > 0) throw bugs[0]
  }
  return { studio, close, putBlob: (bytes: Uint8Array) => studio.blobs.putBytes(bytes) }
}

studioContract('this process', async () => {
  const { studio, close, putBlob } = await openStudio()
  return { client: createInProcessClient(studio.router) as StudioClient, viewer: createInProcessClient(studio.router, 'viewer') as StudioClient, putBlob, close }
})

studioContract('a message port', async () => {
  const { studio, close, putBlob } = await openStudio()
  const { port1, port2 } = new MessageChannel()
  createPortServer(studio.router)(port1 as never)
  const client = createORPCClient<StudioClient>(new PortLink({ port: port2 as never }))
  port2.start()
  return {
    client,
    putBlob,
    async close() {
      port2.close()
      await close()
    },
  }
})

studioContract('a WebSocket', async () => {
  const { studio, close, putBlob } = await openStudio()
  const token = 'a'.repeat(64)
  const server = await startHostServer(0, { router: studio.router, blobs: studio.blobs, clientDir: tmpdir(), token, onBug: () => undefined })
  const socket = new WebSocket(server.origin.replace('http', 'ws') + SOCKET_PATH, [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + token], { origin: server.origin })
  socket.binaryType = 'arraybuffer'
  const client = createORPCClient<StudioClient>(new SocketLink({ websocket: socket as never }))
  return {
    client,
    putBlob,
    async close() {
      socket.close()
      await server.close()
      await close()
    },
  }
})
