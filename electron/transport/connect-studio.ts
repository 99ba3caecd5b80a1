import { createHash } from 'node:crypto'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { StudioContract } from '../../shared/contract/contract'
import { SOCKET_PATH, SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX } from '../../shared/contract/socket'
import { StudioError } from '../../shared/units/studio-error'
import type { RunningStudio } from './running-studio'

/** The calls of a running studio, from another program of the same user. */
export interface StudioLine {
  readonly client: ContractRouterClient<StudioContract>
  /** Hands bytes over; gives their SHA-256. @throws StudioError 'blob/...' */
  putBlob(bytes: Uint8Array<ArrayBuffer>): Promise<string>
  /** Aborted when the studio has gone. */
  readonly lost: AbortSignal
  close(): void
}

/**
 * Opens a line to a running studio.
 * @throws StudioError 'studio/unreachable'
 */
export async function connectStudio({ origin, token }: Pick<RunningStudio, 'origin' | 'token'>): Promise<StudioLine> {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${SOCKET_PATH}`, [SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX + token], { origin })
  socket.binaryType = 'arraybuffer'
  const lost = new AbortController()
  socket.on('close', () => lost.abort())
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.on('error', () => reject(new StudioError('studio/unreachable', `The studio at ${origin} does not answer.`, { origin })))
  })
  return {
    client: createORPCClient<ContractRouterClient<StudioContract>>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })),
    lost: lost.signal,
    async putBlob(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const answer = await fetch(`${origin}/blob/${sha256}`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: bytes })
      if (answer.ok) return sha256
      const told = (await answer.json().catch(() => ({}))) as { readonly code?: unknown; readonly message?: unknown }
      throw new StudioError(typeof told.code === 'string' ? told.code : 'blob/refused', typeof told.message === 'string' ? told.message : `The studio refused the file (${answer.status}).`, { sha256 })
    },
    close: () => socket.close(),
  }
}
