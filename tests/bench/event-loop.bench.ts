import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { StudioLine } from '../../electron/transport/connect-studio'
import { Device } from '../shared/library/ops'
import { boxesStl } from '../e2e/models'
import { lineTo, PORT, wait } from './built-studio'

const SECONDS = Number(process.env['SECONDS'] ?? 30)
const STOPS = 20
const ROOT = join(import.meta.dirname, '../..')

interface LoopDelay {
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** Asks the studio for its event loop's delay since the last asking. */
async function loopDelay(host: ChildProcess, file: string): Promise<LoopDelay> {
  rmSync(file, { force: true })
  host.kill('SIGUSR2')
  while (!existsSync(file)) await wait(10)
  await wait(50)
  return JSON.parse(readFileSync(file, 'utf8')) as LoopDelay
}

function circles(lines: number): string {
  return `G28\nG1 X150 Y100 F3000\n${Array.from({ length: lines }, (_, i) => `G1 X${(100 + 50 * Math.cos(i / 100)).toFixed(3)} Y${(100 + 50 * Math.sin(i / 100)).toFixed(3)}`).join('\n')}\n`
}

describe('the event loop of the studio', () => {
  it('while it prints, something is sliced beside it, and designs and files come in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongbang-bench-'))
    const [dataDir, file, model] = [join(folder, 'data'), join(folder, 'loop.json'), join(folder, 'boxes.stl')]
    writeFileSync(model, boxesStl(Array.from({ length: 100 }, (_, i) => ({ min: [12 * (i % 10), 12 * Math.floor(i / 10), 0], max: [12 * (i % 10) + 9, 12 * Math.floor(i / 10) + 9, 30] }))))
    const monitor = pathToFileURL(join(import.meta.dirname, 'peers/loop-monitor.mjs')).href
    const host = spawn(process.execPath, ['--import', monitor, join(ROOT, 'dist/node/host.js'), '--no-open', '--port', String(PORT)], { env: { ...process.env, GONGBANG_DATA: dataDir, LOOP_FILE: file }, stdio: ['ignore', 'ignore', 'inherit'] })
    try {
      const line = await lineTo(dataDir)
      const machineId = 'virtual'
      await line.client.machines.connect({ machineId })
      await line.client.machines.virtual.configure({ machineId, timeScale: 1 })
      const gcodeSha256 = await line.putBlob(new TextEncoder().encode(circles(200_000)) as Uint8Array<ArrayBuffer>)
      await line.client.jobs.create({ name: 'circles', machineId, gcodeSha256, sources: [], start: true })
      await wait(1000)
      await loopDelay(host, file)
      await wait(3000)
      const printing = await loopDelay(host, file)
      const untilMs = performance.now() + 1000 * SECONDS
      const counts = { slices: 0, ops: 0, megabytes: 0 }
      const slicing = async () => {
        while (performance.now() < untilMs) {
          const run = spawn(process.execPath, [join(ROOT, 'dist/node/cli.js'), 'slice', model, '-o', join(folder, 'boxes.gcode')], { env: { ...process.env, GONGBANG_DATA: join(folder, 'other') }, stdio: 'ignore' })
          await new Promise((resolve) => run.once('close', resolve))
          counts.slices++
        }
      }
      const syncing = async () => {
        for (let round = 0; performance.now() < untilMs; round++) {
          const ops = new Device(`bench-${round}`).titles(1000)
          for (let at = 0; at < ops.length; at += 200) await line.client.sync.push({ space: 'home', ops: ops.slice(at, at + 200) })
          await line.putBlob(crypto.getRandomValues(new Uint8Array(65_536)).slice())
          counts.ops += ops.length
          counts.megabytes += 0.065
        }
      }
      await Promise.all([slicing(), syncing()])
      const busy = await loopDelay(host, file)
      const tell = (name: string, { p50, p99, p999, max }: LoopDelay) => console.log(`${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, p99.9 ${p999.toFixed(1)} ms, at most ${max.toFixed(1)} ms`)
      tell('printing alone', printing)
      tell(`printing, slicing (${counts.slices} times), syncing (${counts.ops} ops, ${counts.megabytes.toFixed(1)} MB)`, busy)
      expect((await line.client.jobs.list({ limit: 1 }))[0]?.state).toBe('running')
      await emergencyStops(line, machineId)
      line.close()
    } finally {
      host.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

/** From the call's arrival in the studio to the bytes at the port, a stop after the other, and from the caller's side. */
async function emergencyStops({ client }: StudioLine, machineId: string): Promise<void> {
  const toWire: number[] = []
  const whole: number[] = []
  for (let k = 0; k < STOPS; k++) {
    if (k > 0) await client.machines.connect({ machineId })
    const from = performance.now()
    const { toWireMs } = await client.machines.emergencyStop({ machineId })
    whole.push(performance.now() - from)
    toWire.push(toWireMs)
    await wait(100)
  }
  const at = (values: readonly number[], share: number) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]?.toFixed(2)
  console.log(`emergency stop, ${STOPS} times: to the wire p50 ${at(toWire, 0.5)} ms, at most ${at(toWire, 1)} ms; the call and its answer p50 ${at(whole, 0.5)} ms, at most ${at(whole, 1)} ms`)
  expect(toWire).toHaveLength(STOPS)
}
