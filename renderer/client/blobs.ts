import { StudioError } from '../../shared/units/studio-error'
import { provenToken } from './session-token'

/** Asks the studio for a blob's address; only this origin ever sees the token. */
function askBlob(sha256: string, init: RequestInit): Promise<Response> {
  const token = provenToken()
  return fetch(`/blob/${sha256}`, { ...init, ...(token !== '' && { headers: { authorization: `Bearer ${token}` } }) }).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error
    throw new StudioError('studio/unreachable', 'The studio does not answer. Start it again with npm start.')
  })
}

async function failed(response: Response, sha256: string): Promise<never> {
  const told: unknown = await response.json().catch(() => undefined)
  if (typeof told === 'object' && told !== null && 'code' in told && 'message' in told) throw new StudioError(String(told.code), String(told.message), { sha256 })
  throw new StudioError('blob/refused', `The studio refused the blob (${response.status}).`, { sha256, status: response.status })
}

/** Keeps bytes durably in the studio under their hash; done at once when they are there already. @throws StudioError 'studio/unreachable' | 'blob/...' */
export async function putBlobBytes(sha256: string, bytes: Blob | Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<void> {
  const response = await askBlob(sha256, { method: 'PUT', body: bytes, ...(signal && { signal }) })
  if (!response.ok) await failed(response, sha256)
}

/** Reads a blob. @throws StudioError 'studio/unreachable' | 'blob/missing' */
export async function getBlobBytes(sha256: string, signal?: AbortSignal): Promise<Blob> {
  const response = await askBlob(sha256, { method: 'GET', ...(signal && { signal }) })
  if (!response.ok) await failed(response, sha256)
  return response.blob()
}
