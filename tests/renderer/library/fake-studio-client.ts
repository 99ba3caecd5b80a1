import { createHash } from 'node:crypto'
import { StudioError } from '../../../shared/units/studio-error'

/** The bytes that the fake studio keeps, and whether it can be reached. */
export const fakeBlobs = { kept: new Map<string, Blob>(), isAway: false }

/** Stands in for `renderer/client/blobs`: `vi.mock('.../client/blobs', () => import('./fake-studio-client'))`. */
export async function putBlobBytes(sha256: string, bytes: Blob | Uint8Array<ArrayBuffer>): Promise<void> {
  if (fakeBlobs.isAway) throw new StudioError('studio/unreachable', 'The studio does not answer.')
  const blob = bytes instanceof Blob ? bytes : new Blob([bytes])
  const found = createHash('sha256').update(new Uint8Array(await blob.arrayBuffer())).digest('hex')
  if (found !== sha256) throw new StudioError('blob/wrong-hash', 'Another hash was announced.')
  fakeBlobs.kept.set(sha256, blob)
}

export function getBlobBytes(sha256: string): Promise<Blob> {
  const blob = fakeBlobs.kept.get(sha256)
  return blob === undefined ? Promise.reject(new StudioError('blob/missing', 'It is not here.')) : Promise.resolve(blob)
}
