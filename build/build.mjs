// Builds what is out of date: the Node side (terminal, host), Electron's main and preload, and the window.
// `node build/build.mjs [node|main|preload|client ...]`, all of them when none is named.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, root } from './bootstrap.mjs'

/** Each product, and the folders and files that it is made from. */
export const PRODUCTS = {
  node: { from: ['shared', 'electron'], entry: 'electron/cli.ts' },
  main: { from: ['shared', 'electron'], entry: 'electron/main.ts' },
  preload: { from: ['shared/contract', 'electron/preload.ts', 'electron/shell'], entry: 'electron/preload.ts' },
  client: { from: ['shared', 'renderer'], entry: 'renderer/index.html' },
}
const ALWAYS_FROM = ['vite.config.ts', 'package-lock.json']

function stampFile(name) {
  return join(root, 'dist', `.${name}.stamp`)
}

function* filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return
  if (stat.isFile()) {
    yield `${path}:${stat.mtimeMs}:${stat.size}`
    return
  }
  for (const entry of readdirSync(path)) yield* filesUnder(join(path, entry))
}

/** A hash over names, times and sizes of all that a product is made from. */
export function sourceKey(name) {
  const hash = createHash('sha256')
  for (const path of [...PRODUCTS[name].from, ...ALWAYS_FROM]) for (const line of filesUnder(join(root, path))) hash.update(line)
  return hash.digest('hex')
}

/** Whether a product was built from the sources as they are now. */
export function isFresh(name) {
  const stamp = stampFile(name)
  return existsSync(stamp) && existsSync(join(root, 'dist', name)) && readFileSync(stamp, 'utf8') === sourceKey(name)
}

/** Whether the tree has the entry of a product at all. */
export function exists(name) {
  return existsSync(join(root, PRODUCTS[name].entry))
}

/** Puts the finished folder in the place of the old one, so that nobody meets a half-written build. */
function swapIn(name, fresh) {
  const place = join(root, 'dist', name)
  const old = `${fresh}.old`
  if (existsSync(place)) renameSync(place, old)
  renameSync(fresh, place)
  rmSync(old, { recursive: true, force: true })
}

/** Builds the named products that are out of date. */
export async function build(names = Object.keys(PRODUCTS), { force = false, quiet = true } = {}) {
  const stale = names.filter((name) => exists(name) && (force || !isFresh(name)))
  if (stale.length === 0) return
  process.stderr.write(`gongbang: building ${stale.join(', ')} ...\n`)
  const started = performance.now()
  mkdirSync(join(root, 'dist'), { recursive: true })
  const { createBuilder } = await import('vite')
  for (const name of stale) {
    const key = sourceKey(name)
    const fresh = join(root, 'dist', `${name}.${process.pid}.new`)
    const environment = name === 'client' ? 'client' : name
    const builder = await createBuilder({
      configFile: join(root, 'vite.config.ts'),
      mode: 'production',
      logLevel: quiet ? 'error' : 'info',
      environments: { [environment]: { build: { outDir: fresh } } },
    })
    await builder.build(builder.environments[environment])
    swapIn(name, fresh)
    writeFileSync(stampFile(name), key)
  }
  process.stderr.write(`gongbang: built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  bootstrap()
  const names = process.argv.slice(2).filter((name) => !name.startsWith('-'))
  await build(names.length === 0 ? undefined : names, { force: process.argv.includes('--force'), quiet: false })
}
