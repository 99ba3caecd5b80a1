import { DynamicLink, createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { StudioContract } from '../../shared/contract/contract'
import { studioLink } from './connection'

export { useConnection } from './connection'

export type StudioClient = ContractRouterClient<StudioContract>

let client: StudioClient | undefined

/** The studio's calls, through whichever door this window has; a call waits a few seconds for a line that is being opened again. */
export function getClient(): StudioClient {
  client ??= createORPCClient<StudioClient>(new DynamicLink(studioLink))
  return client
}
