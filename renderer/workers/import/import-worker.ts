import { createSHA256 } from 'hash-wasm'
import { paceProgress } from '../../../shared/units/pace-progress'
import type { ImportReply, ImportRequest } from './import-messages'
import { readModel } from './read-model'

const HASH_CHUNK_BYTES = 4_000_000

const report = paceProgress((progress) => reply({ kind: 'progress', progress }), () => performance.now())

function reply(message: ImportReply, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

/** The browser's own hashing is missing on a plain-http address of the local network. */
async function hash(bytes: Uint8Array): Promise<string> {
  const hasher = await createSHA256()
  for (let at = 0; at < bytes.length; at += HASH_CHUNK_BYTES) hasher.update(bytes.subarray(at, at + HASH_CHUNK_BYTES))
  return hasher.digest('hex')
}

async function read({ bytes, ...request }: ImportRequest): Promise<void> {
  report({ stage: 'read', done: 0, total: 1 })
  const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(await bytes.arrayBuffer())
  const sha256 = await hash(all)
  const result = readModel({ ...request, bytes: all, sha256 }, report)
  const buffers = result.ok ? new Set(result.value.parts.flatMap(({ mesh }) => [mesh.positions.buffer, mesh.indices.buffer])) : []
  reply({ kind: 'read', result }, [...buffers] as Transferable[])
}

self.addEventListener('message', ({ data }: MessageEvent<ImportRequest>) => {
  read(data).catch((error: unknown) => reply({ kind: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
})
