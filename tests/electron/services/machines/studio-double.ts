import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVirtualPrinter, type VirtualPrinter } from '../../../../electron/devices/virtual-printer'
import { createJobsService, type JobsService } from '../../../../electron/services/jobs/jobs-service'
import { createMachinesService, type MachineDevices, type MachinesService } from '../../../../electron/services/machines/machines-service'
import type { Records } from '../../../../electron/store/records'
import type { MachineStatus } from '../../../../shared/contract/machines'

/** Records in memory, as the store keeps them: JSON in, JSON out. */
export function memoryRecords(): Records {
  const kept = new Map<string, Map<string, string>>()
  const of = (kind: string) => kept.get(kind) ?? kept.set(kind, new Map()).get(kind)!
  const put: Records['put'] = (kind, id, value) => void of(kind).set(id, JSON.stringify(value))
  return {
    get: (kind, id) => (of(kind).has(id) ? (JSON.parse(of(kind).get(id)!) as unknown) : undefined),
    list: (kind) => [...of(kind)].map(([id, value]) => ({ id, value: JSON.parse(value) as unknown })),
    put,
    putAll: (kind, items) => items.forEach(({ id, value }) => put(kind, id, value)),
    remove: (kind, id) => void of(kind).delete(id),
  }
}

/** Machines and jobs with virtual printers at high speed; nothing of the user's computer is touched. */
export class StudioDouble {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'gongbang-test-'))
  readonly blobs = new Map<string, Uint8Array<ArrayBuffer>>()
  readonly printers: VirtualPrinter[] = []
  machines: MachinesService
  jobs: JobsService

  constructor(readonly options: { readonly transport?: 'pty' | 'memory'; readonly devices?: Partial<MachineDevices>; readonly timeScale?: number; readonly longBytes?: number; readonly closeMs?: number } = {}, readonly records = memoryRecords()) {
    this.machines = this.makeMachines()
    this.jobs = this.makeJobs()
  }

  private makeMachines(): MachinesService {
    return createMachinesService({
      records: this.records,
      now: Date.now,
      devices: {
        listPorts: () => Promise.resolve([]),
        openSerial: () => Promise.reject(new Error('no port in this test')),
        createVirtualPrinter: ({ profile }) => {
          const printer = createVirtualPrinter({ profile, transport: this.options.transport ?? 'memory', timeScale: this.options.timeScale ?? 5000 })
          this.printers.push(printer)
          return printer
        },
        ...this.options.devices,
      },
    })
  }

  private makeJobs(): JobsService {
    const blobs = {
      size: (sha256: string) => Promise.resolve(this.blobs.get(sha256)?.length),
      readBytes: (sha256: string) => Promise.resolve(this.blobs.get(sha256)!),
      path: (sha256: string) => join(this.dataDir, sha256),
    }
    return createJobsService({ machines: this.machines, records: this.records, blobs, dataDir: this.dataDir, now: Date.now, ...(this.options.longBytes !== undefined && { longBytes: this.options.longBytes }), ...(this.options.closeMs !== undefined && { closeMs: this.options.closeMs }) })
  }

  putBlob(text: string): string {
    const bytes = new TextEncoder().encode(text)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.blobs.set(sha256, bytes)
    writeFileSync(join(this.dataDir, sha256), bytes)
    return sha256
  }

  /** A studio that begins anew on the same data, as after a crash: the old one is not told. */
  restart(): JobsService {
    return this.makeJobs()
  }

  create(text: string, { machineId = 'virtual', start = true } = {}) {
    return this.jobs.create({ name: 'a job', machineId, gcodeSha256: this.putBlob(text), sources: [], start })
  }

  job(jobId: string) {
    return this.jobs.list({ limit: 100 }).find(({ id }) => id === jobId)!
  }

  machine(machineId = 'virtual'): MachineStatus {
    return this.machines.list().find(({ id }) => id === machineId)!
  }

  /** Follows jobs and machines until a condition holds. */
  async until(isSo: () => boolean, what = 'what was waited for'): Promise<void> {
    const over = new AbortController()
    const limit = setTimeout(() => over.abort(), 15_000)
    const both = [this.jobs.watch(over.signal), this.machines.watch(over.signal)].map(async (topic) => {
      for await (const _value of topic) if (isSo()) over.abort()
    })
    await Promise.all(both)
    clearTimeout(limit)
    if (!isSo()) throw new Error(`${what} did not come: ${JSON.stringify(this.machine())}`)
  }

  async dispose(): Promise<void> {
    await this.jobs.dispose()
    await this.machines.dispose()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}
