import { getBlobBytes, putBlobBytes } from '../client/blobs'
import { StudioError } from '../../shared/units/studio-error'
import { hashBlob } from './hash'

const listeners = new Set<() => void>()

/** Calls back whenever this window has brought bytes to the studio: a version in the outbox may be waiting for them. */
export function onBlobKept(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/**
 * Keeps bytes in the studio and gives their SHA-256; they are on its disk when this resolves.
 * @throws StudioError 'studio/unreachable' | 'blob/no-space' | 'blob/too-large'
 */
export async function putBlob(bytes: Blob | Uint8Array<ArrayBuffer>): Promise<string> {
  const blob = bytes instanceof Blob ? bytes : new Blob([bytes])
  const sha256 = await hashBlob(blob)
  await putBlobBytes(sha256, blob)
  for (const listener of listeners) listener()
  return sha256
}

/**
 * Fetches bytes from the studio and checks that they are the ones that were asked for.
 * @throws StudioError 'studio/unreachable' | 'blob/missing' | 'blob/wrong-hash'
 */
export async function getBlob(sha256: string): Promise<Blob> {
  const blob = await getBlobBytes(sha256)
  const found = await hashBlob(blob)
  if (found !== sha256) throw new StudioError('blob/wrong-hash', 'The bytes that arrived are not the ones that were asked for. Try again.', { sha256, found })
  return blob
}
