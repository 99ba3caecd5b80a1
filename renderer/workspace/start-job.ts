import type { Job } from '../../shared/contract/jobs'
import type { MachineStatus } from '../../shared/contract/machines'
import { getClient } from '../client/client'
import { isConnected } from '../client/live'
import { putBlob } from '../library/blobs'
import type { ReadyPrint } from './ready-print'

export type StartStep = 'upload' | 'connect' | 'create'

export interface StartOptions {
  readonly onStep: (step: StartStep) => void
  /** Speed of time, for the virtual printer. */
  readonly timeScale?: number
}

/** Hands a print over, connects the machine when it isn't, and starts the job. @throws what the studio refuses, with its code */
export async function startJob(print: ReadyPrint, machine: MachineStatus, { onStep, timeScale }: StartOptions): Promise<Job> {
  onStep('upload')
  const gcodeSha256 = await putBlob(print.gcode)
  const thumbnailSha256 = print.thumbnailPng === undefined ? undefined : await putBlob(print.thumbnailPng)
  if (timeScale !== undefined && machine.kind === 'virtual') await getClient().machines.virtual.configure({ machineId: machine.id, timeScale })
  if (!isConnected(machine)) {
    onStep('connect')
    await getClient().machines.connect({ machineId: machine.id })
  }
  onStep('create')
  const { estimate } = print
  return getClient().jobs.create({
    name: print.title,
    machineId: machine.id,
    gcodeSha256,
    sources: print.sources.map((source) => ({ ...source })),
    estimateS: estimate.timeS,
    filamentMm: estimate.filamentMm,
    filamentCm3: estimate.filamentCm3,
    massG: estimate.massG,
    layerCount: print.layerCount,
    ...(thumbnailSha256 !== undefined && { thumbnailSha256 }),
    ...(print.materialName !== undefined && { material: print.materialName }),
    ...(print.qualityName !== undefined && { quality: print.qualityName }),
    start: true,
  })
}
