import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../electron/cli/run-command'
import type { Terminal } from '../../../electron/cli/terminal'
import { raster } from '../../shared/machine/grbl/rig'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongbang-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function gongbang(args: readonly string[], typed: readonly string[] = []): Promise<{ code: number; json: Record<string, unknown>; told: string }> {
  let out = ''
  const told: string[] = []
  const terminal: Terminal = {
    language: 'en', cwd: folder, env: { GONGBANG_DATA: join(folder, 'data') }, signal: new AbortController().signal,
    write: (text) => void (out += text), tell: (line) => void told.push(line), progress: () => undefined, endProgress: () => undefined,
    async *lines() {
      yield* typed
    },
  }
  const code = await runCommand([...args, '--json'], terminal, '0.0.0')
  return { code, json: JSON.parse(out) as Record<string, unknown>, told: told.join('\n') }
}

const LASER = ['--machine', 'virtual-laser', '--time-scale', '500']

describe('the terminal at a machine', () => {
  it('connects a laser and tells its firmware, state and settings', async () => {
    const { code, json } = await gongbang(['connect', ...LASER])
    expect(json).toMatchObject({ ok: true, machine: { purpose: 'laser', firmware: { name: 'Grbl 1.1h.20190830' }, grbl: { state: 'Alarm' } }, settings: { 32: '1' } })
    expect(code).toBe(0)
  }, 60_000)

  it('connects a printer by the same command', async () => {
    const { code, json } = await gongbang(['connect', '--machine', 'virtual'])
    expect(json).toMatchObject({ ok: true, machine: { purpose: 'printer', state: 'ready' } })
    expect(code).toBe(0)
  }, 60_000)

  it('sends lines and prints their answers; a refused one ends with 1', async () => {
    const good = await gongbang(['send', '$X', '$G', ...LASER])
    expect(good.json).toMatchObject({ ok: true, answers: [{ outcome: 'ok' }, { outcome: 'ok', received: ['[GC:G0 G54 G17 G21 G90 G94 M5 M9 T0 F0 S0]', 'ok'] }] })
    const bad = await gongbang(['send', 'G0 X1', ...LASER])
    expect(bad).toMatchObject({ code: 1, json: { ok: false, answers: [{ outcome: 'error', received: ['error:9'] }] } })
    expect(await gongbang(['send', 'M105', '--machine', 'virtual'])).toMatchObject({ code: 0, json: { ok: true } })
  }, 60_000)

  it('streams a raster after homing, and refuses one that leaves the machine', async () => {
    writeFileSync(join(folder, 'r.nc'), raster(4).replace('G21 G90', 'G21 G90 G92 X0 Y0'))
    const { code, json } = await gongbang(['stream', 'r.nc', '--home', ...LASER])
    expect(json).toMatchObject({ ok: true, state: 'done', account: { refused: [] } })
    expect(code).toBe(0)
    writeFileSync(join(folder, 'far.nc'), 'G21 G90\nG53 G0 X-900\n')
    expect(await gongbang(['stream', 'far.nc', '--home', ...LASER])).toMatchObject({ code: 1, json: { problems: [{ code: 'grbl/outside-machine' }] } })
  }, 60_000)

  it('talks line by line', async () => {
    const { code, json, told } = await gongbang(['console', ...LASER], ['/unlock', '$I', '/status', '/quit'])
    expect(json).toEqual({ ok: true, lines: 3 })
    expect(told).toContain('Virtual laser')
    expect(code).toBe(0)
  }, 60_000)

  it('is wrong without a line, with an unknown machine, with two places', async () => {
    expect((await gongbang(['send', ...LASER])).code).toBe(2)
    expect((await gongbang(['connect', '--machine', 'nobody'])).code).toBe(2)
    expect((await gongbang(['connect', '--machine', 'virtual', '--port', '/dev/x'])).code).toBe(2)
  }, 60_000)
})
