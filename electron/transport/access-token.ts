import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const TOKEN = /^[0-9a-f]{64}$/

/**
 * The host's token, 256 bits in hex: made once, kept in a file that only this user may read, so that an open window goes on after a
 * restart. A damaged file is replaced.
 */
export function readOrMakeToken(file: string): string {
  const kept = readIfThere(file)
  if (kept !== undefined && TOKEN.test(kept)) return kept
  const token = randomBytes(32).toString('hex')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, token, { mode: 0o600 })
  return token
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** Compares in a time that tells nothing of the token. */
export function isToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

/** Wrong tokens a minute before further tries are refused unseen. */
const MOST_FAILURES = 30
const WINDOW_MS = 60_000

/** Slows the guessing of tokens down. */
export class FailureLimit {
  private failuresAtMs: number[] = []
  constructor(private readonly now: () => number) {}

  isOver(): boolean {
    this.failuresAtMs = this.failuresAtMs.filter((atMs) => this.now() - atMs < WINDOW_MS)
    return this.failuresAtMs.length >= MOST_FAILURES
  }

  count(): void {
    this.failuresAtMs.push(this.now())
  }
}
