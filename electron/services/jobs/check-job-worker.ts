import { parentPort, workerData } from 'node:worker_threads'
import type { JobPlace } from '../../../shared/machine/grbl/plan-grbl-job'
import type { MachineProfile } from '../../../shared/machine/profile'
import { planJob } from './job-plan'

// Checks one file and ends: a large one takes seconds, in which other machines must go on being fed.
const { bytes, profile, place } = workerData as { readonly bytes: Uint8Array; readonly profile: MachineProfile; readonly place?: JobPlace }
const result = planJob(bytes, profile, place)
const transfer = result.ok ? [result.value.lineEndS.buffer, result.value.layerLines.buffer, result.value.index.starts.buffer, result.value.index.ends.buffer, result.value.index.lines.buffer] : []
parentPort?.postMessage(result, transfer)
