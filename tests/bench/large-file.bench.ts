import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GrowingPlan } from '../../electron/services/jobs/known-plan'
import { OutlineStore } from '../../electron/services/jobs/outline-store'
import { openLongJob } from '../../electron/services/jobs/long-job'
import { pointAt } from '../../electron/services/jobs/resume-plan'
import { createBlobStore } from '../../electron/store/blob-store'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { lineTo, PORT, wait } from './built-studio'

const MEGABYTES = Number(process.env['MEGABYTES'] ?? 500)
const PROFILE = BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer') ?? BUILTIN_MACHINES[0]!

/** A print of layers of short moves, as long as is asked. */
async function writePrint(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w')
  let written = (await file.write('M140 S60\nM104 S210\nG28\nM190 S60\nM109 S210\nG90\nM83\n')).bytesWritten
  for (let layer = 0; written < bytes; layer++) {
    const lines = [`;LAYER:${layer}`, `G0 Z${(0.2 + (layer % 900) * 0.2).toFixed(2)} F600`]
    for (let i = 0; i < 20_000; i++) lines.push(`G1 X${(100 + 60 * Math.cos(i / 40)).toFixed(3)} Y${(100 + 60 * Math.sin(i / 40)).toFixed(3)} E0.0499 F3000`)
    written += (await file.write(`${lines.join('\n')}\n`)).bytesWritten
  }
  await file.write('M104 S0\nM140 S0\n')
  await file.close()
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

/** Present and highest memory of a process, MB. */
function memoryOf({ pid }: ChildProcess): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (key: string) => Math.round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)
  return { now: of('VmRSS'), peak: of('VmHWM') }
}

describe(`a print of ${MEGABYTES} MB`, () => {
  it('in the built studio: start, memory, seek', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongbang-bench-'))
    const dataDir = join(folder, 'data')
    const source = join(folder, 'large.gcode')
    let host: ChildProcess | undefined
    try {
      await writePrint(source, MEGABYTES * 1e6)
      const sha256 = await hashOf(source)
      await createBlobStore(join(dataDir, 'blobs')).put(sha256, createReadStream(source))
      rmSync(source)
      host = spawn(process.execPath, [join(import.meta.dirname, '../../dist/node/host.js'), '--no-open', '--port', String(PORT)], { env: { ...process.env, GONGBANG_DATA: dataDir }, stdio: ['ignore', 'inherit', 'inherit'] })
      const line = await lineTo(dataDir)
      const idle = memoryOf(host)
      const machineId = 'virtual'
      await line.client.machines.connect({ machineId })
      await line.client.machines.virtual.configure({ machineId, timeScale: 10_000 })
      const from = performance.now()
      const { id } = await line.client.jobs.create({ name: 'large', machineId, gcodeSha256: sha256, sources: [], start: true })
      const startMs = performance.now() - from
      const jobOf = async () => (await line.client.jobs.list({ limit: 10 })).find((job) => job.id === id)!
      const lineCounts: number[] = []
      // The time is known when the whole was looked through.
      let job = await jobOf()
      while (job.state === 'running' && (job.layerCount === undefined || performance.now() - from < 20_000)) {
        await wait(500)
        job = await jobOf()
        lineCounts.push(job.linesAcknowledged)
      }
      const lookedThroughS = (performance.now() - from) / 1000
      const memory = memoryOf(host)
      console.log(`start ${startMs.toFixed(0)} ms; looked through in ${lookedThroughS.toFixed(0)} s: ${job.lineCount} lines, ${job.layerCount} layers; ${job.linesAcknowledged} lines printed meanwhile (${job.state}); memory ${idle.now} MB idle, ${memory.peak} MB at most`)
      expect(job.state).toBe('running')
      await line.client.jobs.cancel({ jobId: id })
      line.close()
      await seekTimes(dataDir, sha256)
    } finally {
      host?.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

/** How long it takes to know a line, and the state before it, anywhere in the file. */
async function seekTimes(dataDir: string, sha256: string): Promise<void> {
  const path = createBlobStore(join(dataDir, 'blobs')).path(sha256)
  const size = (await open(path).then(async (file) => ({ found: await file.stat(), closed: await file.close() }))).found.size
  const from = performance.now()
  const job = openLongJob({ sha256, path, size, profile: PROFILE, outlines: new OutlineStore(join(dataDir, 'outlines')) })
  await job.whole
  const openMs = performance.now() - from
  expect(job.plan).toBeInstanceOf(GrowingPlan)
  const [texts, points]: [number[], number[]] = [[], []]
  for (let k = 0; k < 50; k++) {
    const fileLine = 1000 + Math.floor(((job.plan.lineCount - 3000) * ((k * 0.618) % 1)))
    const textFrom = performance.now()
    job.lines.text(Math.floor((job.lines.count - 1) * ((k * 0.618) % 1)))
    texts.push(performance.now() - textFrom)
    const pointFrom = performance.now()
    await pointAt({ lines: job.lines, plan: job.plan }, fileLine)
    points.push(performance.now() - pointFrom)
  }
  const most = (values: readonly number[]) => Math.max(...values).toFixed(1)
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]?.toFixed(1)
  console.log(`known again in ${openMs.toFixed(0)} ms; a line anywhere ${median(texts)} ms (at most ${most(texts)}); the state to go on from anywhere ${median(points)} ms (at most ${most(points)})`)
}
