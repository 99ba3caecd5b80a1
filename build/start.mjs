// `npm start`: the studio in its own window when Electron's program is here or can be had; otherwise, and it says in one
// sentence why, in the browser. `--no-open` opens nothing; GONGBANG_NO_ELECTRON goes to the browser at once.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, cleanEnvironment, root } from './bootstrap.mjs'
import { build } from './build.mjs'

const INSTALL_LIMIT_MS = 90_000
const DAY_MS = 24 * 60 * 60 * 1000
const failureFile = join(root, 'node_modules/.cache/gongbang/electron-failure.json')

/** The path of Electron's program as its package records it, or undefined when it was never downloaded. */
function electronProgram() {
  const folder = join(root, 'node_modules/electron')
  const record = join(folder, 'path.txt')
  if (!existsSync(record)) return undefined
  const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(record, 'utf8').trim())
  return existsSync(program) ? program : undefined
}

function rememberedFailure() {
  try {
    const { atMs, why } = JSON.parse(readFileSync(failureFile, 'utf8'))
    return Date.now() - atMs < DAY_MS ? why : undefined
  } catch {
    return undefined
  }
}

/** Downloads Electron's program within a time limit; answers why not when it fails, and remembers that for a day. */
function installElectron() {
  process.stderr.write('gongbang: fetching Electron (once; at most 90 s) ...\n')
  const installer = join(root, 'node_modules/electron/install.js')
  const run = spawnSync(process.execPath, [installer], { cwd: root, timeout: INSTALL_LIMIT_MS, env: cleanEnvironment(process.env), stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  if (run.status === 0 && electronProgram() !== undefined) return undefined
  const reason = run.error?.code === 'ETIMEDOUT' ? "Electron's download took longer than 90 s" : `Electron's download failed (${firstErrorLine(run.stderr)})`
  mkdirSync(join(failureFile, '..'), { recursive: true })
  writeFileSync(failureFile, JSON.stringify({ atMs: Date.now(), why: reason }))
  return reason
}

function firstErrorLine(text) {
  const line = (text ?? '').split('\n').find((candidate) => /error|ENOTFOUND|ECONNREFUSED|status/i.test(candidate)) ?? 'no reason given'
  return line.trim().slice(0, 160)
}

/** Electron needs a display on Linux; without one its window can't open. */
function hasDisplay() {
  return process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined
}

/** Electron's program, or one sentence why the browser is used instead. */
function chooseDoor() {
  if (process.env.GONGBANG_NO_ELECTRON !== undefined) return { why: 'GONGBANG_NO_ELECTRON is set' }
  if (process.argv.includes('--no-open')) return { why: '--no-open asks for no window' }
  if (!hasDisplay()) return { why: 'there is no display' }
  const program = electronProgram()
  if (program !== undefined) return { program }
  const why = rememberedFailure() ?? installElectron()
  return why === undefined ? { program: electronProgram() } : { why }
}

/** Opens a page in the user's browser; nothing happens when there is none, since the address is printed too. */
function openInBrowser(url) {
  const [command, ...words] = process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', url] : ['xdg-open', url]
  const child = spawn(command, words, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/** Runs a program as our own: its output is ours, a stop of ours is its stop, its end is our end. */
function runUntilEnd(command, words, onLine) {
  const child = spawn(command, words, { cwd: root, stdio: ['inherit', onLine === undefined ? 'inherit' : 'pipe', 'inherit'], env: process.env })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  let rest = ''
  child.stdout?.on('data', (chunk) => {
    process.stdout.write(chunk)
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)))
  child.on('error', (error) => {
    process.stderr.write(`gongbang: ${error.message}\n`)
    process.exit(1)
  })
}

bootstrap()
const door = chooseDoor()
const words = process.argv.slice(2).filter((word) => word !== '--no-open')
if (door.program !== undefined) {
  await build(['main', 'preload', 'client'])
  runUntilEnd(door.program, [root, ...words])
} else {
  await build(['node', 'client'])
  process.stdout.write(`Gongbang Studio opens in the browser because ${door.why}.\n`)
  let isOpened = process.argv.includes('--no-open')
  runUntilEnd(process.execPath, [join(root, 'dist/node/host.js'), ...words], (line) => {
    const url = /https?:\/\/\S+/.exec(line)?.[0]
    if (isOpened || url === undefined) return
    isOpened = true
    openInBrowser(url)
  })
}
