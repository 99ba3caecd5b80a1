import { createSHA256 } from 'hash-wasm'
import type { HashText } from '../../shared/library/op'

/** Bytes hashed at once: a few milliseconds, so that the window goes on between. */
const CHUNK_BYTES = 4 * 1024 * 1024

let ready: Promise<HashText> | undefined

/**
 * SHA-256 of texts without waiting, once this has resolved: inside a transaction of IndexedDB nothing else may be waited for.
 *
 * Not `crypto.subtle`, which waits, can't stream, and is absent on plain-http addresses of the local network.
 */
export function loadHashText(): Promise<HashText> {
  ready ??= createSHA256().then((hasher) => (text) => hasher.init().update(text).digest('hex'))
  return ready
}

/** SHA-256 of a file's bytes, 64 hex digits, read piece by piece. */
export async function hashBlob(blob: Blob): Promise<string> {
  const hasher = await createSHA256()
  hasher.init()
  for (let start = 0; start < blob.size; start += CHUNK_BYTES) {
    hasher.update(new Uint8Array(await blob.slice(start, start + CHUNK_BYTES).arrayBuffer()))
  }
  return hasher.digest('hex')
}
