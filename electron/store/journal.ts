import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'

/** An append-only file of records: what was appended durably is there after a power cut, in order. */
export interface Journal {
  /** What was in the file when it was opened, oldest first; the reader checks each one's form. */
  readonly records: readonly unknown[]
  /** Lines inside the file that could not be read (a damaged disk); they were passed over. */
  readonly damagedCount: number
  /**
   * Adds a record; on the disk when it returns, unless `isDurable` is false: then it is with the system, survives the end of
   * this process, and is on the disk with the next durable one.
   * @param record JSON
   */
  append(record: unknown, options?: { readonly isDurable?: boolean }): void
  /** Replaces the whole by fewer records: all or nothing. */
  rewrite(records: readonly unknown[]): void
  close(): void
}

/** `<CRC-32 of the JSON, 8 hex digits> <JSON>`, one record a line. */
function encode(record: unknown): Buffer {
  const json = JSON.stringify(record)
  return Buffer.from(`${checksum(json)} ${json}\n`, 'utf8')
}

function checksum(json: string): string {
  return crc32(Buffer.from(json, 'utf8')).toString(16).padStart(8, '0')
}

function decode(line: string): { readonly record: unknown } | undefined {
  const json = line.slice(9)
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(json)) return undefined
  return { record: JSON.parse(json) as unknown }
}

interface Contents {
  readonly records: unknown[]
  readonly damagedCount: number
  /** Length up to the end of the last whole record. */
  readonly goodBytes: number
}

function readContents(file: string): Contents {
  const bytes = readFileSync(file)
  const records: unknown[] = []
  let damagedCount = 0
  let damagedSinceGood = 0
  let goodBytes = 0
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start)
    if (end === -1) break
    const found = decode(bytes.toString('utf8', start, end))
    if (found === undefined) damagedSinceGood += 1
    else {
      records.push(found.record)
      damagedCount += damagedSinceGood
      damagedSinceGood = 0
      goodBytes = end + 1
    }
    start = end + 1
  }
  return { records, damagedCount, goodBytes }
}

/**
 * Opens a journal, which is made when it isn't there. A torn end (power cut while a record was written) is cut off: that record
 * was never acknowledged.
 */
export function openJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true })
  let handle = openSync(file, 'a+')
  const { records, damagedCount, goodBytes } = readContents(file)
  ftruncateSync(handle, goodBytes)
  fsyncSync(handle)
  syncFolder(dirname(file))
  return {
    records,
    damagedCount,
    append(record, { isDurable = true } = {}) {
      writeAll(handle, encode(record))
      if (isDurable) fdatasyncSync(handle)
    },
    rewrite(kept) {
      const next = `${file}.new`
      const fresh = openSync(next, 'w')
      writeAll(fresh, Buffer.concat(kept.map(encode)))
      fsyncSync(fresh)
      closeSync(fresh)
      closeSync(handle)
      renameSync(next, file)
      syncFolder(dirname(file))
      handle = openSync(file, 'a+')
    },
    close: () => closeSync(handle),
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done)
}

/** Makes the names in a folder durable; Windows lets no folder be opened and does it by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
