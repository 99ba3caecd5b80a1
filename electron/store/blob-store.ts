import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { StudioError } from '../../shared/units/studio-error'

/** Bytes by their SHA-256, as plain files in folders of the hash's first two digits. */
export interface BlobStore {
  has(sha256: string): Promise<boolean>
  /** Bytes of a blob; undefined when it isn't here. */
  size(sha256: string): Promise<number | undefined>
  /** Where a blob's file is, whether it is there or not. @throws StudioError 'blob/bad-hash' */
  path(sha256: string): string
  /** Streams a blob, or a part of it from `start` to `end`, both included. */
  read(sha256: string, range?: { readonly start: number; readonly end: number }): Readable
  /** The whole of a small blob. @throws StudioError 'blob/missing' */
  readBytes(sha256: string): Promise<Uint8Array<ArrayBuffer>>
  /**
   * Keeps bytes under their hash; on disk, file and folder, when it resolves. On failure nothing is left.
   * @param limitBytes refuses more than this; the store's own limit when left out
   * @throws StudioError 'blob/bad-hash' | 'blob/wrong-hash' | 'blob/too-large' | 'blob/no-space'
   */
  put(sha256: string, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limitBytes?: number): Promise<void>
  /** Keeps bytes that are at hand and gives their hash. */
  putBytes(bytes: Uint8Array): Promise<string>
}

const SHA256 = /^[0-9a-f]{64}$/
/** A printed plate's G-code or a large scan is well below this. */
const LIMIT_BYTES = 4 * 1024 ** 3

/**
 * Opens a folder of blobs, which is made when it isn't there, and clears what an interrupted upload left.
 *
 * One process at a time: the store that keeps others out of the data folder is opened first.
 */
export function createBlobStore(folder: string): BlobStore {
  const uploads = join(folder, 'uploads')
  rmSync(uploads, { recursive: true, force: true })
  mkdirSync(uploads, { recursive: true })
  const made = new Set(readdirSync(folder))

  function path(sha256: string): string {
    if (!SHA256.test(sha256)) throw new StudioError('blob/bad-hash', 'A blob is named by its SHA-256: 64 digits of 0-9 a-f.', { sha256 })
    return join(folder, sha256.slice(0, 2), sha256)
  }

  async function size(sha256: string): Promise<number | undefined> {
    try {
      return (await stat(path(sha256))).size
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined
      throw error
    }
  }

  async function place(file: string, target: string): Promise<void> {
    const shelf = dirname(target)
    const name = target.slice(folder.length + 1, folder.length + 3)
    if (!made.has(name)) {
      await mkdir(shelf, { recursive: true })
      await syncFolder(folder)
      made.add(name)
    }
    try {
      await rename(file, target)
    } catch (error) {
      // Windows doesn't replace a file that somebody reads: then the same bytes are there already.
      if (process.platform !== 'win32' || !(await isThere(target))) throw error
      await rm(file, { force: true })
    }
    await syncFolder(shelf)
  }

  async function put(sha256: string, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limitBytes = LIMIT_BYTES): Promise<void> {
    const target = path(sha256)
    const file = join(uploads, randomBytes(12).toString('hex'))
    try {
      const found = await writeWhole(file, bytes, limitBytes)
      if (found !== sha256) throw new StudioError('blob/wrong-hash', 'The bytes that arrived are not the ones that were announced. Send them again.', { sha256, found })
      await place(file, target)
    } catch (error) {
      await rm(file, { force: true })
      if (isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT')) throw new StudioError('blob/no-space', "The library's disk is full. Free some space and try again.", { sha256 })
      throw error
    }
  }

  return {
    path,
    size,
    put,
    has: async (sha256) => (await size(sha256)) !== undefined,
    read: (sha256, range) => createReadStream(path(sha256), range),
    async readBytes(sha256) {
      try {
        return new Uint8Array(await readFile(path(sha256)))
      } catch (error) {
        if (isCode(error, 'ENOENT')) throw new StudioError('blob/missing', 'The studio does not have this file.', { sha256 })
        throw error
      }
    },
    async putBytes(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await put(sha256, [bytes])
      return sha256
    },
  }
}

/** Writes and fsyncs a new file; gives the SHA-256 of what was written. */
async function writeWhole(file: string, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limitBytes: number): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(file, 'wx')
  let length = 0
  try {
    for await (const chunk of bytes) {
      length += chunk.byteLength
      if (length > limitBytes) throw new StudioError('blob/too-large', `The file is larger than the ${limitBytes} bytes that the library takes.`, { limitBytes })
      hash.update(chunk)
      await writeChunk(handle, chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

async function writeChunk(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.byteLength; ) {
    const { bytesWritten } = await handle.write(chunk, done)
    done += bytesWritten
  }
}

/** Makes the names in a folder durable. Windows does that by itself and lets no folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
