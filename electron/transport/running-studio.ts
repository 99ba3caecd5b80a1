import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isToken, proofOf, readToken } from './access-token'

/** Where a running studio can be reached by programs of the same user. */
export interface RunningStudio {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string
  readonly token: string
  /** `host`: it shows its window to browsers; `electron`: it has a window of its own. */
  readonly door: 'host' | 'electron'
}

/** The file of a library's token. */
export function tokenFile(dataDir: string): string {
  return join(dataDir, 'secrets/host-token')
}

/** Where a studio writes its address down; nobody else may read or write in that folder. */
function addressFile(dataDir: string): string {
  return join(dataDir, 'secrets/running.json')
}

const ORIGIN = /^http:\/\/127\.0\.0\.1:\d{1,5}$/
const ANSWER_MS = 3000

/** Writes down where this library's studio is reached; returns how to take it back. */
export function announceStudio(dataDir: string, { origin, door }: Pick<RunningStudio, 'origin' | 'door'>): () => void {
  const file = addressFile(dataDir)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify({ origin, door }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return () => rmSync(file, { force: true })
}

/**
 * Finds the studio that serves a library. What the file says may be old (a studio that was killed), and another program may listen
 * there by now: the token is named to nobody before he has shown that he has it.
 */
export async function findRunningStudio(dataDir: string): Promise<RunningStudio | undefined> {
  const address = readAddress(dataDir)
  const token = readToken(tokenFile(dataDir))
  if (address === undefined || token === undefined) return undefined
  const nonce = randomBytes(32).toString('hex')
  try {
    const answer = await fetch(`${address.origin}/proof/${nonce}`, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' })
    const proof = answer.ok ? await answer.text() : ''
    return isToken(proof, proofOf(token, nonce, address.origin)) ? { ...address, token } : undefined
  } catch {
    return undefined
  }
}

function readAddress(dataDir: string): Pick<RunningStudio, 'origin' | 'door'> | undefined {
  try {
    const { origin, door } = JSON.parse(readFileSync(addressFile(dataDir), 'utf8')) as Record<string, unknown>
    return typeof origin === 'string' && ORIGIN.test(origin) && (door === 'host' || door === 'electron') ? { origin, door } : undefined
  } catch {
    return undefined
  }
}
