import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../electron/cli/run-command'
import type { Terminal } from '../../../electron/cli/terminal'
import { createVirtualPrinter } from '../../../electron/devices/virtual-printer'
import { openStore } from '../../../electron/store/open-store'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { smallPrint } from '../../shared/machine/marlin/small-print'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongbang-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Run {
  readonly code: number
  readonly json: Record<string, unknown>
  readonly told: string
}

/** Runs a command line with a data folder of its own. */
async function gongbang(args: readonly string[], { signal = new AbortController().signal, onProgress = () => undefined }: { signal?: AbortSignal; onProgress?: (line: string) => void } = {}): Promise<Run> {
  let out = ''
  const told: string[] = []
  const terminal: Terminal = {
    language: 'en', cwd: folder, env: { GONGBANG_DATA: join(folder, 'data') }, signal,
    write: (text) => void (out += text),
    tell: (line) => void told.push(line),
    progress: onProgress,
    endProgress: () => undefined,
  }
  const code = await runCommand([...args, '--json'], terminal, '0.0.0')
  return { code, json: JSON.parse(out) as Record<string, unknown>, told: told.join('\n') }
}

function file(text: string): string {
  writeFileSync(join(folder, 'job.gcode'), text)
  return 'job.gcode'
}

describe('gongbang print', () => {
  it('prints on the virtual printer, whose account agrees with the file', async () => {
    const { code, json } = await gongbang(['print', file(smallPrint(200)), '--machine', 'virtual', '--time-scale', '10000'])
    expect(json).toMatchObject({ ok: true, state: 'done', agrees: true, resends: 0, agreement: { linesInOrder: true, nothingRefused: true }, account: { extrudedMm: expect.closeTo(50, 3) as number } })
    expect(code).toBe(0)
  })

  it('fails with the reason when the file is not for the machine', async () => {
    const { code, json } = await gongbang(['print', file('G28\nG1 X900 F600\nG1 E1'), '--time-scale', '10000'])
    expect(code).toBe(1)
    expect(json).toMatchObject({ ok: false, problems: [{ code: 'gcode/outside-volume' }] })
  })

  it('cancels cleanly on Ctrl-C', async () => {
    const interrupt = new AbortController()
    const { code, json } = await gongbang(['print', file(smallPrint(3000)), '--time-scale', '200'], { signal: interrupt.signal, onProgress: () => interrupt.abort() })
    expect(code).toBe(130)
    expect(json).toMatchObject({ ok: false, state: 'cancelled' })
    expect((json['account'] as { movesExecuted: number }).movesExecuted).toBeLessThan(3000)
  })

  it('answers questions with Continue when it is told to', async () => {
    const { json, told } = await gongbang(['print', file('G28\nM0 Put a nut in\nG1 X10 F600\n'), '--time-scale', '10000', '--continue'])
    expect(told).toContain('Put a nut in')
    expect(json).toMatchObject({ state: 'done', agrees: true })
  })

  it('does not touch the data of a studio that runs, and says so for its machines', async () => {
    const store = openStore(join(folder, 'data'))
    try {
      expect(await gongbang(['print', file(smallPrint(20)), '--time-scale', '10000'])).toMatchObject({ code: 0, json: { ok: true } })
      expect(await gongbang(['print', file(smallPrint(20)), '--machine', 'Ender'])).toMatchObject({ code: 1, json: { problems: [{ code: 'store/in-use' }] } })
      expect(await gongbang(['machines'])).toMatchObject({ code: 0, json: { ok: true, machines: null } })
    } finally {
      store.close()
    }
  })

  it.each([[['print']], [['print', 'a', 'b']], [['print', 'a', '--machine', 'x', '--port', 'y']], [['print', 'job.gcode', '--time-scale', '0']]])('takes %j for a wrong command line', async (args) => {
    file('G28\n')
    expect((await gongbang(args)).code).toBe(2)
  })
})

const probe = createVirtualPrinter({ profile: BUILTIN_MACHINES[0]! })
const hasPty = probe.ptyPath !== undefined
await probe.dispose()

describe.skipIf(!hasPty)('gongbang print at a port', () => {
  it('finds the rate of a machine that runs already, and prints', async () => {
    const printer = createVirtualPrinter({ profile: BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!, timeScale: 10_000 })
    try {
      const { code, json } = await gongbang(['print', file(smallPrint(100)), '--port', printer.ptyPath!])
      expect([code, json['state']]).toEqual([0, 'done'])
      expect(printer.account()).toMatchObject({ linesInOrder: true, extrudedMm: expect.closeTo(25, 3) as number })
    } finally {
      await printer.dispose()
    }
  })

  it('ends with the reason, the line and the heat when the cable is pulled', async () => {
    const printer = createVirtualPrinter({ profile: BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!, timeScale: 100 })
    try {
      const { code, json } = await gongbang(['print', file(smallPrint(2000)), '--port', printer.ptyPath!], { onProgress: (line) => line.startsWith('0.0') || printer.unplug() })
      expect(code).toBe(1)
      expect(json).toMatchObject({ ok: false, state: 'failed', reason: { code: 'machine/link-lost' }, lastHeat: { hotendTargetC: 200 } })
      expect(json['linesAcknowledged']).toBeGreaterThan(10)
    } finally {
      await printer.dispose()
    }
  })

  it('says so when nothing is at the port', async () => {
    expect(await gongbang(['print', file(smallPrint(20)), '--port', join(folder, 'nothing')])).toMatchObject({ code: 1, json: { problems: [{ code: 'machine/port-gone' }] } })
  })
})

describe('gongbang machines', () => {
  it('lists ports, machines and profiles', async () => {
    const { code, json } = await gongbang(['machines'])
    expect(code).toBe(0)
    expect(json['machines']).toContainEqual(expect.objectContaining({ id: 'virtual', port: 'virtual' }))
    expect((json['profiles'] as unknown[]).length).toBeGreaterThan(5)
  })
})
