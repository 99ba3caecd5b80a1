import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const TOKEN = /^[0-9a-f]{64}$/

/** The kept token; undefined when there is none or the file is damaged. */
export function readToken(file: string): string | undefined {
  try {
    const kept = readFileSync(file, 'utf8').trim()
    return TOKEN.test(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/**
 * The host's token, 256 bits in hex: made once, kept in a file that only this user may read, so that an open window goes on after a
 * restart. A damaged file is replaced.
 *
 * So long a token can't be guessed, however often somebody tries. There is no limit of tries: it would be shared by all callers of
 * this computer, and any page in its browser could lock the owner out with it.
 */
export function readOrMakeToken(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const kept = readToken(file)
  const token = kept ?? randomBytes(32).toString('hex')
  if (kept === undefined) writeFileSync(file, token, { mode: 0o600 })
  // A mode is for new files only; this one may have come from a backup.
  chmodSync(file, 0o600)
  return token
}

/** Compares in a time that tells nothing of the token. */
export function isToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

/**
 * Shows that whoever answers at an address has the token, without telling it: the caller's nonce and the address under the token's key.
 * The address stands in it so that nobody can pass on another's proof as his own.
 */
export function proofOf(token: string, nonce: string, origin: string): string {
  return createHmac('sha256', token).update(`gongbang host ${nonce} ${origin}`).digest('hex')
}
