import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { createVirtualPrinter } from '../../electron/devices/virtual-printer'
import { openSerial } from '../../electron/devices/open-serial'
import { createMachinesService } from '../../electron/services/machines/machines-service'
import { memoryRecords } from '../electron/services/machines/studio-double'
import { linesOf } from '../shared/machine/marlin/bench'

const PEERS = join(import.meta.dirname, 'peers')
const LINES = Number(process.env['LINES'] ?? 50_000)

function moves(count: number): string {
  return Array.from({ length: count }, (_, i) => `G1 X${(100 + 50 * Math.cos(i / 100)).toFixed(3)} Y${(100 + 50 * Math.sin(i / 100)).toFixed(3)} E${((i + 1) * 0.02).toFixed(5)}`).join('\n')
}

/** What the peer received from beginning to end. */
interface PeerAccount {
  readonly lines: number
  readonly bytes: number
  readonly seconds: number
  /** Of the time, how much the wire carried something; of a paced peer only. */
  readonly wireShare: number
}

async function withPeer<T>(baud: number, act: (port: string) => Promise<T>): Promise<{ result: T; account: PeerAccount }> {
  const peer = spawn('python3', [join(PEERS, 'ok-peer.py'), ...(baud > 0 ? [String(baud)] : [])], { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = createInterface({ input: peer.stdout })[Symbol.asyncIterator]()
  const port = String((await said.next()).value)
  const result = await act(port)
  peer.stdin.end()
  const account = JSON.parse(String((await said.next()).value)) as PeerAccount
  return { result, account }
}

/** Prints with the studio's own services: session, log of the terminal, reducer, link. */
async function printWithStudio(port: string, text: string): Promise<{ seconds: number; cpuS: number }> {
  const machines = createMachinesService({ records: memoryRecords(), now: Date.now, devices: { listPorts: () => Promise.resolve([]), openSerial, createVirtualPrinter } })
  const { id: machineId } = machines.add({ name: 'peer', port, profileId: 'generic-marlin', baudRate: 115_200, isPassing: true })
  await machines.connect({ machineId })
  const lines = linesOf(text)
  const from = performance.now()
  const cpu = process.cpuUsage()
  const outcome = await new Promise<string>((resolve) => machines.runner(machineId).start({ jobId: 'x', onProgress: () => undefined, onEnd: (end) => resolve(end.outcome) }, lines))
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - from) / 1000
  await machines.dispose()
  expect(outcome).toBe('done')
  return { seconds, cpuS: (user + system) / 1e6 }
}

/** Debian's own Python: that is where its packages are. */
const SYSTEM_PYTHON = '/usr/bin/python3'
const hasPrintcore = spawnSync(SYSTEM_PYTHON, ['-c', 'import printrun.printcore']).status === 0

/** Beside this process, which has the peer's pty to keep open and nothing else to do. */
function runPrintcore(port: string, file: string): Promise<{ lines: number; seconds: number; cpuS: number }> {
  return new Promise((resolve, reject) => {
    const run = spawn(SYSTEM_PYTHON, [join(PEERS, 'printcore-run.py'), port, file], { stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    run.stdout.on('data', (data: Buffer) => (said += data.toString()))
    run.on('close', () => {
      const last = said.trim().split('\n').at(-1) ?? ''
      if (last.startsWith('{')) resolve(JSON.parse(last) as { lines: number; seconds: number; cpuS: number })
      else reject(new Error(`printcore said: ${said.slice(-300)}`))
    })
  })
}

describe('throughput', () => {
  it('without limit, beside printcore', async () => {
    const text = moves(LINES)
    const tell = (name: string, { seconds, cpuS }: { seconds: number; cpuS: number }) => console.log(`${name}: ${Math.round(LINES / seconds)} lines/s, ${seconds.toFixed(2)} s, CPU ${cpuS.toFixed(2)} s (${((1e6 * cpuS) / LINES).toFixed(0)} µs a line)`)
    const ours = await withPeer(0, (port) => printWithStudio(port, text))
    tell('studio', ours.result)
    expect(ours.account.lines).toBeGreaterThanOrEqual(LINES)
    if (!hasPrintcore) return console.log('printcore: not installed (Debian package printrun)')
    const folder = mkdtempSync(join(tmpdir(), 'gongbang-bench-'))
    writeFileSync(join(folder, 'a.gcode'), `${text}\n`)
    const theirs = await withPeer(0, (port) => runPrintcore(port, join(folder, 'a.gcode')))
    rmSync(folder, { recursive: true })
    tell('printcore', theirs.result)
    console.log(`studio is ${(theirs.result.seconds / ours.result.seconds).toFixed(1)} times as fast`)
  })

  it.each([115_200, 250_000])('at a wire of %i baud', async (baud) => {
    const count = baud / 40
    const text = moves(count)
    const ours = await withPeer(baud, (port) => printWithStudio(port, text))
    console.log(`studio at ${baud}: ${Math.round(ours.account.lines / ours.account.seconds)} lines/s, the wire was in use ${(100 * ours.account.wireShare).toFixed(1)} % of the time`)
    expect(ours.account.lines).toBeGreaterThanOrEqual(count)
    if (!hasPrintcore) return
    const folder = mkdtempSync(join(tmpdir(), 'gongbang-bench-'))
    writeFileSync(join(folder, 'a.gcode'), `${text}\n`)
    const theirs = await withPeer(baud, (port) => runPrintcore(port, join(folder, 'a.gcode')))
    rmSync(folder, { recursive: true })
    console.log(`printcore at ${baud}: ${Math.round(theirs.account.lines / theirs.account.seconds)} lines/s, the wire was in use ${(100 * theirs.account.wireShare).toFixed(1)} % of the time`)
  })
})
