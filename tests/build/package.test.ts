import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/bootstrap.mjs'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron's fuses, version 1, in the order of the wire. */
const FUSES = ['runAsNode', 'cookieEncryption', 'nodeOptions', 'nodeCliInspect', 'asarIntegrity', 'onlyLoadAppFromAsar', 'browserV8Snapshot', 'fileProtocolPrivileges', 'wasmTrapHandlers']
const EVERY_FUSE_ON = '1'.repeat(FUSES.length)

let folder = ''
const packed = () => join(folder, 'release/linux-unpacked')

function run(script: string, words: readonly string[], environment: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(root, 'node_modules', script), ...words], { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment } })
}

/** A folder in the form of Electron's own, with a program that is only the place of the fuses. */
function makeStandIn(place: string): void {
  mkdirSync(join(place, 'resources'), { recursive: true })
  mkdirSync(join(place, 'locales'))
  const program = Buffer.concat([Buffer.alloc(64, 1), Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(EVERY_FUSE_ON), Buffer.alloc(64, 2)])
  writeFileSync(join(place, 'electron'), program, { mode: 0o755 })
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) writeFileSync(join(place, name), 'stand-in')
}

function pack(...words: readonly string[]) {
  const standIn = join(folder, 'electron-dist')
  return run('electron-builder/cli.js', ['--config', 'build/electron-builder.mjs', '--publish', 'never', '--linux', 'dir', '--x64', `-c.directories.output=${join(folder, 'release')}`, ...words], { GONGBANG_ELECTRON_DIST: standIn })
}

describe.skipIf(process.platform !== 'linux')('the packed app, around a stand-in for Electron', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'))
    makeStandIn(join(folder, 'electron-dist'))
    // In a process of its own: under the test runner Vite would take the tests' root.
    const built = spawnSync(process.execPath, [join(root, 'build/build.mjs'), 'main', 'preload', 'client'], { cwd: root, encoding: 'utf8', env: { ...process.env, VITEST: undefined } })
    if (built.status !== 0) throw new Error(built.stderr)
    const { status, stdout, stderr } = pack()
    if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}${stderr}`)
    const extracted = run('@electron/asar/bin/asar.js', ['extract', join(packed(), 'resources/app.asar'), join(folder, 'app')])
    if (extracted.status !== 0) throw new Error(extracted.stderr)
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('holds the built products and nothing of the sources', () => {
    const inside = (path: string) => existsSync(join(folder, 'app', path))
    expect(['dist/main/main.js', 'dist/preload/preload.cjs', 'dist/client/index.html', 'package.json'].filter((path) => !inside(path))).toEqual([])
    expect(['shared', 'electron', 'renderer', 'tests', 'build', 'dist/node', 'dist/main/main.js.map', 'node_modules/react', 'node_modules/vite', 'node_modules/typescript'].filter(inside)).toEqual([])
  })

  it('has its native modules as real files, and they load', () => {
    const unpacked = join(packed(), 'resources/app.asar.unpacked/node_modules')
    expect(existsSync(join(unpacked, '@serialport/bindings-cpp/prebuilds/linux-x64'))).toBe(true)
    expect(existsSync(join(unpacked, '@libsql/linux-x64-gnu/index.node'))).toBe(true)
    const load = "require('serialport').SerialPort.list; require('@lydell/node-pty').spawn; new (require('libsql'))(':memory:').exec('select 1'); console.log('loaded')"
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', load], { cwd: join(folder, 'app'), encoding: 'utf8' })
    expect(stdout.trim(), stderr).toBe('loaded')
  })

  it('has its fuses set', () => {
    const program = readFileSync(join(packed(), 'gongbang-studio'))
    const start = program.indexOf(SENTINEL) + SENTINEL.length + 2
    const wire = program.subarray(start, start + FUSES.length).toString()
    const isOn = Object.fromEntries(FUSES.map((name, index) => [name, wire[index] === '1']))
    expect(isOn).toMatchObject({ runAsNode: false, nodeOptions: false, nodeCliInspect: false, fileProtocolPrivileges: false, onlyLoadAppFromAsar: true, asarIntegrity: true, cookieEncryption: true })
  })

  it('is made from a configuration whose keys are all known', () => {
    const { status, stdout, stderr } = pack('-c.unknownKey=1')
    expect(status).not.toBe(0)
    expect(stdout + stderr).toContain("unknown property 'unknownKey'")
  })
})
