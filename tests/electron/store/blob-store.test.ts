import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createBlobStore } from '../../../electron/store/blob-store'
import { useTempFolders } from './temp-folder'

const folder = useTempFolders()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const CUBE = new TextEncoder().encode('solid cube\nendsolid cube\n')

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length)
}

const mountSmallDisk = (place: string) => process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place]).status === 0

/** Only root may make a disk that is really full. */
function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'disk-'))
  const isMounted = mountSmallDisk(place)
  if (isMounted) spawnSync('umount', [place])
  rmdirSync(place)
  return isMounted
}

/** Files that lie anywhere in the folder. */
const filesIn = (dir: string) => readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(dir, name)).isFile())

describe('the blob store', () => {
  it('keeps bytes as a plain file named by their hash', async () => {
    const dir = folder()
    const blobs = createBlobStore(dir)
    const name = sha256(CUBE)
    await blobs.put(name, inPieces(CUBE, 5))
    expect(readFileSync(join(dir, name.slice(0, 2), name))).toEqual(Buffer.from(CUBE))
    expect(await blobs.has(name)).toBe(true)
    expect(await blobs.size(name)).toBe(CUBE.length)
    expect(await bytesOf(blobs.read(name))).toEqual(Buffer.from(CUBE))
    expect(await blobs.readBytes(name)).toEqual(CUBE)
  })

  it('gives a part, both ends included', async () => {
    const blobs = createBlobStore(folder())
    const name = await blobs.putBytes(CUBE)
    expect(name).toBe(sha256(CUBE))
    expect((await bytesOf(blobs.read(name, { start: 6, end: 9 }))).toString()).toBe('cube')
  })

  it('takes an empty blob and a large one', async () => {
    const blobs = createBlobStore(folder())
    const large = new Uint8Array(3_000_000).map((_, at) => at * 31)
    for (const bytes of [new Uint8Array(), large]) {
      await blobs.put(sha256(bytes), inPieces(bytes, 65_536))
      expect(await blobs.size(sha256(bytes))).toBe(bytes.length)
    }
  })

  it('refuses bytes of another hash and leaves nothing', async () => {
    const dir = folder()
    const blobs = createBlobStore(dir)
    await expect(blobs.put('0'.repeat(64), [CUBE])).rejects.toMatchObject({ code: 'blob/wrong-hash', values: { found: sha256(CUBE) } })
    expect(filesIn(dir)).toEqual([])
    expect(await blobs.has('0'.repeat(64))).toBe(false)
  })

  it('stops an upload at its limit and leaves nothing', async () => {
    const dir = folder()
    let taken = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        taken += 1
        yield new Uint8Array(1000)
      }
    }
    await expect(createBlobStore(dir).put('0'.repeat(64), endless(), 3500)).rejects.toMatchObject({ code: 'blob/too-large' })
    expect(taken).toBe(4)
    expect(filesIn(dir)).toEqual([])
  })

  it('leaves nothing when the sender goes away, and says so', async () => {
    const dir = folder()
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield CUBE
      throw new Error('the sender went away')
    }
    await expect(createBlobStore(dir).put(sha256(CUBE), broken())).rejects.toThrow('the sender went away')
    expect(filesIn(dir)).toEqual([])
  })

  it('says that the disk is full, and leaves nothing', async () => {
    const dir = folder()
    async function* full(): AsyncGenerator<Uint8Array> {
      yield CUBE
      throw Object.assign(new Error('write'), { code: 'ENOSPC' })
    }
    await expect(createBlobStore(dir).put(sha256(CUBE), full())).rejects.toMatchObject({ code: 'blob/no-space' })
    expect(filesIn(dir)).toEqual([])
  })

  it.skipIf(!mayMount())('keeps what it has when the disk is really full', async () => {
    const disk = join(folder(), 'disk')
    mkdirSync(disk)
    mountSmallDisk(disk)
    try {
      const blobs = createBlobStore(join(disk, 'blobs'))
      const kept = await blobs.putBytes(CUBE)
      await expect(blobs.putBytes(new Uint8Array(1_000_000))).rejects.toMatchObject({ code: 'blob/no-space' })
      expect(await blobs.readBytes(kept)).toEqual(CUBE)
      expect(readdirSync(join(disk, 'blobs/uploads'))).toEqual([])
      await blobs.putBytes(new Uint8Array(1000))
    } finally {
      spawnSync('umount', [disk])
    }
  })

  it('heals a damaged blob when its bytes are brought again', async () => {
    const dir = folder()
    const blobs = createBlobStore(dir)
    const name = await blobs.putBytes(CUBE)
    writeFileSync(blobs.path(name), 'rotten')
    await blobs.put(name, [CUBE])
    expect(await blobs.readBytes(name)).toEqual(CUBE)
  })

  it('takes the same bytes from two senders at once', async () => {
    const dir = folder()
    const blobs = createBlobStore(dir)
    await Promise.all([blobs.put(sha256(CUBE), inPieces(CUBE, 1)), blobs.put(sha256(CUBE), inPieces(CUBE, 2))])
    expect(filesIn(dir)).toHaveLength(1)
  })

  it('clears what an interrupted upload left when it starts, and only that', async () => {
    const dir = folder()
    const name = await createBlobStore(dir).putBytes(CUBE)
    mkdirSync(join(dir, 'uploads'), { recursive: true })
    writeFileSync(join(dir, 'uploads', 'left over'), 'half a file')
    const again = createBlobStore(dir)
    expect(filesIn(dir)).toEqual([join(name.slice(0, 2), name)])
    expect(await again.has(name)).toBe(true)
  })

  it.each(['', '..', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}/x`, 'uploads'])('knows no blob named %j', async (name) => {
    const blobs = createBlobStore(folder())
    expect(() => blobs.path(name)).toThrow(expect.objectContaining({ code: 'blob/bad-hash' }) as Error)
    await expect(blobs.put(name, [CUBE])).rejects.toMatchObject({ code: 'blob/bad-hash' })
  })

  it('says that a blob is missing', async () => {
    const blobs = createBlobStore(folder())
    expect(await blobs.size('0'.repeat(64))).toBeUndefined()
    await expect(blobs.readBytes('0'.repeat(64))).rejects.toMatchObject({ code: 'blob/missing' })
  })
})
