import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../build/bootstrap.mjs'

const START_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 10_000

/** The built host, running on a port and a data folder of its own. */
export interface RunningStudio {
  /** With the token in its fragment, as the host printed it. */
  readonly url: string
  readonly dataDir: string
  readonly output: () => string
  /** Ends the process as a user would, or at once with SIGKILL. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Makes a folder that `removeDataDir` takes away again. */
export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'gongbang-e2e-'))
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

/** Resolves when the process has ended. */
function ended(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))
}

/** Starts `dist/node/host.js` and waits for the line with its address. */
export async function startStudio(options: { readonly dataDir: string; readonly port?: number }): Promise<RunningStudio> {
  const host = join(root, 'dist/node/host.js')
  if (!existsSync(host)) throw new Error('The studio is not built: run npm run build')
  const port = options.port ?? (await freePort())
  const child = spawn(process.execPath, [host, '--no-open'], {
    env: { ...process.env, GONGBANG_DATA: options.dataDir, GONGBANG_PORT: String(port), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`the host said no address:\n${output}`)), START_LIMIT_MS)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0]
      if (found === undefined) return
      clearTimeout(limit)
      resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}:\n${output}`)))
  })
  return {
    url,
    dataDir: options.dataDir,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
      await ended(child)
      clearTimeout(limit)
    },
  }
}
