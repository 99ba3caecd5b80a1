import { join } from 'node:path'
import { createBlobStore } from '../store/blob-store'
import { openStore } from '../store/open-store'
import { createEnginesService } from './engines/engines-service'
import { createJobsService } from './jobs/jobs-service'
import { createMachinesService } from './machines/machines-service'
import { createProfileFinder } from './machines/stored-profiles'
import { createStudioRouter } from './studio-router'
import { createSyncService } from './sync/sync-service'
import { createKeepAwake, holdWhile, type KeepAwake } from './system/keep-awake'
import { createSystemService } from './system/system-service'

export interface StudioParts {
  /** The library's folder: operation log, blobs, journals. One studio at a time opens it. */
  readonly dataDir: string
  readonly door: 'electron' | 'host' | 'process'
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onBug: (place: string, error: unknown) => void
  /** How the computer is kept awake while a job runs; the system's own way unless given. */
  readonly keepAwake?: KeepAwake
}

/**
 * Puts the studio together: store, machines, jobs, sync, and the router that the doors serve.
 * @throws StudioError 'store/in-use' when another studio has the folder open
 */
export async function createStudio({ dataDir, door, version, now, onBug, keepAwake = createKeepAwake() }: StudioParts) {
  const store = openStore(dataDir)
  const blobs = createBlobStore(join(dataDir, 'blobs'))
  const machines = createMachinesService({ records: store.records, now, findProfile: createProfileFinder(store.log) })
  const jobs = await createJobsService({ machines, records: store.records, blobs, dataDir, now })
  const closing = new AbortController()
  holdWhile(jobs.watch(closing.signal), () => jobs.isAnyRunning(), keepAwake).catch((error: unknown) => onBug('keep awake', error))
  const services = {
    system: createSystemService({ door, dataDir, version, deviceId: store.deviceId, now }),
    machines,
    jobs,
    sync: createSyncService({ store, blobs, now }),
    engines: createEnginesService({ records: store.records, blobs, platform: process.platform, env: process.env }),
  }
  return {
    router: createStudioRouter({ services, onBug }),
    services,
    blobs,
    isJobRunning: () => jobs.isAnyRunning(),
    /** Ends jobs cleanly, closes links and the store. Nothing is left open. */
    async dispose() {
      await services.engines.dispose()
      await jobs.dispose()
      await machines.dispose()
      closing.abort()
      store.close()
    },
  }
}
