import { RPCHandler } from '@orpc/server/message-port'
import type { CallContext, StudioRouter } from '../services/studio-router'

type ServedPort = Parameters<RPCHandler<CallContext>['upgrade']>[0]

/** Serves the studio over a message port until it closes: the desktop app's own window, so its owner. */
export function createPortServer(router: StudioRouter): (port: ServedPort & { start?(): void }) => void {
  const handler = new RPCHandler<CallContext>(router)
  return (port) => {
    handler.upgrade(port, { context: { role: 'owner' } })
    port.start?.()
  }
}
