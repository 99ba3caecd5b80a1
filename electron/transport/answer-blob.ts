import { Readable } from 'node:stream'
import { StudioError } from '../../shared/units/studio-error'

/** What blobs travel through; the store's blob folder has this shape. */
export interface BlobPort {
  /** Bytes of a blob, or undefined when it isn't there. */
  size(sha256: string): Promise<number | undefined>
  /** Streams a part of it: from `start` to `end`, both included. */
  read(sha256: string, range?: { readonly start: number; readonly end: number }): Readable
  /**
   * Keeps bytes durably under their hash.
   * @throws StudioError 'blob/wrong-hash' | 'blob/too-large' | 'blob/no-space'; nothing is kept then
   */
  put(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
}

const SHA256 = /^[0-9a-f]{64}$/
/** How a failed upload is answered. */
const STATUS_OF: Readonly<Record<string, number>> = { 'blob/wrong-hash': 460, 'blob/too-large': 413, 'blob/no-space': 507 }
/** Bytes that are read for nothing so that the answer arrives. */
const MOST_UNUSED_BYTES = 2 ** 31
/** Models and G-code of others are data, whatever they look like. */
const DATA_HEADERS = { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, max-age=31536000, immutable' } as const

function problem(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status, headers: { 'x-content-type-options': 'nosniff' } })
}

/** Answers `GET`, `HEAD` and `PUT /blob/<sha256>`; the caller has proved already that it may. Ranges as in RFC 9110, one at a time. */
export async function answerBlob(blobs: BlobPort, request: Request, sha256: string): Promise<Response> {
  if (!SHA256.test(sha256)) return problem(400, 'blob/bad-hash', 'A blob is named by its SHA-256: 64 digits of 0-9 a-f.')
  if (request.method === 'PUT') return putBlob(blobs, request, sha256)
  if (request.method !== 'GET' && request.method !== 'HEAD') return problem(405, 'blob/bad-method', 'Blobs know GET, HEAD and PUT.')
  const size = await blobs.size(sha256)
  if (size === undefined) return problem(404, 'blob/missing', 'The studio does not have this blob.')
  const range = readRange(request.headers.get('range'), size)
  if (range === 'unsatisfiable') return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } })
  const headers = {
    ...DATA_HEADERS,
    'accept-ranges': 'bytes',
    'content-length': String(range === undefined ? size : range.end - range.start + 1),
    ...(range === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
  }
  const status = range === undefined ? 200 : 206
  if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers })
  return new Response(Readable.toWeb(blobs.read(sha256, range)) as ReadableStream<Uint8Array>, { status, headers })
}

/** An upload that needs no more bytes is read to its end all the same: who still sends when the link is cut never sees the answer. */
async function putBlob(blobs: BlobPort, request: Request, sha256: string): Promise<Response> {
  const reader = request.body?.getReader()
  const kept = await blobs.size(sha256)
  const announced = request.headers.get('content-length')
  // Of another length than announced, what is kept is damaged: the bytes that come heal it.
  const isKept = kept !== undefined && (announced === null || Number(announced) === kept)
  try {
    if (!isKept) await blobs.put(sha256, bytesFrom(reader))
    return new Response(null, { status: isKept ? 200 : 201 })
  } catch (error) {
    if (error instanceof StudioError) return problem(STATUS_OF[error.code] ?? 400, error.code, error.message)
    throw error
  } finally {
    await readToEnd(reader)
  }
}

type ByteReader = ReadableStreamDefaultReader<Uint8Array> | undefined

/** Unlike a stream's own iterator this one doesn't cancel the stream when it is left early. */
async function* bytesFrom(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) yield next.value
}

async function readToEnd(reader: ByteReader): Promise<void> {
  let left = MOST_UNUSED_BYTES
  try {
    for await (const { byteLength } of bytesFrom(reader)) {
      left -= byteLength
      if (left < 0) return
    }
  } catch {
    // The sender went away: nobody waits for the answer.
  }
}

/** The bytes that a `Range` header asks for; undefined for the whole, also when the header isn't understood. */
export function readRange(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
