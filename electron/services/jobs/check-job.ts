import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { JobPlace } from '../../../shared/machine/grbl/plan-grbl-job'
import type { MachineProfile } from '../../../shared/machine/profile'
import type { Result } from '../../../shared/units/problem'
import { planJob, type JobPlan } from './job-plan'

/** Files below this are checked in less time than a worker takes to start. */
const SMALL_BYTES = 256 * 1024

/** Checks a job's file beside the main thread, in the built worker; running from source, on this thread. */
export function checkJob(bytes: Uint8Array, profile: MachineProfile, place?: JobPlace): Promise<Result<JobPlan>> {
  const file = new URL('./check-job-worker.js', import.meta.url)
  if (bytes.length < SMALL_BYTES || !existsSync(fileURLToPath(file))) return Promise.resolve(planJob(bytes, profile, place))
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { bytes, profile, place } })
    worker.once('message', (result: Result<JobPlan>) => {
      resolve(result)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The check of the job ended without a result.')))
  })
}
