import { enginesContract } from './engines'
import { jobsContract } from './jobs'
import { machinesContract } from './machines'
import { syncContract } from './sync'
import { systemContract } from './system'

/** Every call and live topic between a window (or terminal) and the studio, declared once. */
export const contract = {
  system: systemContract,
  machines: machinesContract,
  jobs: jobsContract,
  sync: syncContract,
  engines: enginesContract,
}
export type StudioContract = typeof contract
