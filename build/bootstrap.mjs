// Makes a fresh clone able to run: the right Node and the packages of the lock file. Node's own modules only,
// because nothing else may be installed yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const WANTED_NODE = [20, 19]

/** Whether a Node version such as `v20.20.2` is new enough. */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > WANTED_NODE[0] || (major === WANTED_NODE[0] && minor >= WANTED_NODE[1])
}

/** @typedef {{ platform: string, arch: string, versions: { modules: string } }} Host the part of `process` that decides which packages fit */

/**
 * What the installed packages depend on: the lock file, the platform, and Node's ABI.
 * @param {string} lockText
 * @param {Host} host
 */
export function installKey(lockText, host = process) {
  return createHash('sha256').update([lockText, host.platform, host.arch, host.versions.modules].join('\n')).digest('hex')
}

/**
 * Whether npm's own record of what it installed (`node_modules/.package-lock.json`) holds all that the lock file
 * wants on this platform. An optional package may be missing only when it is made for another platform.
 * @param {{ packages: Record<string, any> }} lock
 * @param {{ packages: Record<string, any> }} installed
 * @param {Host} host
 */
export function isInstalled(lock, installed, host = process) {
  const fits = (list, value) => list === undefined || list.includes(value)
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true
    const there = installed.packages[path]
    if (there !== undefined) return there.version === wanted.version
    const isForHere = fits(wanted.os, host.platform) && fits(wanted.cpu, host.arch) && wanted.libc === undefined
    return wanted.optional === true && (!isForHere || wanted.os === undefined)
  })
}

/** The environment for npm: without the settings of the npm that started this script, which would change what is installed. */
export function cleanEnvironment(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^npm_(config|package|lifecycle)_/i.test(name) && name !== 'NODE_ENV'))
}

/** How to start npm: the one that runs us, the one beside Node, or the one on the PATH. */
function npmCommand() {
  const beside = [join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'), join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')]
  const script = [process.env.npm_execpath, ...beside].find((file) => file?.endsWith('npm-cli.js') === true && existsSync(file))
  return script === undefined ? { command: 'npm', first: [], shell: process.platform === 'win32' } : { command: process.execPath, first: [script], shell: false }
}

function install() {
  process.stderr.write('gongbang: installing the packages of package-lock.json (once) ...\n')
  const { command, first, shell } = npmCommand()
  const run = spawnSync(command, [...first, 'ci', '--include=dev', '--engine-strict=false', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: cleanEnvironment(process.env),
    // A terminal command may promise exactly one JSON object on stdout, so npm writes to stderr.
    stdio: ['ignore', 2, 2],
    shell,
  })
  if (run.status === 0) return
  process.stderr.write(`gongbang: the packages could not be installed (${run.error?.message ?? `npm ended with ${run.status}`}). Check the network or the npm registry and try again.\n`)
  process.exit(1)
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Installs what is missing; returns at once when the stamp in node_modules is the one of this lock file and this Node. */
export function bootstrap() {
  if (!isNodeNewEnough(process.version)) {
    process.stderr.write(`gongbang: Node ${WANTED_NODE.join('.')} or newer is needed, this is ${process.version}. Get it from https://nodejs.org\n`)
    process.exit(1)
  }
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stampFile = join(root, 'node_modules/.gongbang-installed')
  const key = installKey(lockText)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) return
  const installed = readJson(join(root, 'node_modules/.package-lock.json'))
  if (installed === undefined || !isInstalled(JSON.parse(lockText), installed)) install()
  writeFileSync(stampFile, key)
}
