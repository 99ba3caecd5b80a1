import { createRouterClient, type RouterClient } from '@orpc/server'
import type { Role } from '../../shared/contract/base'
import type { StudioRouter } from '../services/studio-router'

/** The studio's calls in this process, checked and answered as through any other door. */
export function createInProcessClient(router: StudioRouter, role: Role = 'owner'): RouterClient<StudioRouter> {
  return createRouterClient(router, { context: { role } })
}
